/**
 * From the config of a hyperparameter search to its trials.
 *
 * @module
 */

import type { MetricName } from "../metrics.ts";
import { seedsOf, type SweepConfig } from "../config.ts";
import { columnOf } from "../columns.ts";
import { findMethods, type StudyMethod } from "../methods.ts";
import {
  type CellValue,
  expandSweep,
  type Sweep,
  type SweepTrial,
} from "../expand.ts";
import { rungsOf, type TuneConfig } from "./config.ts";
import type { Proposal, Rung } from "./rung_search.ts";
import { type Assignment, drawAssignments } from "./space.ts";
import { evaluateEvery } from "./validation_score.ts";

/** A hyperparameter search before its first trial. */
export interface TunePlan {
  /** What was asked for. */
  readonly config: TuneConfig;
  /** What is judged. */
  readonly metric: MetricName;
  /** The config of every candidate: what differs from the scenario. */
  readonly assignments: readonly Assignment[];
  /** How many of them train for how long. */
  readonly rungs: readonly Rung[];
  /** Seeds of every candidate. */
  readonly seeds: readonly number[];
  /** The method. */
  readonly methods: readonly StudyMethod[];
}

/**
 * The sweep of one candidate: its seeds, on the budget of a rung.
 *
 * A larger budget is a training of its own from the first episode: so every trial
 * is an ordinary one of the store, whatever was stopped or run before. With η = 3
 * that costs less than half as much again as continuing would.
 */
function candidateSweep(
  { config, assignments, methods }: Pick<
    TunePlan,
    "config" | "assignments" | "methods"
  >,
  { candidate, episodes }: Pick<Proposal, "candidate" | "episodes">,
): SweepConfig {
  const { name, scenario, method, seeds, evaluationEpisodes, engine } = config;
  return {
    name,
    ...scenario === undefined ? {} : { scenario },
    methods: [method],
    seeds,
    ...methods[0].method.learns
      ? {
        episodes,
        evaluateEvery: evaluateEvery(episodes),
        ...evaluationEpisodes === undefined ? {} : { evaluationEpisodes },
        // Trials end with a test, which a search does not look at.
        testEpisodes: 1,
      }
      : { testEpisodes: episodes, split: "validation" },
    ...engine === undefined ? {} : { engine },
    grid: singleValues(assignments[candidate]),
  };
}

function singleValues(assignment: Assignment): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(assignment).map(([key, value]) => [key, [value]]),
  );
}

/**
 * Draws the candidates of a search and checks that all of them can be trained.
 *
 * @param act What the caller is doing, for the error message.
 * @param methods The method; by default one of the project's.
 * @throws {InputError} If the space has too few configs, or one is not allowed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { planTune, proposalTrials } from "./plan.ts";
 *
 * const plan = planTune({
 *   name: "rates",
 *   scenario: "small",
 *   method: "td3",
 *   seeds: "0-1",
 *   space: { "td3.tau": { choice: [0.01, 0.1] } },
 *   search: { random: { configs: 2, episodes: 20 } },
 * }, "read rates.json");
 * const trials = proposalTrials(plan, { candidate: 0, rung: 0, episodes: 20 });
 * assertEquals(trials.map(({ config }) => config.seed), [0, 1]);
 * ```
 */
export function planTune(
  config: TuneConfig,
  act: string,
  methods: readonly StudyMethod[] = findMethods([config.method], act),
): TunePlan {
  const rungs = rungsOf(config);
  const [{ count }] = rungs;
  const plan: TunePlan = {
    config,
    metric: config.metric ?? "episodeReturn",
    assignments: drawAssignments(
      config.space,
      count,
      config.searchSeed ?? 0,
      act,
    ),
    rungs,
    seeds: seedsOf(config),
    methods,
  };
  // One seed will do: no condition is on seeds.
  const seeds = [plan.seeds[0]];
  plan.assignments.forEach((_, candidate) => {
    const sweep = candidateSweep(plan, { candidate, ...rungs[0] });
    expandSweep({ ...sweep, seeds }, act, methods);
  });
  return plan;
}

/** The trials of a proposal: one for every seed, in their order. */
export function proposalTrials(
  plan: TunePlan,
  proposal: Proposal,
): SweepTrial[] {
  const { config: { name }, methods } = plan;
  const values = Object.fromEntries(
    Object.entries(plan.assignments[proposal.candidate])
      .map(([key, value]) => [columnOf(key), cellOf(value)]),
  );
  const sweep = candidateSweep(plan, proposal);
  return expandSweep(sweep, `run ${name}`, methods).trials
    .map((trial) => ({ ...trial, values }));
}

/** The trials of a rung as a sweep, with a folder below that of the search. */
export function rungSweep(
  { config }: TunePlan,
  rung: number,
  trials: readonly SweepTrial[],
): Sweep {
  return {
    name: `${config.name}/rung${rung + 1}`,
    title: config.title ?? "",
    columns: Object.keys(config.space).map(columnOf),
    trials,
  };
}

/** A value as it stands in a table. */
export function cellOf(value: unknown): CellValue {
  return typeof value === "number" || typeof value === "string"
    ? value
    : JSON.stringify(value);
}

/** Seeds of the sweep that tests the best config. */
const TEST_SEEDS = 10;

/**
 * The sweep that tests a config on test traces, with seeds that the search did not
 * see: the score of a search's best config is the luckiest of many.
 */
export function testSweep(
  plan: TunePlan,
  { candidate, episodes }: Pick<Proposal, "candidate" | "episodes">,
): SweepConfig {
  const { name, scenario, method, engine } = plan.config;
  const seen = new Set(plan.seeds);
  const fresh: number[] = [];
  for (let seed = 0; fresh.length < TEST_SEEDS; seed++) {
    if (!seen.has(seed)) fresh.push(seed);
  }
  return {
    name: `${name.slice(0, 95)}-best`,
    title: `The best config of ${name}, on test traces and seeds of its own`,
    ...scenario === undefined ? {} : { scenario },
    methods: [method],
    seeds: fresh,
    episodes,
    ...engine === undefined ? {} : { engine },
    grid: singleValues(plan.assignments[candidate]),
  };
}
