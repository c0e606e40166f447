/**
 * Stopping what a cell does.
 *
 * @module
 */

/** A signal that aborts when the user interrupts the kernel. */
export interface StopSignal extends Disposable {
  /** Aborts at the interrupt. */
  readonly signal: AbortSignal;
  /** Ends it: a later interrupt does not abort the signal. */
  release(): void;
}

/**
 * Takes the kernel's interrupt (SIGINT, the stop button): until it is released, an
 * interrupt aborts the signal. Outside a kernel, where an interrupt ends the program,
 * it does no more than that until then.
 *
 * The interrupt arrives only when the loop lets others run: it has to await a
 * macrotask, such as a timer, now and then. Every call has a signal of its own.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { stopSignal } from "./stop_signal.ts";
 *
 * const stop = stopSignal();
 * try {
 *   for (let step = 0; step < 3 && !stop.signal.aborted; step++) {
 *     await new Promise((resolve) => setTimeout(resolve, 0));
 *   }
 *   assertEquals(stop.signal.aborted, false);
 * } finally {
 *   stop.release();
 * }
 * ```
 */
export function stopSignal(): StopSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  Deno.addSignalListener("SIGINT", stop);
  const release = () => Deno.removeSignalListener("SIGINT", stop);
  return { signal: controller.signal, release, [Symbol.dispose]: release };
}
