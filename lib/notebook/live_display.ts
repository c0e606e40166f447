/**
 * Displays that change while a cell runs.
 *
 * @module
 */

import {
  AMOUNT,
  check,
  checkObject,
  FUNCTION,
  optional,
  TEXT,
} from "./check.ts";
import {
  type DisplayBundle,
  findFrontEnd,
  type FrontEnd,
  type ShowOptions,
} from "./front_end.ts";

/** Options of {@linkcode LiveDisplay}. */
export interface LiveDisplayOptions extends ShowOptions {
  /** Least time between the end of one change and the next, in milliseconds. */
  readonly intervalMs: number;
  /** Milliseconds from any origin; by default `performance.now`. */
  readonly clock?: () => number;
  /** Identifier among the notebook's displays; by default a new one. */
  readonly displayId?: string;
}

const OPTIONS = {
  intervalMs: AMOUNT,
  clock: optional(FUNCTION),
  displayId: optional(TEXT),
};

/**
 * A display that is redrawn in place, at most so often. In the saved notebook
 * only its last state remains. Outside a kernel it does nothing.
 *
 * @example
 * ```ts ignore
 * const curve = new LiveDisplay({ intervalMs: 1000 });
 * for await (const rows of training) {
 *   await curve.update(() => figureBundle({ spec: draw(rows), text: "Training" }));
 * }
 * await curve.finish(() => figureBundle(lastFigure));
 * ```
 */
export class LiveDisplay {
  readonly #frontEnd: FrontEnd | undefined;
  readonly #intervalMs: number;
  readonly #clock: () => number;
  readonly #displayId: string;
  #shownMs = -Infinity;

  /**
   * Shows nothing yet.
   *
   * @throws {InputError} If an option is of a wrong type.
   */
  constructor(options: LiveDisplayOptions) {
    checkObject(OPTIONS, options, "make a live display");
    this.#frontEnd = options.frontEnd ?? findFrontEnd();
    this.#intervalMs = options.intervalMs;
    this.#clock = options.clock ?? (() => performance.now());
    this.#displayId = options.displayId ?? crypto.randomUUID();
  }

  /**
   * Shows what `draw` makes, unless the last change was too short a time ago:
   * then nothing is drawn.
   */
  async update(
    draw: () => DisplayBundle | Promise<DisplayBundle>,
  ): Promise<void> {
    check(FUNCTION, draw, "show the display", "draw");
    if (this.#clock() - this.#shownMs >= this.#intervalMs) {
      await this.finish(draw);
    }
  }

  /** Shows what `draw` makes, however short a time ago the last change was. */
  async finish(
    draw: () => DisplayBundle | Promise<DisplayBundle>,
  ): Promise<void> {
    check(FUNCTION, draw, "show the display", "draw");
    if (this.#frontEnd === undefined) return;
    const isFirst = this.#shownMs === -Infinity;
    await this.#frontEnd.broadcast(
      isFirst ? "display_data" : "update_display_data",
      { ...await draw(), transient: { display_id: this.#displayId } },
    );
    this.#shownMs = this.#clock();
  }
}
