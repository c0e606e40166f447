/**
 * The best sets of models to cache.
 *
 * @module
 */

import {
  type CacheSearchOptions,
  type CacheVisitor,
  searchCaches,
} from "./cache_search.ts";
import { type CacheProblem, filledSets } from "./relaxation.ts";

/** A set of models and what it costs at least, relative to no caching. */
export interface Candidate {
  /** 1 for the models of the set, length D. */
  readonly chosen: Uint8Array;
  /** What the set costs at least. */
  readonly bound: number;
}

/** What {@linkcode bestSets} found. */
export interface BestSets {
  /** The sets in rising order of their bounds. */
  readonly sets: readonly Candidate[];
  /** What the bound of no other set is below. */
  readonly others: number;
}

/** What sets cost at least. */
export interface SetCosts {
  /** What a call of `boundOf` takes, in steps of a search. */
  readonly steps: number;
  /** The bound of a set of given Σ f and Σ s. */
  boundOf(chosen: Uint8Array, load: number, saving: number): number;
}

/**
 * The sets of least bound below a limit, at most `count` of them, as far as the
 * effort reaches.
 */
export function bestSets(
  problem: CacheProblem,
  costs: SetCosts,
  { count, limit, ...options }: CacheSearchOptions & {
    readonly count: number;
    readonly limit: number;
  },
): BestSets {
  const sets: Candidate[] = [];
  const visitor: CacheVisitor & { limit: number } = {
    limit,
    steps: costs.steps,
    visit(chosen, load, saving) {
      const bound = costs.boundOf(chosen, load, saving);
      if (!(bound < visitor.limit)) return;
      let place = sets.length;
      while (place > 0 && sets[place - 1].bound > bound) place--;
      sets.splice(place, 0, { chosen: chosen.slice(), bound });
      if (sets.length > count) sets.pop();
      if (sets.length === count) visitor.limit = sets[count - 1].bound;
    },
  };
  const skipped = searchCaches(problem, visitor, options);
  return { sets, others: Math.min(skipped, visitor.limit) };
}

/** How far, relatively, the search may start above the set that it starts from. */
const START_TOLERANCE = 1e-12;

/**
 * The set that costs least, starting from sets that are filled greedily: of equal
 * ones the first that the search meets.
 *
 * @returns The set, its cost, and what no set costs less than.
 */
export function bestSet(
  problem: CacheProblem,
  costs: SetCosts,
  options: CacheSearchOptions,
): Candidate & { readonly lowerBound: number } {
  const { load, saving } = problem;
  const none = new Uint8Array(load.length);
  const sumOf = (values: Float64Array, chosen: Uint8Array) =>
    values.reduce((sum, value, m) => chosen[m] === 1 ? sum + value : sum, 0);
  let best: Candidate = { chosen: none, bound: costs.boundOf(none, 0, 0) };
  for (const chosen of filledSets(problem)) {
    const bound = costs.boundOf(
      chosen,
      sumOf(load, chosen),
      sumOf(saving, chosen),
    );
    if (bound < best.bound) best = { chosen, bound };
  }
  const { sets: [found], others } = bestSets(problem, costs, {
    ...options,
    count: 1,
    limit: best.bound + START_TOLERANCE * Math.abs(best.bound) +
      Number.MIN_VALUE,
  });
  if (found !== undefined) best = found;
  return { ...best, lowerBound: Math.min(others, best.bound) };
}
