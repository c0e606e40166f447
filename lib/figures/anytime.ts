/**
 * How good searches are at any budget.
 *
 * @module
 */

import type { AnytimeCurve } from "../search/anytime_curve.ts";
import { type SeriesColors, seriesColors } from "./colors.ts";
import { requireRows } from "./require_rows.ts";
import {
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** A step of an anytime curve. */
export interface AnytimeRow {
  /** The search. */
  readonly series: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Slot evaluations spent. */
  readonly evaluations: number;
  /** Least G so far. */
  readonly objective: number;
}

/** A finished search of one slot. */
export interface SearchRun {
  /** The search. */
  readonly series: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Its best values, where a point costs one slot evaluation. */
  readonly curve: Pick<AnytimeCurve, "steps">;
}

/**
 * The steps of a search of one slot.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { anytimeRows } from "./anytime.ts";
 *
 * const curve = { steps: [{ evaluated: 1, best: 9 }, { evaluated: 4, best: 5 }] };
 * const rows = anytimeRows({ series: "GCRAS", seed: 0, curve });
 * assertEquals(rows.map(({ objective }) => objective), [9, 5]);
 * ```
 */
export function anytimeRows({ series, seed, curve }: SearchRun): AnytimeRow[] {
  return curve.steps.map(({ evaluated, best }) => ({
    series,
    seed,
    evaluations: evaluated,
    objective: best,
  }));
}

/** How {@linkcode anytimeFigure} draws its rows. */
export interface AnytimeOptions {
  /** Title; by default `The best decision found so far`. */
  readonly title?: string;
  /** What no search can be below, drawn as a dashed line. */
  readonly optimum?: number;
  /** Last evaluation, to which the best value of every run goes on. */
  readonly budget?: number;
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
}

const act = "draw the anytime curves";

/**
 * The least G(t) so far after each number of slot evaluations, a step line for every
 * run, on a logarithmic axis.
 *
 * @param rows Steps, those of each run in rising order of evaluations.
 * @throws {RangeError} If there are no rows, a number is not finite, or evaluations
 * are not positive.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { anytimeFigure } from "./anytime.ts";
 *
 * const spec = anytimeFigure([
 *   { series: "GA", seed: 0, evaluations: 1, objective: 9 },
 *   { series: "GA", seed: 0, evaluations: 10, objective: 5 },
 * ], { optimum: 4 });
 * assertEquals(spec.title, {
 *   text: "The best decision found so far",
 *   subtitle: ["A line a run. Dashed: the optimum of the slot."],
 * });
 * ```
 */
export function anytimeFigure(
  rows: readonly AnytimeRow[],
  options: AnytimeOptions = {},
): FigureSpec {
  requireRows(rows, ["seed", "evaluations", "objective"], act);
  const wrong = rows.findIndex(({ evaluations }) => evaluations <= 0);
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot ${act}: rows[${wrong}].evaluations must be positive, got ${
        rows[wrong].evaluations
      }`,
    );
  }
  const { title = "The best decision found so far", optimum, budget } = options;
  const series = [...new Set(rows.map((row) => row.series))];
  const runs = Map.groupBy(rows, (row) => `${row.seed}/${row.series}`);
  const points = [...runs.values()].flatMap((run) => {
    const last = run[run.length - 1];
    return budget === undefined || last.evaluations >= budget
      ? run
      : [...run, { ...last, evaluations: budget }];
  }).map((row) => ({ ...row, objective: roundSignificant(row.objective, 5) }));
  const ends = series.map((name) => {
    const of = points.filter((point) => point.series === name);
    const best = Math.min(...of.map(({ objective }) => objective));
    const most = Math.max(...of.map(({ evaluations }) => evaluations));
    return `${name} comes to ${best} with ${most} evaluations`;
  });
  return {
    $schema: vegaLiteSchema,
    config: houseTheme,
    description: `Step lines of the least G(t) so far: ${listText(ends)}${
      optimum === undefined
        ? ""
        : `; the optimum is ${roundSignificant(optimum, 5)}`
    }.`,
    title: {
      text: title,
      subtitle: [
        optimum === undefined
          ? "A line a run."
          : "A line a run. Dashed: the optimum of the slot.",
      ],
    },
    width: 600,
    height: 280,
    layer: [
      {
        data: { values: points },
        mark: { type: "line", interpolate: "step-after", strokeWidth: 2 },
        encoding: {
          x: {
            field: "evaluations",
            type: "quantitative",
            title: "Slot evaluations spent",
            scale: { type: "log", nice: false },
            axis: { format: "~s", tickCount: 6 },
          },
          y: {
            field: "objective",
            type: "quantitative",
            title: "Least G(t) so far",
            scale: { zero: false },
            axis: { tickCount: 6 },
          },
          color: {
            field: "series",
            type: "nominal",
            title: null,
            scale: {
              domain: series,
              range: seriesColors(series, options.colors),
            },
            legend: { orient: "top", symbolType: "stroke" },
          },
          detail: { field: "seed" },
          tooltip: [
            { field: "series", type: "nominal" },
            { field: "seed", type: "quantitative" },
            {
              field: "evaluations",
              type: "quantitative",
              title: "slot evaluations",
            },
            { field: "objective", type: "quantitative", title: "least G(t)" },
          ],
        },
      },
      ...optimum === undefined ? [] : [{
        data: { values: [{ optimum: roundSignificant(optimum, 5) }] },
        mark: {
          type: "rule" as const,
          color: inkColor,
          strokeDash: [6, 4],
          strokeWidth: 1.6,
        },
        encoding: {
          y: { field: "optimum", type: "quantitative" as const },
          tooltip: [{
            field: "optimum",
            type: "quantitative" as const,
            title: "optimum G(t)",
          }],
        },
      }],
    ],
  };
}
