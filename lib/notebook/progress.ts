/**
 * Progress below a cell.
 *
 * @module
 */

import { AMOUNT, checkObject, TEXT } from "./check.ts";
import type { DisplayBundle, ShowOptions } from "./front_end.ts";
import { escapeHtml } from "./html.ts";
import { LiveDisplay } from "./live_display.ts";

/** Options of {@linkcode ProgressDisplay}. */
export interface ProgressDisplayOptions extends ShowOptions {
  /** What is done. */
  readonly label: string;
  /** Steps in all. */
  readonly total: number;
  /** Least time between two changes, in milliseconds; by default 200. */
  readonly intervalMs?: number;
  /** Milliseconds from any origin; by default `performance.now`. */
  readonly clock?: () => number;
}

const DEFAULT_INTERVAL_MS = 200;

const PROGRESS = { label: TEXT, total: AMOUNT };

/**
 * Progress as a bar, and as text where HTML is not shown.
 *
 * @throws {InputError} If one is of a wrong type, or a number below 0 or not finite.
 */
export function progressBundle(
  label: string,
  done: number,
  total: number,
  note = "",
): DisplayBundle {
  checkObject(
    { ...PROGRESS, done: AMOUNT, note: TEXT },
    { label, done, total, note },
    "show the progress",
  );
  const text = `${label}: ${done} of ${total}${note === "" ? "" : `, ${note}`}`;
  return {
    data: {
      "text/html": `<progress value="${done}" max="${total}"></progress> ${
        escapeHtml(text)
      }`,
      "text/plain": text,
    },
    metadata: {},
  };
}

/**
 * Counts steps and shows how many are done, in one line that changes. It tells no
 * times, so that a notebook run twice is saved the same. Outside a kernel it does
 * nothing.
 *
 * @example
 * ```ts ignore
 * const progress = new ProgressDisplay({ label: "Episodes", total: 20 });
 * for (let episode = 0; episode < 20; episode++) {
 *   await train();
 *   await progress.step();
 * }
 * ```
 */
export class ProgressDisplay {
  readonly #display: LiveDisplay;
  readonly #label: string;
  readonly #total: number;
  #done = 0;

  /**
   * Shows nothing yet.
   *
   * @throws {InputError} If an option is of a wrong type, or a number not finite.
   */
  constructor(options: ProgressDisplayOptions) {
    checkObject(PROGRESS, options, "show the progress");
    const { label, total, intervalMs = DEFAULT_INTERVAL_MS } = options;
    this.#display = new LiveDisplay({ ...options, intervalMs });
    this.#label = label;
    this.#total = total;
  }

  /** Counts a step; the last one is always shown. */
  async step(note?: string): Promise<void> {
    this.#done++;
    if (this.#done >= this.#total) return await this.finish(note);
    await this.#display.update(() => this.#draw(note));
  }

  /** Shows how far it came, for a loop that ends early. */
  async finish(note?: string): Promise<void> {
    await this.#display.finish(() => this.#draw(note));
  }

  #draw(note: string | undefined): DisplayBundle {
    return progressBundle(this.#label, this.#done, this.#total, note);
  }
}
