/**
 * The claims of the paper's Section 5 as data.
 *
 * @module
 */

import { FIG04, seriesNames } from "../studies/paper/registry.ts";
import { labelOf } from "../methods/mod.ts";
import {
  type Effect,
  hitRateImprovements,
  hitRateLeads,
  returnImprovements,
  trends,
} from "./effects.ts";
import type { ClaimRows } from "./rows.ts";
import type { Rule } from "./verdict.ts";

/** A method that the paper compares. */
export type PaperMethod = "td3" | "ddpg" | "pso" | "ga";

/** The methods that the paper compares. */
export const PAPER_METHODS: readonly PaperMethod[] = [
  "td3",
  "ddpg",
  "pso",
  "ga",
];

/** A claim of the paper, and how it is judged. */
export interface Claim {
  /** Name in tables and code. */
  readonly key: string;
  /** What the paper says, in our words. */
  readonly text: string;
  /** Place in the paper. */
  readonly place: string;
  /** What is measured. */
  readonly measure: string;
  /** Unit of what is measured; empty for none. */
  readonly unit: string;
  /** What the claim says of the measured number. */
  readonly rule: Rule;
  /** The number is the greatest or the least of the effects. */
  readonly extreme: "greatest" | "least";
  /** Methods whose trials it rests on. */
  readonly methods: readonly PaperMethod[];
  /** Which results of these trials: a reading may change one and not another. */
  readonly metric: "return" | "hitRate" | "objective";
  /** The effects; none if what they need was not run. */
  readonly effects: (rows: ClaimRows) => readonly Effect[];
}

/** The pair of learning rates that Section 5.2.1 finds best, as Fig. 4's series. */
export const PAPER_LEARNING_RATES: string = seriesNames(FIG04)[0];

const TD3 = labelOf("td3");
const DDPG = labelOf("ddpg");
const RIVALS = [DDPG, labelOf("pso"), labelOf("ga")];

/** "with a maximum improvement of …" of Section 5.2.2, over one rival. */
function hitRateClaim(
  method: "ddpg" | "pso" | "ga",
  threshold: number,
): Claim {
  const rival = labelOf(method);
  return {
    key: `hit-rate-over-${rival.toLowerCase()}`,
    text: `TD3's hit rate is better than ${rival}'s by up to ${threshold} %`,
    place: "Fig. 6, Section 5.2.2",
    measure:
      `greatest relative improvement of the hit rate over ${rival}'s at any U`,
    unit: "%",
    rule: { kind: "reaches", threshold },
    extreme: "greatest",
    methods: ["td3", method],
    metric: "hitRate",
    effects: ({ tests }) => hitRateImprovements(tests, TD3, rival),
  };
}

/**
 * Every claim that Section 5.2 makes of its figures.
 *
 * Where the text leaves open what would bear a claim out, the reading kindest to the
 * paper counts: convergence values are means over the last fifth of training; a
 * "maximum improvement" may be greater than printed, since the abstract calls the
 * same 41.06 % the least; and a curve rises if a line through it does.
 */
export const CLAIMS: readonly Claim[] = [
  {
    key: "learning-rates",
    text: "TD3 does best with learning rates 1e-5 (actor) and 1e-3 (critic)",
    place: "Fig. 4, Section 5.2.1",
    measure: "return of this pair above that of the best other one",
    unit: "%",
    rule: { kind: "above", threshold: 0 },
    extreme: "least",
    methods: ["td3"],
    metric: "return",
    effects: ({ learningRates }) =>
      returnImprovements(learningRates, PAPER_LEARNING_RATES),
  },
  {
    key: "td3-ahead",
    text: "TD3's reward is better than DDPG's",
    place: "Fig. 5, Section 5.2.1",
    measure: "TD3's return above DDPG's",
    unit: "%",
    rule: { kind: "above", threshold: 0 },
    extreme: "least",
    methods: ["td3", "ddpg"],
    metric: "return",
    effects: ({ training }) => returnImprovements(training, TD3),
  },
  {
    key: "td3-ahead-by",
    text: "TD3's reward is better than DDPG's by about 1.72 %",
    place: "Fig. 5, Section 5.2.1",
    measure: "TD3's return above DDPG's",
    unit: "%",
    rule: { kind: "about", threshold: 1.72 },
    extreme: "least",
    methods: ["td3", "ddpg"],
    metric: "return",
    effects: ({ training }) => returnImprovements(training, TD3),
  },
  hitRateClaim("ddpg", 41.06),
  hitRateClaim("pso", 50.93),
  hitRateClaim("ga", 57.85),
  {
    key: "td3-hit-rate-rises",
    text: "TD3's hit rate rises with the number of users",
    place: "Fig. 6, Section 5.2.2",
    measure: "slope of TD3's hit rate over U",
    unit: "points per 10 users",
    rule: { kind: "above", threshold: 0 },
    extreme: "least",
    methods: ["td3"],
    metric: "hitRate",
    effects: ({ tests }) =>
      trends(tests, [TD3], ({ hitRate }) => 100 * 10 * hitRate),
  },
  {
    key: "hit-rates-rise",
    text: "every method's hit rate rises with the number of users",
    place: "Fig. 6, Section 5.2.2",
    measure: "least slope of the hit rate over U among the four methods",
    unit: "points per 10 users",
    rule: { kind: "above", threshold: 0 },
    extreme: "least",
    methods: PAPER_METHODS,
    metric: "hitRate",
    effects: ({ tests }) =>
      trends(tests, [TD3, ...RIVALS], ({ hitRate }) => 100 * 10 * hitRate),
  },
  {
    key: "objective-grows",
    text: "every method's objective grows with the number of users",
    place: "Fig. 7, Section 5.2.2",
    measure: "least slope of the objective G over U among the four methods",
    unit: "per user",
    rule: { kind: "above", threshold: 0 },
    extreme: "least",
    methods: PAPER_METHODS,
    metric: "objective",
    effects: ({ tests }) =>
      trends(tests, [TD3, ...RIVALS], ({ objective }) => objective),
  },
  {
    key: "td3-best",
    text: "TD3's hit rate is the best at every number of users",
    place: "Fig. 6, Section 5.2.2",
    measure: "least lead of TD3's hit rate over any other method's at any U",
    unit: "points",
    rule: { kind: "above", threshold: 0 },
    extreme: "least",
    methods: PAPER_METHODS,
    metric: "hitRate",
    effects: ({ tests }) => hitRateLeads(tests, TD3, RIVALS),
  },
];
