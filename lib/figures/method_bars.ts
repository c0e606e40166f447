/**
 * Methods next to each other: what they come to, and what it is made of.
 *
 * @module
 */

import { inMethodOrder } from "./series_names.ts";
import { panelTitle } from "./panels.ts";
import { requireRows } from "./require_rows.ts";
import {
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** What a method comes to on a slot, or on average on several. */
export interface MethodBarRow {
  /** The method. */
  readonly series: string;
  /** ω1 ΣT, the time's part of G(t). */
  readonly timePart: number;
  /** ω2 (ΣC + C^st), the money's part of G(t). */
  readonly costPart: number;
  /** Share of requests that hit. */
  readonly hitRate: number;
}

/** How {@linkcode methodBarsFigure} draws its rows. */
export interface MethodBarsOptions {
  /** Title; by default `Methods compared`. */
  readonly title?: string;
}

const act = "draw the methods";

/** The parts of Eq. 15 in the order of the stack. */
const PARTS = [
  ["timePart", "time, ω1 ΣT", "#0072B2"],
  ["costPart", "cost, ω2 (ΣC + Cˢᵗ)", "#E69F00"],
] as const;

/**
 * Two panels with a bar for every method, worst first: G(t) as the sum of its two
 * parts (Eq. 15), and the hit rate.
 *
 * @throws {RangeError} If there are no rows, or a number is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { methodBarsFigure } from "./method_bars.ts";
 *
 * const spec = methodBarsFigure([
 *   { series: "random", timePart: 4, costPart: 4, hitRate: 0.25 },
 *   { series: "optimum", timePart: 2, costPart: 2, hitRate: 1 },
 * ]);
 * assertEquals(spec.title, "Methods compared");
 * ```
 */
export function methodBarsFigure(
  rows: readonly MethodBarRow[],
  { title = "Methods compared" }: MethodBarsOptions = {},
): FigureSpec {
  requireRows(rows, ["timePart", "costPart", "hitRate"], act);
  const objectiveOf = ({ timePart, costPart }: MethodBarRow) =>
    timePart + costPart;
  const sorted = inMethodOrder(rows)
    .toSorted((a, b) => objectiveOf(b) - objectiveOf(a));
  const names = sorted.map(({ series }) => series);
  const y = (isFirst: boolean) => ({
    field: "series",
    type: "nominal" as const,
    title: null,
    sort: names,
    axis: { grid: false, ticks: false, labels: isFirst, labelLimit: 220 },
  });
  const x = (field: string, axis: string) => ({
    field,
    type: "quantitative" as const,
    title: axis,
    axis: { tickCount: 5 },
  });
  const tooltip = [
    { field: "series", type: "nominal" as const, title: "method" },
    { field: "objective", type: "quantitative" as const, title: "G(t)" },
    { field: "hitRate", type: "quantitative" as const, title: "hit rate" },
  ];
  const values = sorted.map((row) => ({
    series: row.series,
    objective: roundSignificant(objectiveOf(row), 4),
    hitRate: roundSignificant(row.hitRate, 4),
  }));
  const valueText = (field: string) => ({
    mark: {
      type: "text" as const,
      align: "left" as const,
      dx: 4,
      color: inkColor,
    },
    encoding: {
      x: { field, type: "quantitative" as const },
      text: { field, type: "quantitative" as const, format: ".2f" },
    },
  });
  const height = { step: 26 };
  return {
    $schema: vegaLiteSchema,
    config: houseTheme,
    description: `Bars of ${sorted.length} methods: ${
      listText(values.map(({ series, objective, hitRate }) =>
        `${series} has G ${objective} and hit rate ${hitRate}`
      ))
    }.`,
    title,
    hconcat: [
      {
        width: 330,
        height,
        title: panelTitle("Objective G(t) (Eq. 15): less is better"),
        data: { values },
        encoding: { y: y(true), tooltip },
        layer: [
          {
            data: {
              values: sorted.flatMap((row) =>
                PARTS.map(([key, part], order) => ({
                  series: row.series,
                  part,
                  order,
                  value: roundSignificant(row[key], 4),
                }))
              ),
            },
            mark: { type: "bar", height: { band: 0.7 } },
            encoding: {
              x: x("value", "G(t)"),
              order: { field: "order" },
              color: {
                field: "part",
                type: "nominal",
                title: null,
                scale: {
                  domain: PARTS.map(([, part]) => part),
                  range: PARTS.map(([, , color]) => color),
                },
                legend: {
                  orient: "bottom",
                  symbolType: "square",
                  symbolSize: 140,
                },
              },
              tooltip: [
                { field: "series", type: "nominal", title: "method" },
                { field: "part", type: "nominal" },
                { field: "value", type: "quantitative", title: "part of G(t)" },
              ],
            },
          },
          valueText("objective"),
        ],
      },
      {
        width: 240,
        height,
        title: panelTitle("Hit rate: more is better"),
        data: { values },
        encoding: { y: y(false), tooltip },
        layer: [
          {
            mark: { type: "bar", height: { band: 0.7 }, color: "#009E73" },
            encoding: {
              x: {
                ...x("hitRate", "Share of requests"),
                scale: { domain: [0, 1.12], nice: false },
                axis: { values: [0, 0.5, 1] },
              },
            },
          },
          valueText("hitRate"),
        ],
      },
    ],
  };
}
