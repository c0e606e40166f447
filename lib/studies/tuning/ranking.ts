/**
 * The configs of a hyperparameter search from the best to the worst, with
 * intervals over seeds.
 *
 * @module
 */

import { pairedDifference } from "../../stats/paired_difference.ts";
import { type Estimate, mean, overSeeds } from "../../stats/statistics.ts";
import { formatCsv } from "../../trials/csv.ts";
import { METRICS } from "../metrics.ts";
import { columnOf } from "../columns.ts";
import { cellOf, type TunePlan } from "./plan.ts";
import type { ScoredProposal } from "./rung_search.ts";
import type { Assignment } from "./space.ts";

/** A config of a search. */
export interface RankedConfig {
  /** Place, from 1. */
  readonly rank: number;
  /** Number of the candidate. */
  readonly candidate: number;
  /** What differs from the scenario. */
  readonly assignment: Assignment;
  /** Rung that it reached. */
  readonly rung: number;
  /** Training episodes on it. */
  readonly episodes: number;
  /** The metric on it, mean over seeds; null if a trial failed or broke constraints. */
  readonly value: Estimate | null;
  /** Whether a trial broke a constraint of Eq. 18. */
  readonly infeasible: boolean;
  /**
   * By how much it is worse than the best config with the same seeds and as many
   * episodes, mean over seeds; null if a trial failed.
   */
  readonly behind: Estimate | null;
}

/** The metric of every seed, by rung and candidate; failed ones are left out. */
export type SeedValues = readonly ReadonlyMap<number, readonly number[]>[];

function behindOf(
  best: readonly number[] | undefined,
  own: readonly number[] | undefined,
  sign: number,
): Estimate | null {
  if (best === undefined || own === undefined) return null;
  const signed = (values: readonly number[]) =>
    values.map((value) => [sign * value]);
  return best.length === 1
    ? overSeeds([sign * (best[0] - own[0])])
    : pairedDifference(signed(best), signed(own));
}

/**
 * Ranks configs: higher rungs before lower ones, and on a rung by the mean over
 * seeds. Intervals are Student's t; differences are paired by seed, since all
 * configs of a seed meet the same traces.
 *
 * @param order The candidates, the best first, as `RungSearch.ranking` has them.
 * @param infeasible Candidates with a trial that broke a constraint.
 */
export function rankConfigs(
  plan: TunePlan,
  order: readonly ScoredProposal[],
  values: SeedValues,
  infeasible: ReadonlySet<number>,
): RankedConfig[] {
  const sign = METRICS[plan.metric].better === "higher" ? 1 : -1;
  const best = order[0].candidate;
  return order.map(({ candidate, rung, episodes }, index) => {
    const own = values[rung].get(candidate);
    return {
      rank: index + 1,
      candidate,
      assignment: plan.assignments[candidate],
      rung,
      episodes,
      value: own === undefined ? null : overSeeds(own),
      infeasible: infeasible.has(candidate),
      behind: behindOf(values[rung].get(best), own, sign),
    };
  });
}

/** The score that a search is told: higher is better. */
export function scoreOf(
  { metric }: TunePlan,
  values: readonly number[],
): number {
  return METRICS[metric].better === "higher" ? mean(values) : -mean(values);
}

/** The ranking as CSV: a column for every key of the space. */
export function rankingCsv(
  plan: TunePlan,
  ranking: readonly RankedConfig[],
): string {
  const keys = Object.keys(plan.config.space);
  const rows = ranking.map((one): Record<string, unknown> => ({
    rank: one.rank,
    candidate: one.candidate,
    ...Object.fromEntries(
      keys.map((key) => [key, cellOf(one.assignment[key])]),
    ),
    episodes: one.episodes,
    seeds: plan.seeds.length,
    [plan.metric]: one.value?.estimate,
    lower: one.value?.lower,
    upper: one.value?.upper,
    behindBest: one.behind?.estimate,
    behindLower: one.behind?.lower,
    behindUpper: one.behind?.upper,
  }));
  return formatCsv(rows, Object.keys(rows[0]));
}

/** A number in a table: five digits, without zeros at the end. */
function show(value: number): string {
  return String(Number(value.toPrecision(5)));
}

function showMean(
  shown: Estimate | null,
  { infeasible }: RankedConfig,
): string {
  if (shown === null) return infeasible ? "infeasible" : "failed";
  const { estimate, lower, upper } = shown;
  return lower === null
    ? show(estimate)
    : `${show(estimate)} (${show(lower)} to ${show(upper)})`;
}

/** The first places of a ranking as rows of a table, with a head. */
export function rankingTable(
  plan: TunePlan,
  ranking: readonly RankedConfig[],
  places: number,
): string[][] {
  const keys = Object.keys(plan.config.space);
  return [
    [
      "rank",
      ...keys.map(columnOf),
      "episodes",
      plan.metric,
      "behind the best",
    ],
    ...ranking.slice(0, places).map((one) => [
      String(one.rank),
      ...keys.map((key) => String(cellOf(one.assignment[key]))),
      String(one.episodes),
      showMean(one.value, one),
      one.rank === 1 ? "" : showMean(one.behind, one),
    ]),
  ];
}
