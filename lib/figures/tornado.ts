/**
 * What each of many choices changes by itself, the greatest change on top.
 *
 * @module
 */

import { extent, panelTitle } from "./panels.ts";
import { requireRows } from "./require_rows.ts";
import {
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** What one choice does to one series. */
export interface TornadoRow {
  /** What is measured, a panel of its own: a method. */
  readonly series: string;
  /** The choice: `association = random`. */
  readonly choice: string;
  /** Value under the defaults. */
  readonly from: number;
  /** Value under the choice. */
  readonly to: number;
}

/** How {@linkcode tornadoFigure} draws its rows. */
export interface TornadoFigureOptions {
  /** Title of the figure. */
  readonly title: string;
  /** Lines below the title. */
  readonly subtitle?: readonly string[];
  /** Title of the horizontal axes, with the unit. */
  readonly xTitle: string;
  /** Whether changes are factors, on a logarithmic axis; by default not. */
  readonly isLog?: boolean;
}

const act = "draw the tornado chart";

/** Pixels of a choice's line. */
const LINE = 20;
/** Pixels that all panels share. */
const ROOM = 540;
/** A rise in orange, a fall in blue: apart for all eyes. */
const RISE = "#D55E00";
const FALL = "#0072B2";

/** The choices, that of the greatest change in any series first. */
function inOrder(rows: readonly TornadoRow[], isLog: boolean): string[] {
  const greatest = new Map<string, number>();
  for (const { choice, from, to } of rows) {
    const change = Math.abs(isLog ? Math.log(to / from) : to - from);
    greatest.set(choice, Math.max(greatest.get(choice) ?? 0, change));
  }
  // Equal changes stay in the order in which they came.
  return [...greatest].sort((a, b) => b[1] - a[1]).map(([choice]) => choice);
}

/** Refuses what has no logarithm. */
function requirePositive(rows: readonly TornadoRow[]): void {
  const value = rows.flatMap(({ from, to }) => [from, to])
    .find((one) => one <= 0);
  if (value === undefined) return;
  throw new RangeError(
    `Cannot ${act}: values of a logarithmic axis must be above 0, got ${value}`,
  );
}

/** What a figure shows, for those who do not see it. */
function describe(
  rows: readonly TornadoRow[],
  choices: readonly string[],
  series: readonly string[],
  { title, xTitle }: TornadoFigureOptions,
): string {
  const short = (value: number) => String(roundSignificant(value, 3));
  const [most] = choices;
  const changes = series.flatMap((name) => {
    const row = rows.find((one) => one.series === name && one.choice === most);
    return row === undefined
      ? []
      : [`${name} from ${short(row.from)} to ${short(row.to)}`];
  });
  return `${title}. Panels: ${
    listText(series)
  }. ${xTitle}. Of ${choices.length} choices "${most}" changes most: ${
    listText(changes)
  }.`;
}

/**
 * A tornado chart: for every choice a bar from the value under the defaults to that
 * under the choice, the others left as they are. All panels have the same axis and the
 * same order of choices: that of the greatest change in any of them.
 *
 * A choice that changes nothing has a tick and no bar.
 *
 * @param rows One for every series and choice; a series has one default.
 * @param options `title` and `xTitle` are required.
 * @throws {RangeError} If there are no rows, a number is not finite, or one that is not
 * above 0 is to stand on a logarithmic axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tornadoFigure } from "./tornado.ts";
 *
 * const spec = tornadoFigure([
 *   { series: "optimum", choice: "a = 1", from: 4, to: 5 },
 *   { series: "optimum", choice: "b = 2", from: 4, to: 2 },
 * ], { title: "What matters", xTitle: "Objective G" });
 * assertEquals(
 *   spec.description,
 *   'What matters. Panels: optimum. Objective G. Of 2 choices "b = 2" changes most: optimum from 4 to 2.',
 * );
 * ```
 */
export function tornadoFigure(
  rows: readonly TornadoRow[],
  options: TornadoFigureOptions,
): FigureSpec {
  requireRows(rows, ["from", "to"], act);
  const series = [...new Set(rows.map((row) => row.series))];
  const { isLog = false } = options;
  if (isLog) requirePositive(rows);
  const choices = inOrder(rows, isLog);
  const domain = extent(rows.flatMap(({ from, to }) => [from, to]));
  const x = {
    field: "to",
    type: "quantitative" as const,
    title: options.xTitle,
    axis: { tickCount: 4, labelFlush: false, ...isLog ? { format: "~g" } : {} },
    scale: isLog
      ? { type: "log" as const, base: 2, domain: [...domain], nice: false }
      : { domain: [...domain], zero: false, nice: 4 },
  };
  const panels = series.map((name, index) => {
    const own = rows.filter((row) => row.series === name);
    return {
      title: panelTitle(name),
      width: Math.floor(ROOM / series.length),
      height: LINE * choices.length,
      data: {
        values: own.map(({ choice, from, to }) => ({
          choice,
          from: roundSignificant(from, 5),
          to: roundSignificant(to, 5),
          change: roundSignificant(to - from, 5),
        })),
      },
      encoding: {
        y: {
          field: "choice",
          type: "nominal" as const,
          title: null,
          scale: { domain: choices },
          axis: {
            labels: index === 0,
            labelLimit: 260,
            ticks: false,
            domain: false,
            grid: true,
          },
        },
        color: {
          condition: { test: "datum.change > 0", value: RISE },
          value: FALL,
        },
      },
      layer: [
        {
          mark: { type: "bar" as const, height: 11, tooltip: true },
          encoding: { x, x2: { field: "from" } },
        },
        {
          mark: { type: "tick" as const, size: 15, thickness: 2, opacity: 1 },
          encoding: { x },
        },
        {
          mark: { type: "rule" as const, strokeWidth: 1.2 },
          encoding: {
            x: { datum: roundSignificant(own[0].from, 5) },
            y: { value: 0 },
            y2: { value: "height" as const },
            color: { value: inkColor },
          },
        },
      ],
    };
  });
  return {
    $schema: vegaLiteSchema,
    description: describe(rows, choices, series, options),
    title: { text: options.title, subtitle: [...options.subtitle ?? []] },
    spacing: 14,
    hconcat: panels,
    config: houseTheme,
  };
}
