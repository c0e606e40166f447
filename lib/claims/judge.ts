/**
 * Claims judged from rows.
 *
 * @module
 */

import {
  type ExtremeInterval,
  greatestInterval,
  leastInterval,
} from "../stats/extreme_interval.ts";
import { type Claim, CLAIMS } from "./claims.ts";
import type { Effect } from "./effects.ts";
import type { ClaimRows } from "./rows.ts";
import { applyRule, type Verdict } from "./verdict.ts";

/**
 * Fewest seeds that a claim is judged on: with two, the interval rests on the
 * assumption of normal numbers alone.
 */
export const LEAST_SEEDS = 3;

/** What the data say of a claim. */
export interface Judgement {
  /** The claim. */
  readonly claim: Claim;
  /** What was measured, with its 95 % interval; missing with too few seeds. */
  readonly interval?: ExtremeInterval;
  /** Seeds of the effect that has the fewest. */
  readonly seeds: number;
  /** What follows from the interval by the claim's rule. */
  readonly verdict: Verdict;
  /** Why, in words. */
  readonly reason: string;
}

/** Where the extreme effect is, as the beginning of a reason. */
function placeOf(claim: Claim, effects: readonly Effect[], index: number) {
  return effects.length === 1 || effects[index].where === ""
    ? ""
    : `${claim.extreme} ${effects[index].where}; `;
}

/**
 * Judges a claim: its effects, their greatest or least with its 95 % interval, and
 * the claim's rule.
 *
 * @returns `undefined` if what the claim needs was not run.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CLAIMS } from "./claims.ts";
 * import { judgeClaim } from "./judge.ts";
 *
 * const claim = CLAIMS.find(({ key }) => key === "td3-ahead")!;
 * const training = [0, 1, 2].flatMap((seed) => [
 *   { series: "TD3", seed, episodeReturn: -8 - 0.1 * seed },
 *   { series: "DDPG", seed, episodeReturn: -9 - 0.1 * seed },
 * ]);
 * const rows = { learningRates: [], training, tests: [] };
 * assertEquals(judgeClaim(claim, rows)?.verdict, "reproduced");
 * assertEquals(judgeClaim(CLAIMS[0], rows), undefined);
 * ```
 */
export function judgeClaim(
  claim: Claim,
  rows: ClaimRows,
): Judgement | undefined {
  const effects = claim.effects(rows);
  if (effects.length === 0) return undefined;
  const seeds = Math.min(...effects.map((effect) => effect.seeds));
  if (seeds < LEAST_SEEDS) {
    return {
      claim,
      seeds,
      verdict: "undetermined",
      reason: `${seeds} ${
        seeds === 1 ? "seed is" : "seeds are"
      } too few: at least ${LEAST_SEEDS} are needed`,
    };
  }
  const extremeOf = claim.extreme === "least"
    ? leastInterval
    : greatestInterval;
  const interval = extremeOf(effects.map((effect) => effect.intervalAt));
  const { verdict, because } = applyRule(interval, claim.rule, claim.unit);
  return {
    claim,
    interval,
    seeds,
    verdict,
    reason: placeOf(claim, effects, interval.index) + because,
  };
}

/** Judges every claim that was run. */
export function judgeClaims(rows: ClaimRows): Judgement[] {
  return CLAIMS.flatMap((claim) => judgeClaim(claim, rows) ?? []);
}
