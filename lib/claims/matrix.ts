/**
 * The claims × readings matrix: which reading each claim needs.
 *
 * @module
 */

import type { Interval } from "../stats/statistics.ts";
import type { HitRates } from "../env/hit_rate.ts";
import { DEFAULT_STUDY, HIT_RATE_READINGS } from "../studies/ledger.ts";
import { PAPER_SCENARIO } from "../scenario/scenario.ts";
import type { ReadingRow, ScalabilityRow } from "../trials/rows.ts";
import { labelOf } from "../methods/mod.ts";
import { type Claim, CLAIMS } from "./claims.ts";
import { judgeClaim } from "./judge.ts";
import {
  isDefault,
  type Reading,
  READINGS,
  SHORT_DEFAULT_READING,
} from "./readings.ts";
import type { ClaimRows, ReturnRow, TestRow } from "./rows.ts";
import type { Verdict } from "./verdict.ts";

/** What the figures' tables hold for the claims. */
export interface FigureRows {
  /** TD3's returns with each pair of learning rates: Fig. 4. */
  readonly learningRates: readonly ReturnRow[];
  /** Returns of TD3 and DDPG: Fig. 5. */
  readonly training: readonly ReturnRow[];
  /** Figs. 6 and 7. */
  readonly tests: readonly ScalabilityRow[];
}

/** A cell of the matrix. */
export interface MatrixCell {
  /** The claim. */
  readonly claim: Claim;
  /** The reading. */
  readonly reading: Reading;
  /** The verdict, or that the claim was not run under the reading. */
  readonly verdict: Verdict | "not run";
  /** Whether the reading changes nothing that the claim rests on. */
  readonly inherited: boolean;
  /** What was measured; missing with too few seeds or none. */
  readonly interval?: Interval;
  /** Seeds of what was measured. */
  readonly seeds: number;
  /** Why, in words. */
  readonly reason: string;
}

/** The column that holds the hit rate under a reading. */
function hitRateColumn({ hitRate }: Reading): keyof HitRates {
  return HIT_RATE_READINGS[hitRate ?? DEFAULT_STUDY.hitRate];
}

/** Whether a reading leaves the results that a claim rests on as they were. */
function isInherited(claim: Claim, reading: Reading): boolean {
  const changes =
    claim.methods.some((method) => reading.changes.includes(method)) ||
    claim.metric === "hitRate" && reading.hitRate !== undefined;
  return !changes && !isDefault(reading);
}

/**
 * The rows from which claims are judged under a reading: its own for the methods
 * that it changes, and for the others those of the defaults on the same grid.
 *
 * Fig. 4 is not run under readings that change TD3.
 *
 * @param figures Rows of the figures, for readings on their grid.
 * @param rows Rows of all readings.
 */
export function rowsUnder(
  reading: Reading,
  figures: FigureRows,
  rows: readonly ReadingRow[],
): ClaimRows {
  const changed = new Set(reading.changes.map(labelOf));
  const own = rows.filter((row) =>
    row.reading === reading.key && changed.has(row.series)
  );
  const defaults = rows.filter((row) => row.reading === SHORT_DEFAULT_READING);
  const isKept = (row: { readonly series: string }) => !changed.has(row.series);
  const column = hitRateColumn(reading);
  const toTest = (row: ScalabilityRow | ReadingRow): TestRow => ({
    series: row.series,
    users: row.users,
    seed: row.seed,
    hitRate: row[column],
    objective: row.objective,
  });
  const isShort = reading.grid === "short";
  const tests = [
    ...own,
    ...(isShort ? defaults : figures.tests).filter(isKept),
  ];
  const training = [...own, ...(isShort ? defaults.filter(isKept) : [])]
    .flatMap(({ series, users, seed, trainingReturn }): ReturnRow[] =>
      trainingReturn !== null && users === PAPER_SCENARIO.parameters.numUsers
        ? [{ series, seed, episodeReturn: trainingReturn }]
        : []
    );
  return {
    learningRates: reading.changes.includes("td3") ? [] : figures.learningRates,
    training: isShort
      ? training
      : [...training, ...figures.training.filter(isKept)],
    tests: tests.map(toTest),
  };
}

/** Judges every claim under every reading: reading by reading. */
export function judgeReadings(
  figures: FigureRows,
  rows: readonly ReadingRow[],
): MatrixCell[] {
  return READINGS.flatMap((reading) => {
    const under = rowsUnder(reading, figures, rows);
    return CLAIMS.map((claim): MatrixCell => {
      const inherited = isInherited(claim, reading);
      const judgement = judgeClaim(claim, under);
      return judgement === undefined
        ? {
          claim,
          reading,
          verdict: "not run",
          inherited,
          seeds: 0,
          reason: "not run",
        }
        : { ...judgement, reading, inherited };
    });
  });
}
