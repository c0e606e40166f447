/**
 * A metric of methods against whatever a study varies.
 *
 * @module
 */

import { type SeriesColors, seriesColors } from "./colors.ts";
import { METHODS, METHODS_OF_PAPER } from "../methods/registry.ts";
import { OPTIMUM_LABELS } from "../optimum/reference.ts";
import { describeMetric } from "./describe.ts";
import { dashedSeries, extent, panelTitle, panelWidth } from "./panels.ts";
import type { MetricRow } from "./rows.ts";
import {
  gapPanel,
  type Panel,
  Places,
  type Point,
  pointsOf,
  type ShownValue,
} from "./metric_panels.ts";
import { metricPage } from "./metric_page.ts";
import { requireRows } from "./require_rows.ts";
import { type FigureSpec, vegaLiteSchema } from "./spec.ts";
import {
  inMethodOrder,
  markInfeasible,
  markNotes,
  NO_REFERENCE_NAMES,
  placeOfMethod,
} from "./series_names.ts";
import { houseTheme } from "./theme.ts";

/** How {@linkcode metricFigure} draws its rows. */
export interface MetricFigureOptions {
  /** What the runs are, for the subtitle: for example `Quick profile`. */
  readonly profile: string;
  /** What is drawn. */
  readonly value: ShownValue;
  /** The horizontal axis. */
  readonly x: {
    /** Name of the column of the places in the figure's data. */
    readonly field: string;
    /** Title of the axis. */
    readonly title: string;
    /** What the figure's title calls it: `the number of users`. */
    readonly text: string;
    /** What the subtitle calls a value: `U`; by default a place. */
    readonly symbol?: string;
  };
  /**
   * The symbol of the value, if its gap to the reference's on the same traces is to
   * be drawn where that is among the series.
   */
  readonly gapOf?: string;
  /** Which panels to show where there is a gap; by default `"both"`. */
  readonly show?: "both" | "value" | "gap";
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
  /** Title above the first of two panels; by default that of the value. */
  readonly panel?: string;
  /** Lines at the end of the subtitle. */
  readonly notes?: readonly string[];
  /** What fails in errors; by default drawing the figure of the metric. */
  readonly act?: string;
}

/** Whether a series is a method of the project that is none of the paper's. */
function givesScale(series: string): boolean {
  const method = METHODS[placeOfMethod(series)];
  return method !== undefined && !METHODS_OF_PAPER.includes(method);
}

/** The rows of a panel, with what it shows of them. */
function valuesOf(rows: readonly MetricRow[], panel: Panel): MetricRow[] {
  return rows.filter(({ series }) => !panel.without?.(series))
    .map((row) => ({ ...row, value: panel.value(row) }));
}

