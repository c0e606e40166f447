/**
 * Waiting for a kernel, as long as there is hope.
 *
 * @module
 */

import type { KernelConnection } from "./connection.ts";
import { KernelError, TimeLimitError } from "./errors.ts";
import type { KernelProcess } from "./process.ts";

/** How long the rest of an answer may take to follow its first part. */
const SILENCE_LIMIT_MS = 60_000;
/** How long a kernel whose sockets are closed may take to end. */
const END_LIMIT_MS = 5000;
/** How long a dead kernel's log may be held open, by a child of its own. */
const LOG_LIMIT_MS = 500;
/** Timers that are set for longer go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits for what a kernel sends, and knows when nothing more will come. */
export class Patience {
  readonly #process: KernelProcess;
  readonly #connection: KernelConnection;
  readonly #signal: AbortSignal | undefined;
  #failure: unknown;
  #heardMs = 0;
  #wake = () => {};
  readonly #hear = () => this.hear();

  /** @param signal Ends all waiting. */
  constructor(
    process: KernelProcess,
    connection: KernelConnection,
    signal: AbortSignal | undefined,
  ) {
    this.#process = process;
    this.#connection = connection;
    this.#signal = signal;
    signal?.addEventListener("abort", this.#hear);
  }

  /** Looks again at what is waited for. */
  hear(): void {
    this.#heardMs = performance.now();
    this.#wake();
  }

  /** Ends what is waited for with an error. */
  fail(error: unknown): void {
    this.#failure ??= error;
  }

  /** Lets go of the signal. */
  end(): void {
    this.#signal?.removeEventListener("abort", this.#hear);
  }

  /** Waits until `done`; once `begun`, only so long as messages follow. */
  async waitUntil(
    done: () => boolean,
    begun: () => boolean,
    deadlineMs: number,
    act: string,
  ): Promise<void> {
    this.#heardMs = performance.now();
    for (;;) {
      this.#signal?.throwIfAborted();
      const failure = this.#failure;
      this.#failure = undefined;
      if (failure !== undefined) throw failure;
      if (done()) return;
      const now = performance.now();
      if (now > deadlineMs) throw new TimeLimitError(`Cannot ${act}`);
      const silentMs = now - this.#heardMs;
      const patienceMs = this.#patienceMs(begun());
      if (silentMs > patienceMs) throw this.#death();
      await this.#sleep(Math.min(deadlineMs - now, patienceMs - silentMs));
    }
  }

  /** How long nothing may be heard. */
  #patienceMs(isBegun: boolean): number {
    const { exitCode, logEnded } = this.#process;
    const { isOpen, isEnded } = this.#connection;
    if (exitCode !== undefined) {
      // What it sent before its end comes first.
      return logEnded && (isEnded || !isOpen) ? -1 : LOG_LIMIT_MS;
    }
    // Another program that has its port may answer until it finds that out.
    if (isEnded) return END_LIMIT_MS;
    return isBegun ? SILENCE_LIMIT_MS : Infinity;
  }

  /** Why nothing is heard. */
  #death(): KernelError {
    const { exitCode, log } = this.#process;
    const { isEnded, error } = this.#connection;
    if (exitCode !== undefined) {
      return new KernelError(
        `The kernel ended by itself with exit code ${exitCode}:\n${log.trim()}`,
      );
    }
    return error ?? new KernelError(
      isEnded
        ? "The kernel closed its connection, and runs on"
        : "The kernel fell silent in the middle of an answer",
    );
  }

  /** Sleeps until something is heard, or so long. */
  #sleep(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      // A timer may go off a little early.
      const ms = Math.min(limitMs + 1, LONGEST_TIMER_MS);
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
