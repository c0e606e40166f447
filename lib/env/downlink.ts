/**
 * The exclusive downlink of a server (Section 3.3.1): one result at a time,
 * first ready, first sent.
 *
 * @module
 */

/**
 * Eq. 9: when the transmission of a result is complete, counted from its being
 * ready: T^to = T^tw + d^out/R^down, in s.
 *
 * @param waitTimeS T^tw.
 * @param downlinkTimeS d^out/R^down.
 */
export function downlinkCompletionTimeS(
  waitTimeS: number,
  downlinkTimeS: number,
): number {
  return waitTimeS + downlinkTimeS;
}

/**
 * T^tw of every user of one server: results are sent one at a time in the order
 * in which they become ready, ties by position in `users`.
 *
 * A result that is never ready is left out: it blocks nobody and its wait is 0.
 * One that is ready but can never be sent blocks all that are ready after it.
 *
 * @param users Users of the server; sorted in place into the order of sending.
 * @param readyTimeS When each user's result is ready, length U.
 * @param downlinkTimeS How long each user's result takes, length U.
 * @param waitTimeS Receives the waits, length U; other users are untouched.
 * @param freeAtS When the downlink is first free.
 * @returns When the downlink is free again, in s.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { waitForDownlink } from "./downlink.ts";
 *
 * const waitTimeS = new Float64Array(2);
 * // User 1 is ready first and sends from 1 to 4; user 0 waits from 2 to 4.
 * const freeAtS = waitForDownlink(
 *   Int32Array.of(0, 1),
 *   Float64Array.of(2, 1),
 *   Float64Array.of(5, 3),
 *   waitTimeS,
 * );
 * assertEquals([...waitTimeS], [2, 0]);
 * assertEquals(freeAtS, 9);
 * ```
 */
export function waitForDownlink(
  users: Int32Array,
  readyTimeS: Float64Array,
  downlinkTimeS: Float64Array,
  waitTimeS: Float64Array,
  freeAtS = 0,
): number {
  sortByReadyTime(users, readyTimeS);
  let busyUntilS = freeAtS;
  for (const user of users) {
    const readyS = readyTimeS[user];
    if (readyS === Infinity) {
      waitTimeS[user] = 0;
      continue;
    }
    const startS = Math.max(readyS, busyUntilS);
    waitTimeS[user] = startS - readyS;
    busyUntilS = startS + downlinkTimeS[user];
  }
  return busyUntilS;
}

/** Stable order by ready time: insertion for a few users, else the built-in. */
function sortByReadyTime(users: Int32Array, readyTimeS: Float64Array): void {
  if (users.length > 32) {
    users.sort((a, b) =>
      readyTimeS[a] < readyTimeS[b] ? -1 : readyTimeS[a] > readyTimeS[b] ? 1 : 0
    );
    return;
  }
  for (let i = 1; i < users.length; i++) {
    const user = users[i];
    let k = i - 1;
    while (k >= 0 && readyTimeS[users[k]] > readyTimeS[user]) {
      users[k + 1] = users[k];
      k--;
    }
    users[k + 1] = user;
  }
}
