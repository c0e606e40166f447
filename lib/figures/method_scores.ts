/**
 * What the figures of methods' scores share: rows as matrices, and words.
 *
 * @module
 */

import { type BracketedRow, rowsAtBound } from "../stats/bracketed_rows.ts";
import { scoresBySeries, type SeriesScores } from "../stats/score_rows.ts";
import type { BootstrapOptions } from "../stats/statistics.ts";
import { RandomStream } from "../math/prng.ts";
import { extent } from "./panels.ts";
import type { SeriesColors } from "./colors.ts";
import { inMethodOrder, markInfeasible, markNotes } from "./series_names.ts";

/** How a figure of methods' scores is drawn. */
export interface MethodScoresOptions {
  /** What the runs are, for the subtitle: for example `Quick profile`. */
  readonly profile: string;
  /** What a score is, for the axis: for example `Objective G`. */
  readonly score: string;
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
  /** Resamples of each interval; by default 2,000. */
  readonly resamples?: number;
  /** Root of the bootstrap's random streams; by default 0. */
  readonly seed?: number;
}

/** What a figure of methods' scores is drawn from. */
export interface MethodScoreRow extends BracketedRow {
  /**
   * Slots in which the method broke a constraint of Eq. 18, by default none; a
   * method with any is marked.
   */
  readonly violations?: number;
}

/** The scores of a method, and those at the bound where they have a bracket. */
export interface MethodScores extends SeriesScores {
  /** `scores` if the bound behind them were reached. */
  readonly atBound?: SeriesScores["scores"];
}

/**
 * The scores of every method with at least one seed that has all tasks; methods that
 * break constraints are marked as infeasible.
 *
 * @throws {RangeError} If there is no such method, or a number is not finite.
 */
export function requireScores(
  rows: readonly MethodScoreRow[],
  act: string,
): MethodScores[] {
  rows.forEach(({ value }, i) => {
    if (Number.isFinite(value)) return;
    throw new RangeError(
      `Cannot ${act}: rows[${i}].value must be a finite number, got ${value}`,
    );
  });
  const marked = markInfeasible(inMethodOrder(rows));
  const bounded = rowsAtBound(marked);
  const atBound = bounded && scoresBySeries(bounded);
  const methods = scoresBySeries(marked)
    .map((method, i): MethodScores =>
      atBound === undefined ? method : { ...method, atBound: atBound[i].scores }
    )
    .filter(({ seeds }) => seeds.length > 0);
  if (methods.length > 0) return methods;
  throw new RangeError(
    `Cannot ${act}: rows must be of at least 1 method with a seed that has all tasks, got none`,
  );
}

/** How intervals of a series are drawn; independent of other series. */
export function bootstrapOf(
  series: string,
  { seed = 0, resamples }: MethodScoresOptions,
): BootstrapOptions {
  return {
    stream: new RandomStream(seed, `figure/${series}`),
    ...resamples === undefined ? {} : { resamples },
  };
}

/** "1 seed", "3 to 5 seeds". */
function countText(counts: readonly number[], noun: string): string {
  const [least, greatest] = extent(counts);
  const numbers = least === greatest ? `${least}` : `${least} to ${greatest}`;
  return `${numbers} ${noun}${greatest === 1 ? "" : "s"}`;
}

/** What was run, and what the bands are. */
export function subtitleOf(
  methods: readonly MethodScores[],
  { profile }: MethodScoresOptions,
  bands: string,
): string[] {
  const seeds = methods.map((method) => method.seeds.length);
  const isBracketed = methods.some(({ atBound }) => atBound !== undefined);
  return [
    `${profile}: ${countText([methods[0].tasks.length], "task")}, ${
      countText(seeds, "seed")
    }.`,
    ...seeds.every((count) => count === 1)
      ? [
        isBracketed
          ? `One seed a method; ${bands.toLowerCase()}: what a bound leaves open.`
          : "One seed a method, so there is no interval.",
      ]
      : [
        `${bands}: 95 % intervals by the stratified bootstrap over seeds.`,
        ...isBracketed ? [`${bands} cover what a bound leaves open.`] : [],
      ],
    ...markNotes(methods.map(({ series }) => series)),
  ];
}
