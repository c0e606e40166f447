import type { ClaimRows, ReturnRow, TestRow } from "../../lib/claims/mod.ts";
import { PAPER_LEARNING_RATES } from "../../lib/claims/mod.ts";

/** Rows of one return per seed for each series. */
export function returnRows(
  series: Readonly<Record<string, readonly number[]>>,
): ReturnRow[] {
  return Object.entries(series).flatMap(([name, values]) =>
    values.map((episodeReturn, seed) => ({ series: name, seed, episodeReturn }))
  );
}

/** What a method achieves: hit rate and objective as functions of users and seed. */
export interface ExampleMethod {
  readonly hitRate: (users: number, seed: number) => number;
  readonly objective?: (users: number, seed: number) => number;
}

/** Test rows of methods; a little noise sets the seeds apart. */
export function testRows(
  methods: Readonly<Record<string, ExampleMethod>>,
  grid: { users?: readonly number[]; seeds?: number } = {},
): TestRow[] {
  const { users = [5, 10, 30], seeds = 3 } = grid;
  return Object.entries(methods).flatMap(([series, { hitRate, objective }]) =>
    users.flatMap((count) =>
      Array.from({ length: seeds }, (_, seed) => ({
        series,
        users: count,
        seed,
        hitRate: hitRate(count, seed),
        objective: objective?.(count, seed) ?? count + seed,
      }))
    )
  );
}

/** A hit rate that is the same for all numbers of users, but for the seed. */
export function flat(level: number): ExampleMethod {
  return { hitRate: (_, seed) => level + 0.001 * seed };
}

/** A hit rate that changes by `step` per user. */
export function sloped(level: number, step: number): ExampleMethod {
  return { hitRate: (users, seed) => level + step * users + 0.001 * seed };
}

/** A world in which every claim of the paper holds. */
export const PAPERS_WORLD: ClaimRows = {
  learningRates: returnRows({
    [PAPER_LEARNING_RATES]: [-7, -7.1, -7.2],
    "1e-5, 6e-4": [-8, -8.1, -8.21],
    "1e-5, 8e-4": [-7.9, -8.0, -8.11],
    "2e-5, 1e-3": [-8.2, -8.3, -8.41],
  }),
  training: returnRows({
    TD3: [-9.82, -9.83, -9.84],
    DDPG: [-10, -10, -10],
  }),
  tests: testRows({
    TD3: sloped(0.6, 0.005),
    DDPG: sloped(0.42, 0.0035),
    PCRAS: sloped(0.39, 0.0035),
    GCRAS: sloped(0.37, 0.0035),
  }),
};
