/**
 * Random search and successive halving (Jamieson and Talwalkar 2016), driven from
 * outside: `ask` for what to run, `tell` the scores. Neither runs anything.
 *
 * Both go up a ladder: many candidates with a small budget on the first rung, the
 * best of them with a larger one on the next. Random search has a single rung.
 *
 * @module
 */

/** Puts the better one first; of equal ones, the one with the lower number. */
function compareScores(a: ScoredProposal, b: ScoredProposal): number {
  return a.score === b.score ? a.candidate - b.candidate : b.score - a.score;
}

/** A rung: how many candidates train for how long. */
export interface Rung {
  /** Candidates that reach the rung. */
  readonly count: number;
  /** Training episodes of each. */
  readonly episodes: number;
}

/** A candidate to train. */
export interface Proposal {
  /** Number of the candidate, from 0. */
  readonly candidate: number;
  /** Number of the rung, from 0. */
  readonly rung: number;
  /** Training episodes. */
  readonly episodes: number;
}

/** A candidate with its score on a rung. */
export interface ScoredProposal extends Proposal {
  /** Higher is better; −Infinity if it could not be trained. */
  readonly score: number;
}

/** What successive halving needs. */
export interface HalvingOptions {
  /** Candidates on the first rung. */
  readonly configs: number;
  /** Training episodes on the last rung. */
  readonly episodes: number;
  /** Least training episodes on the first rung. */
  readonly leastEpisodes: number;
  /** η: from rung to rung one in η candidates stays, for η times as long. */
  readonly eta: number;
}

/**
 * The rungs of successive halving: as many as the budgets allow. Counted from the
 * last, rung k has ⌊episodes / η^k⌉ episodes; on the i-th there are
 * ⌊configs / η^i⌋ candidates. Every rung costs about the same.
 *
 * @throws {RangeError} If no candidate would reach the last rung.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { halvingRungs } from "./rung_search.ts";
 *
 * assertEquals(
 *   halvingRungs({ configs: 9, episodes: 90, leastEpisodes: 10, eta: 3 }),
 *   [
 *     { count: 9, episodes: 10 },
 *     { count: 3, episodes: 30 },
 *     { count: 1, episodes: 90 },
 *   ],
 * );
 * ```
 */
export function halvingRungs(options: HalvingOptions): Rung[] {
  const { configs, episodes, leastEpisodes, eta } = options;
  const budgets = [episodes];
  while (episodes / eta ** budgets.length >= leastEpisodes) {
    budgets.unshift(Math.round(episodes / eta ** budgets.length));
  }
  const needed = eta ** (budgets.length - 1);
  if (configs < needed) {
    throw new RangeError(
      `Cannot halve: configs must be at least ${needed} for ${budgets.length} rungs, got ${configs}`,
    );
  }
  return budgets.map((budget, rung) => ({
    count: Math.floor(configs / eta ** rung),
    episodes: budget,
  }));
}

/** The only rung of random search. */
export function randomRungs(configs: number, episodes: number): Rung[] {
  return [{ count: configs, episodes }];
}

/**
 * A search on a ladder of rungs. What it proposes follows from the scores alone,
 * whatever order they are told in.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RungSearch } from "./rung_search.ts";
 *
 * const search = new RungSearch([{ count: 2, episodes: 10 }, { count: 1, episodes: 20 }]);
 * for (const { candidate } of search.ask()) search.tell(candidate, 5 * candidate);
 * assertEquals(search.ask(), [{ candidate: 1, rung: 1, episodes: 20 }]);
 * ```
 */
export class RungSearch {
  /** The ladder. */
  readonly rungs: readonly Rung[];
  readonly #scores: Map<number, number>[] = [];
  #entrants: readonly number[];

  /** Starts at the first rung, with the candidates 0, 1, 2, … */
  constructor(rungs: readonly Rung[]) {
    this.rungs = rungs;
    this.#scores.push(new Map());
    this.#entrants = Array.from({ length: rungs[0].count }, (_, i) => i);
  }

  get #rung(): number {
    return this.#scores.length - 1;
  }

  /**
   * The candidates of the present rung whose scores are not known, in order; none
   * once all is known.
   */
  ask(): Proposal[] {
    const rung = this.#rung;
    const { episodes } = this.rungs[rung];
    return this.#entrants
      .filter((candidate) => !this.#scores[rung].has(candidate))
      .map((candidate) => ({ candidate, rung, episodes }));
  }

  /**
   * Takes the score of a candidate that was asked for. After the last of a rung the
   * best go on, as far as they could be trained; of equal ones, those with lower
   * numbers.
   *
   * @param score Higher is better; −Infinity if it could not be trained.
   * @throws {RangeError} If the candidate was not asked for or the score is NaN.
   */
  tell(candidate: number, score: number): void {
    const scores = this.#scores[this.#rung];
    if (!this.#entrants.includes(candidate) || scores.has(candidate)) {
      throw new RangeError(
        `Cannot tell: candidate must be one that was asked for, got ${candidate}`,
      );
    }
    if (Number.isNaN(score)) {
      throw new RangeError("Cannot tell: score must be a number, got NaN");
    }
    scores.set(candidate, score);
    if (scores.size < this.#entrants.length) return;
    if (this.#scores.length === this.rungs.length) return;
    this.#entrants = this.#best(this.#rung)
      .filter((one) => one.score > -Infinity)
      .slice(0, this.rungs[this.#rung + 1].count)
      .map((one) => one.candidate)
      .sort((a, b) => a - b);
    this.#scores.push(new Map());
  }

  /**
   * Every candidate once, on the highest rung it reached, the best first: higher
   * rungs before lower ones, and last of all what could not be trained.
   */
  ranking(): ScoredProposal[] {
    const last = new Map<number, ScoredProposal>();
    for (const rung of this.#scores.keys()) {
      for (const one of this.#best(rung)) last.set(one.candidate, one);
    }
    const height = ({ score, rung }: ScoredProposal) =>
      score === -Infinity ? -1 : rung;
    return [...last.values()].sort((a, b) =>
      height(b) - height(a) || compareScores(a, b)
    );
  }

  #best(rung: number): ScoredProposal[] {
    const { episodes } = this.rungs[rung];
    return Array.from(
      this.#scores[rung],
      ([candidate, score]) => ({ candidate, rung, episodes, score }),
    ).sort(compareScores);
  }
}
