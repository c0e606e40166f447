/**
 * Long loops that let others run.
 *
 * @module
 */

/** How long a loop may keep the thread, in milliseconds. */
export const PAUSE_INTERVAL_MS = 100;

/**
 * Makes a function to be awaited in every pass of a long loop: about every
 * {@linkcode PAUSE_INTERVAL_MS} it waits for one macrotask, so that signals,
 * timers and a notebook's messages are handled; otherwise it goes straight on.
 *
 * @param clock Milliseconds from any origin, such as `performance.now`.
 */
export function createPause(clock: () => number): () => Promise<void> {
  let last = clock();
  return async () => {
    if (clock() - last < PAUSE_INTERVAL_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = clock();
  };
}