/** How the values of an axis are written. */
function labelsOf({ values, areNames }: Places) {
  if (!areNames) {
    return { format: values.every(Number.isInteger) ? "d" : "~g" };
  }
  const names = values.map(String);
  return {
    labelExpr: `${JSON.stringify(names)}[datum.value]`,
    ...names.join("").length > 60
      ? { labelAngle: -20, labelAlign: "right" as const, labelLimit: 150 }
      : {},
  };
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
    readonly places: Places;
    readonly xTitle: string;
    readonly isAlone: boolean;
  },
) {
  const { series, colors, scale, places, xTitle } = look;
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
    ...(look.isAlone ? {} : { title: panelTitle(panel.title) }),
    width,
    height: 320,
    data: { values: points.map((point) => ({ ...point })) },
    encoding: {
      x: {
        field: "position",
        type: "quantitative" as const,
        title: xTitle,
        axis: {
          grid: false,
          values: [...places.positions],
          ...labelsOf(places),
        },
        scale: {
          domain: places.domain,
          nice: false,
          ...places.isLog ? { type: "log" as const } : { zero: false },
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
      ...places.areNames ? [] : [{
        mark: { type: "line" as const, strokeWidth: 2 },
        encoding: {
          y: y("mean"),
          strokeDash: dashedSeries(series, scale, legend),
        },
      }],
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
 * A line a method against whatever a study varies, means over seeds with Student's t
 * intervals; points without lines where the places are names.
 *
 * Points of one place stand side by side where lines are flat enough, so that their
 * intervals can be told apart. With `gapOf`, a second panel shows by how many percent
 * the value is above the reference's on the same traces, paired by seed; methods that
 * break constraints are marked, and are not in it. Numbers that span a factor of 50
 * have a logarithmic axis.
 *
 * @param given One per method, place and seed; methods appear in the order of the
 * registry, others after them in that of their first rows.
 * @param options `profile`, `value` and `x` are required.
 * @throws {RangeError} If there are no rows, a number is not finite, or the
 * reference lacks a seed that others have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { metricFigure } from "./metric_figure.ts";
 *
 * const rows = [0.5, 0.9].map((x) => ({ series: "TD3", x, seed: 0, value: x }));
 * const spec = metricFigure(rows, {
 *   profile: "An example",
 *   value: { title: "Hit rate", axis: "Hit rate", apart: true },
 *   x: { field: "discount", title: "td3.discount", text: "td3.discount" },
 * });
 * assertEquals(spec.title, {
 *   text: "Hit rate against td3.discount",
 *   subtitle: ["An example: test traces, 1 seed, so there is no interval."],
 * });
 * ```
 */
export function metricFigure(
  given: readonly MetricRow[],
  options: MetricFigureOptions,
): FigureSpec {
  const { act = "draw the figure of a metric" } = options;
  requireRows(given, ["seed", "value"], act);
  const rows = markInfeasible(inMethodOrder(given));
  const {
    profile,
    value,
    x,
    gapOf,
    reference = OPTIMUM_LABELS.reference,
  } = options;
  const series = [...new Set(rows.map((row) => row.series))];
  const { scale = series.filter(givesScale) } = options;
  const isPaper = series.every((name) =>
    scale.includes(name) || placeOfMethod(name) >= 0
  );
  const places = new Places(rows);
  const seeds = new Set(rows.map((row) => row.seed)).size;
  const colors = seriesColors(series, options.colors);
  const hasGap = gapOf !== undefined && series.includes(reference);
  const show = hasGap ? options.show ?? "both" : "value";
  const panels: Panel[] = [
    ...show === "gap" ? [] : [{
      ...value,
      title: options.panel ?? value.title,
      value: (row: MetricRow) => row.value,
    }],
    ...!hasGap || show === "value"
      ? []
      : [gapPanel(rows, reference, gapOf, { act, field: x.field })],
  ];
  const { least, greatest } = show === "gap" ? {} as ShownValue : value;
  const notes = [
    ...(gapOf !== undefined && !hasGap &&
        series.some((name) => NO_REFERENCE_NAMES.includes(name))
      ? ["The optimum is no reference in this world, so no gap is drawn."]
      : []),
    ...markNotes(series),
    ...options.notes ?? [],
  ];
  const points = panels.map((panel) =>
    pointsOf(rows, panel, series, { places, field: x.field })
  );
  const width = panels.length === 1 ? 590 : panelWidth(2) - 66;
  const title = `${value.title}${
    show === "gap" ? ` above the ${reference}'s` : ""
  } against ${x.text}`;
  const subtitle = seeds === 1
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
            `Points of one ${x.symbol ?? "place"} stand side by side${
              panels.length === 1 ? "" : " on the right"
            }.`,
          ]
          : []),
      ].join(" "),
      ...notes,
    ];
  return {
    $schema: vegaLiteSchema,
    description: describeMetric(valuesOf(rows, panels[0]), {
      title,
      axis: panels[0].axis,
      xTitle: x.title,
      symbol: x.symbol ?? x.title,
      scale,
      ...value.better === undefined ? {} : { better: value.better },
    }),
    title: { text: title, subtitle },
    spacing: 18,
    hconcat: panels.map((panel, k) =>
      drawPanel(panel, points[k], width, {
        series,
        colors,
        scale,
        places,
        xTitle: x.title,
        isAlone: panels.length === 1,
      })
    ),
    config: houseTheme,
    usermeta: { page: metricPage(panels, points, { x, places, subtitle }) },
  };
}
