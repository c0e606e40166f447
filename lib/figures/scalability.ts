/**
 * Figures 6 and 7 of the paper: what methods achieve with more and more users.
 *
 * @module
 */

import { type SeriesColors, seriesColors } from "./colors.ts";
import { METHODS, METHODS_OF_PAPER } from "../methods/registry.ts";
import { OPTIMUM_LABELS } from "../policies/reference.ts";
import { extent, panelTitle, panelWidth } from "./panels.ts";
import type { UsersRow } from "./rows.ts";
import {
  type Panel,
  panelsOf,
  type Point,
  pointsOf,
  requireRows,
  sideMargin,
} from "./scalability_panels.ts";
import { type FigureSpec, vegaLiteSchema } from "./spec.ts";
import {
  inMethodOrder,
  markInfeasible,
  markNotes,
  NO_REFERENCE_NAMES,
  placeOfMethod,
} from "./series_names.ts";
import { houseTheme } from "./theme.ts";

/** How {@linkcode scalabilityFigure} draws its rows. */
export interface ScalabilityFigureOptions {
  /** What the runs are, for the subtitle: for example `Quick profile`. */
  readonly profile: string;
  /** Hit rate as in Figure 6, or objective as in Figure 7. */
  readonly metric: "hitRate" | "objective";
  /**
   * Series that are dashed: what gives the scale beside the methods; by default the
   * project's methods that are none of the paper's.
   */
  readonly scale?: readonly string[];
  /**
   * Series that the right panel compares with; by default `"optimum"`, which is
   * called otherwise in worlds where it is no reference.
   */
  readonly reference?: string;
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
}

/** Whether a series is a method of the project that is none of the paper's. */
function givesScale(series: string): boolean {
  const method = METHODS[placeOfMethod(series)];
  return method !== undefined && !METHODS_OF_PAPER.includes(method);
}

/** A panel of lines with points and intervals. */
function drawPanel(
  panel: Panel,
  points: readonly Point[],
  width: number,
  look: {
    readonly series: readonly string[];
    readonly colors: readonly string[];
    readonly scale: readonly string[];
    readonly users: readonly number[];
  },
) {
  const { series, colors, scale, users } = look;
  const margin = sideMargin(users);
  const ends = points.flatMap(({ mean, lower, upper }) => [
    mean,
    lower ?? mean,
    upper ?? mean,
  ]);
  const [least, greatest] = extent([0, ...ends]);
  const legend = {
    orient: "right" as const,
    symbolType: "stroke" as const,
    symbolOpacity: 1,
    symbolSize: 400,
    symbolStrokeWidth: 2.5,
  };
  const y = (field: string) => ({
    field,
    type: "quantitative" as const,
    title: panel.axis,
    axis: { minExtent: 32, tickCount: 8 },
    scale: { domain: [least, greatest], nice: 8 },
  });
  const intervals = {
    transform: [{ filter: { field: "lower", valid: true } }],
    mark: { type: "rule" as const, strokeWidth: 1.2, opacity: 0.55 },
    encoding: { y: y("lower"), y2: { field: "upper" } },
  };
  return {
    ...(panel.title === "" ? {} : { title: panelTitle(panel.title) }),
    width,
    height: 320,
    data: { values: points.map((point) => ({ ...point })) },
    encoding: {
      x: {
        field: "position",
        type: "quantitative" as const,
        title: "Number of users U",
        axis: { grid: false, values: [...users], format: "d" },
        scale: {
          domain: [users[0] - margin, users[users.length - 1] + margin],
          nice: false,
          zero: false,
        },
      },
      color: {
        field: "series",
        type: "nominal" as const,
        title: null,
        scale: { domain: [...series], range: [...colors] },
        legend,
      },
    },
    layer: [
      ...(points.some(({ lower }) => lower !== null) ? [intervals] : []),
      {
        mark: { type: "line" as const, strokeWidth: 2 },
        encoding: {
          y: y("mean"),
          strokeDash: {
            field: "series",
            type: "nominal" as const,
            title: null,
            scale: {
              domain: [...series],
              range: series.map((name) =>
                scale.includes(name) ? [5, 4] : [1, 0]
              ),
            },
            legend,
          },
        },
      },
      {
        mark: {
          type: "point" as const,
          filled: true,
          opacity: 1,
          size: 42,
        },
        encoding: { y: y("mean") },
      },
    ],
  };
}

