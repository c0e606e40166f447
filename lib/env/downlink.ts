/**
 * The exclusive downlink of a server (Section 3.3.1): one result at a time,
 * first ready, first sent.
 *
 * @module
 */

/** Users that insertion sorts as fast as merging. */
const RUN_LENGTH = 16;

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
 * @param scratch At least as long as `users`, so that nothing is allocated.
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
  scratch?: Int32Array,
): number {
  sortByReadyTime(users, readyTimeS, scratch);
  let busyUntilS = freeAtS;
  for (let i = 0; i < users.length; i++) {
    const user = users[i];
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

/**
 * Stable order by ready time: insertion, in runs of a few users that are then
 * merged.
 */
function sortByReadyTime(
  users: Int32Array,
  readyTimeS: Float64Array,
  scratch?: Int32Array,
): void {
  const count = users.length;
  for (let start = 0; start < count; start += RUN_LENGTH) {
    const end = Math.min(start + RUN_LENGTH, count);
    for (let i = start + 1; i < end; i++) {
      const user = users[i];
      const readyS = readyTimeS[user];
      let k = i - 1;
      while (k >= start && readyTimeS[users[k]] > readyS) {
        users[k + 1] = users[k];
        k--;
      }
      users[k + 1] = user;
    }
  }
  if (count <= RUN_LENGTH) return;
  const left = scratch ?? new Int32Array(count);
  for (let width = RUN_LENGTH; width < count; width *= 2) {
    for (let start = 0; start + width < count; start += 2 * width) {
      const end = Math.min(start + 2 * width, count);
      for (let i = 0; i < width; i++) left[i] = users[start + i];
      let i = 0;
      let right = start + width;
      for (let k = start; i < width; k++) {
        users[k] = right < end && readyTimeS[users[right]] < readyTimeS[left[i]]
          ? users[right++]
          : left[i++];
      }
    }
  }
}
