/**
 * What claims are judged from, and how rows are paired.
 *
 * @module
 */

import type { RowOrigin, ScalabilityRow } from "../trials/rows.ts";

/** The return at the end of the training of one trial. */
export interface ReturnRow extends RowOrigin {
  /** Mean of Σ_t r(t) over the last fifth of the training episodes. */
  readonly episodeReturn: number;
}

/** What a method achieves on the test traces of one seed, with so many users. */
export type TestRow = Pick<
  ScalabilityRow,
  "series" | "users" | "seed" | "hitRate" | "objective"
>;

/** What the claims of the paper are judged from; an empty list was not run. */
export interface ClaimRows {
  /** TD3's returns with each pair of learning rates: Fig. 4. */
  readonly learningRates: readonly ReturnRow[];
  /** Returns of TD3 and DDPG: Fig. 5. */
  readonly training: readonly ReturnRow[];
  /** Hit rates and objectives: Figs. 6 and 7. */
  readonly tests: readonly TestRow[];
}

/** A value for every seed. */
export type BySeed = ReadonlyMap<number, number>;

/**
 * A column of the rows by seed.
 *
 * @throws {Error} If a seed has two rows.
 */
export function bySeed<Row extends RowOrigin>(
  rows: readonly Row[],
  value: (row: Row) => number,
): BySeed {
  const values = new Map<number, number>();
  for (const row of rows) {
    if (values.has(row.seed)) {
      throw new Error(
        `Cannot judge claims: ${row.series} must have one row for seed ${row.seed}, got two`,
      );
    }
    values.set(row.seed, value(row));
  }
  return values;
}

/** The values of the seeds that both have: pairs that met the same traces. */
export function pairBySeed(a: BySeed, b: BySeed): [a: number[], b: number[]] {
  const seeds = [...a.keys()].filter((seed) => b.has(seed))
    .sort((one, other) => one - other);
  return [
    seeds.map((seed) => a.get(seed)!),
    seeds.map((seed) => b.get(seed)!),
  ];
}

/** Different values in rising order. */
export function rising(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
