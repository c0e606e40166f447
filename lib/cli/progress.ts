/**
 * Progress on a terminal (one line that is overwritten) or elsewhere (plain
 * lines now and then), with the time left.
 *
 * @module
 */

import { formatSeconds } from "../studies/progress_text.ts";

/** Options of {@linkcode Progress}. */
export interface ProgressOptions {
  /** Steps in all. */
  readonly total: number;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /** Whether the line can be overwritten. */
  readonly interactive: boolean;
  /** Columns of the terminal, if there is one. */
  readonly width: () => number;
  /** Writes text as it is. */
  readonly write: (text: string) => void;
}

const BAR_WIDTH = 24;
const TERMINAL_INTERVAL_MS = 200;
const PLAIN_INTERVAL_MS = 10_000;
/** Before this share is done, its speed tells little of the rest. */
const LEAST_SHARE_TO_FORESEE = 0.05;

/** Seconds, with a decimal where that tells something. */
export function formatShort(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(1)} s` : formatSeconds(seconds);
}

/** Counts steps and shows how far they are. */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #startMs: number;
  #before = 0;
  #done = 0;
  #shownMs = -Infinity;

  /** Starts the clock. */
  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#startMs = options.clock();
  }

  /** Counts steps that were done before, which tell nothing of the speed. */
  skip(steps: number): void {
    this.#before += steps;
    this.#done += steps;
  }

  /** Counts a step; shows progress if it was not shown for a while. */
  step(note: string): void {
    this.#done++;
    const { clock, interactive, total } = this.#options;
    const now = clock();
    const interval = interactive ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS;
    if (now - this.#shownMs < interval && this.#done < total) return;
    this.#shownMs = now;
    this.#show(note, now);
  }

  /** Ends the line that is overwritten, when steps are left out. */
  stop(): void {
    const { interactive, total, write } = this.#options;
    if (interactive && this.#done < total) write("\n");
  }

  /** Says a line of its own. */
  say(line: string): void {
    const { interactive, write } = this.#options;
    write(interactive ? `\r\x1b[2K${line}\n` : `${line}\n`);
  }

  #show(note: string, now: number): void {
    const { total, interactive, width, write } = this.#options;
    const share = this.#done / total;
    const elapsedS = (now - this.#startMs) / 1000;
    const fresh = this.#done - this.#before;
    const leftS = elapsedS * (total - this.#done) / fresh;
    const left = fresh < LEAST_SHARE_TO_FORESEE * total
      ? ""
      : `  ${formatSeconds(leftS)} left`;
    const text = `${Math.floor(100 * share)} %  ${note}${left}`;
    if (!interactive) return write(`${text}\n`);
    const filled = Math.round(BAR_WIDTH * share);
    const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
    // A line that is too long would go on below, and not be overwritten.
    write(`\r\x1b[2K${`${bar} ${text}`.slice(0, Math.max(1, width() - 1))}`);
    if (this.#done === total) write("\n");
  }
}
