/**
 * Long loops that let others run.
 *
 * @module
 */

/** How long a loop may keep the thread, in milliseconds. */
export const PAUSE_INTERVAL_MS = 50;

/** Every how many pauses the event loop is certain to serve everybody. */
export const PAUSES_TO_CERTAINTY = 16;

const NOTHING = new Uint8Array();

/**
 * Makes a function to be awaited in every pass of a long loop: about every
 * {@linkcode PAUSE_INTERVAL_MS} it lets the event loop handle signals, timers
 * and a notebook's messages; otherwise it goes straight on. On a busy machine it may
 * miss them, but not {@linkcode PAUSES_TO_CERTAINTY} times in a row.
 *
 * @param clock Milliseconds from any origin, such as `performance.now`.
 */
export function createPause(clock: () => number): () => Promise<void> {
  let last = clock();
  let pauses = 0;
  return async () => {
    if (clock() - last < PAUSE_INTERVAL_MS) return;
    // Another thread computes this digest, and the event loop serves all others
    // while it waits, unless the digest is there before it does. That takes
    // 0.15 ms; a timer of 0 ms takes 2 in Deno, and an immediate comes back
    // before any socket has been looked at.
    if (++pauses % PAUSES_TO_CERTAINTY > 0) {
      await crypto.subtle.digest("SHA-256", NOTHING);
    } else {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
    }
    last = clock();
  };
}