/**
 * Figure 6 or 7: a line a method over the number of users, means over seeds with
 * Student's t intervals.
 *
 * Points of one number of users stand side by side where lines are flat enough, so
 * that their intervals can be told apart. As G grows with every user, which buries
 * what the methods differ in, Figure 7 has a second panel: by how many percent G is
 * above the optimum's on the same traces, paired by seed. In worlds where the optimum
 * is no reference there is none, and the subtitle says so. Methods that break
 * constraints are marked, and are not in that panel.
 *
 * @param given One per method, number of users and seed; methods appear in the
 * order of the registry, others after them in that of their first rows.
 * @param options `profile` and `metric` are required.
 * @throws {RangeError} If there are no rows, a number is not finite, or the
 * reference lacks a seed that others have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { scalabilityFigure } from "./scalability.ts";
 *
 * const rows = [5, 10].map((users) => (
 *   { series: "TD3", users, seed: 0, hitRate: 0.4, objective: users }
 * ));
 * const spec = scalabilityFigure(rows, { profile: "An example", metric: "hitRate" });
 * assertEquals(spec.title, {
 *   text: "Hit rate against the number of users",
 *   subtitle: ["An example: test traces, 1 seed, so there is no interval."],
 * });
 * ```
 */
export function scalabilityFigure(
  given: readonly UsersRow[],
  options: ScalabilityFigureOptions,
): FigureSpec {
  requireRows(given);
  const rows = markInfeasible(inMethodOrder(given));
  const {
    profile,
    metric,
    reference = OPTIMUM_LABELS.reference,
  } = options;
  const series = [...new Set(rows.map((row) => row.series))];
  const { scale = series.filter(givesScale) } = options;
  const isPaper = series.every((name) =>
    scale.includes(name) || placeOfMethod(name) >= 0
  );
  const users = [...new Set(rows.map((row) => row.users))]
    .sort((a, b) => a - b);
  const seeds = new Set(rows.map((row) => row.seed)).size;
  const colors = seriesColors(series, options.colors);
  const panels = panelsOf(rows, metric, reference);
  const [{ least, greatest }] = panels;
  const notes = [
    ...(metric === "objective" &&
        series.some((name) => NO_REFERENCE_NAMES.includes(name))
      ? ["The optimum is no reference in this world, so no gap is drawn."]
      : []),
    ...markNotes(series),
  ];
  const width = panels.length === 1 ? 590 : panelWidth(2) - 66;
  return {
    $schema: vegaLiteSchema,
    title: {
      text: `${
        metric === "hitRate" ? "Hit rate" : "Objective"
      } against the number of users`,
      subtitle: seeds === 1
        ? [
          `${profile}: test traces, 1 seed, so there is no interval.`,
          ...notes,
        ]
        : [
          `${profile}: test traces, mean over ${seeds} seeds with its 95 % interval${
            greatest === undefined ? "" : `, cut at ${least} and ${greatest}`
          }.`,
          [
            ...(series.some((name) => scale.includes(name))
              ? [
                `Solid: ${
                  isPaper ? "the paper's" : "the"
                } methods. Dashed: what gives the scale.`,
              ]
              : []),
            ...(panels.some(({ apart }) => apart)
              ? [
                `Points of one U stand side by side${
                  panels.length === 1 ? "" : " on the right"
                }.`,
              ]
              : []),
          ].join(" "),
          ...notes,
        ],
    },
    spacing: 18,
    hconcat: panels.map((panel) =>
      drawPanel(panel, pointsOf(rows, panel, series, users), width, {
        series,
        colors,
        scale,
        users,
      })
    ),
    config: houseTheme,
  };
}
