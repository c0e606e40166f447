/**
 * Skills of methods in worlds that differ in their scale.
 *
 * @module
 */

import { type SeriesColors, seriesColors } from "./colors.ts";
import { describeEstimates } from "./describe.ts";
import type { PageParts } from "./page_parts.ts";
import { inMethodOrder, markNotes } from "./series_names.ts";
import { type FigureSpec, roundSignificant, vegaLiteSchema } from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** The skill of a method in a world. */
export interface WorldSkillRow {
  /** The method. */
  readonly series: string;
  /** The world. */
  readonly world: string;
  /** The skill. */
  readonly estimate: number;
  /** Lower end of its interval; null without one. */
  readonly lower: number | null;
  /** Upper end of its interval; null without one. */
  readonly upper: number | null;
}

/** How {@linkcode skillByWorldFigure} draws its rows. */
export interface SkillByWorldOptions {
  /** What the runs are, for the subtitle: for example `Quick profile`. */
  readonly profile: string;
  /** Worlds without a scale, which are named below the title. */
  readonly without?: readonly string[];
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
}

/** Height of a method's line in a world, in pixels. */
const LINE_PX = 7;

/** What the pointer is told, and the table below shows. */
const COLUMNS = [
  { field: "series", title: "Series" },
  { field: "world", title: "World" },
  { field: "estimate", title: "Skill" },
  { field: "lower", title: "95 % interval from" },
  { field: "upper", title: "95 % interval to" },
];

/** Marks of the axis, on both sides of 0 as far as skills reach. */
const TICKS = [0, 0.5, 1, 2, 10, 100, 1000, 10_000];

/**
 * A band a world and a line a method, with rules at 0 and 1. Skills below 0 have no
 * least value: the axis is linear around 0 and logarithmic far from it (symlog).
 *
 * @throws {RangeError} If there are no rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { skillByWorldFigure } from "./skill_by_world.ts";
 *
 * const interval = { lower: null, upper: null };
 * const spec = skillByWorldFigure([
 *   { series: "hold", world: "charged", estimate: 0.9, ...interval },
 *   { series: "TD3", world: "charged", estimate: -70, ...interval },
 * ], { profile: "An example", without: ["anywhere"] });
 * assertEquals(spec.title, {
 *   text: "Skill in each world",
 *   subtitle: [
 *     "An example: 0 and 1 by each world's reference, by lines; far from 0 the axis is logarithmic.",
 *     "Without a scale: anywhere.",
 *   ],
 * });
 * ```
 */
export function skillByWorldFigure(
  given: readonly WorldSkillRow[],
  { profile, without = [], colors }: SkillByWorldOptions,
): FigureSpec {
  if (given.length === 0) {
    throw new RangeError(
      "Cannot draw skills by world: rows must be at least 1 row, got 0",
    );
  }
  const rows = inMethodOrder(given);
  const series = [...new Set(rows.map((row) => row.series))];
  const worlds = [...new Set(given.map(({ world }) => world))];
  const ends = rows.flatMap(({ estimate, lower, upper }) => [
    estimate,
    lower ?? estimate,
    upper ?? estimate,
  ]);
  const [least, greatest] = [Math.min(0, ...ends), Math.max(1, ...ends)];
  const ticks = [...TICKS.map((tick) => -tick), ...TICKS]
    .filter((tick) => tick >= 1.5 * least && tick <= greatest);
  const round = (value: number | null) =>
    value === null ? null : roundSignificant(value, 5);
  const x = (field: string) => ({
    field,
    type: "quantitative" as const,
    title: "Skill",
    axis: {
      values: [...new Set(ticks)],
      labelExpr: "replace('' + datum.value, '-', '−')",
    },
    scale: { type: "symlog" as const, domain: [1.2 * least, 1.1 * greatest] },
  });
  const rule = (datum: number) => ({
    mark: { type: "rule" as const, color: inkColor, strokeDash: [4, 4] },
    encoding: {
      x: { datum, type: "quantitative" as const },
      y: { value: 0 },
      y2: { value: "height" as const },
      yOffset: { value: 0 },
      color: { value: inkColor },
    },
  });
  const values = rows.map(({ series, world, estimate, lower, upper }) => ({
    series,
    world,
    estimate: roundSignificant(estimate, 5),
    lower: round(lower),
    upper: round(upper),
  }));
  return {
    $schema: vegaLiteSchema,
    description: `Skill in each world. ${
      worlds.map((world) =>
        describeEstimates(world, values.filter((row) => row.world === world))
      ).join(" ")
    }`,
    title: {
      text: "Skill in each world",
      subtitle: [
        `${profile}: 0 and 1 by each world's reference, by lines; far from 0 the axis is logarithmic.`,
        ...without.length === 0
          ? []
          : [`Without a scale: ${without.join(", ")}.`],
        ...markNotes(series),
      ],
    },
    width: 480,
    height: { step: LINE_PX, for: "offset" as const },
    data: { values },
    encoding: {
      y: {
        field: "world",
        type: "nominal" as const,
        title: null,
        sort: worlds,
        scale: { paddingInner: 0.1, paddingOuter: 0.05 },
        axis: { grid: false, labelLimit: 180 },
      },
      yOffset: { field: "series", type: "nominal" as const, sort: series },
      color: {
        field: "series",
        type: "nominal" as const,
        title: null,
        scale: { domain: series, range: seriesColors(series, colors) },
        legend: { orient: "right" as const, symbolOpacity: 1 },
      },
    },
    layer: [
      rule(0),
      rule(1),
      {
        transform: [{ filter: { field: "lower", valid: true } }],
        mark: { type: "rule" as const, strokeWidth: 1.5, opacity: 0.6 },
        encoding: { x: x("lower"), x2: { field: "upper" } },
      },
      {
        mark: { type: "point" as const, filled: true, opacity: 1, size: 36 },
        encoding: { x: x("estimate") },
      },
    ],
    config: houseTheme,
    usermeta: {
      page: {
        tooltips: { world: COLUMNS },
        columns: COLUMNS,
        rows: values,
      } satisfies PageParts,
    },
  };
}
