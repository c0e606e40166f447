/**
 * Which of a sweep's trials are of one method, and which of one task.
 *
 * @module
 */

import { markClairvoyant } from "../methods/mod.ts";
import {
  OPTIMUM_LABELS,
  type Reference,
  referenceOf,
} from "../optimum/reference.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { MetricName } from "./metrics.ts";
import type { MethodRow } from "./task_scales.ts";
import type { SweepTrial } from "./expand.ts";
import type { SweepRow } from "./sweep_table.ts";

function textOf(entries: readonly (readonly [string, unknown])[]): string {
  return entries.map(([column, value]) =>
    `${column.slice(column.lastIndexOf(".") + 1)}=${value}`
  ).join(" ");
}

/** What a trial is compared as. */
export interface TrialLabels {
  /** Method with the hyperparameters that vary, for example `"TD3 tau=0.01"`. */
  readonly series: string;
  /** The world, for example `"users=5"`; `"all"` if it does not vary. */
  readonly task: string;
}

/**
 * The method and the task of a trial. Settings of training and the learner's
 * hyperparameters belong to a learner's name; what else varies is the task.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expandSweep } from "./expand.ts";
 * import { labelTrial } from "./score_rows.ts";
 *
 * const { trials } = expandSweep({
 *   name: "rates",
 *   methods: ["td3", "random"],
 *   seeds: "0",
 *   grid: { users: [5, 10], "td3.tau": [0.01, 0.1] },
 * }, "read it");
 * assertEquals(labelTrial(trials[0]), { series: "TD3 tau=0.01", task: "users=5" });
 * assertEquals(labelTrial(trials[1]), { series: "random", task: "users=5" });
 * ```
 */
export function labelTrial(
  { label, values, own }: SweepTrial,
): TrialLabels {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  const [ofMethod, ofWorld] = [true, false].map((isOwn) =>
    textOf(given.filter(([column]) => own.includes(column) === isOwn))
  );
  return {
    series: [label, ofMethod].join(" ").trimEnd(),
    task: ofWorld || "all",
  };
}

/**
 * The names of series as a whole sweep shows them: the policy `optimum` has one in
 * all of its worlds, the most careful of those that it has in some.
 */
function commonNames(labels: readonly TrialLabels[]): Map<string, string> {
  const { reference, approximate, myopic } = OPTIMUM_LABELS;
  const given = new Set(labels.map(({ series }) => series));
  const names = [myopic, approximate, reference];
  const common = names.find((name) => given.has(name));
  return new Map(names.map((name) => [name, common ?? name]));
}

/**
 * What every trial is compared as, by identity: with one name for the optimum, and
 * with methods marked that look ahead in some world, as they are one method in all.
 */
export function labelTrials(
  trials: readonly SweepTrial[],
): Map<string, TrialLabels> {
  const labels = new Map(trials.map((trial) => [trial.id, labelTrial(trial)]));
  const names = commonNames([...labels.values()]);
  const ahead = new Set(
    trials.filter(({ sees }) => sees === "episode")
      .map(({ id }) => labels.get(id)!.series),
  );
  return new Map(
    Array.from(labels, ([id, { series, task }]) => [id, {
      series: markClairvoyant(
        names.get(series) ?? series,
        ahead.has(series) ? "episode" : "visible",
      ),
      task,
    }]),
  );
}

/** References by world, each looked up once. */
class References {
  readonly #known = new Map<string, Reference>();

  of(scenario: Scenario): Reference {
    const { parameters, assumptions } = scenario;
    const world = JSON.stringify([parameters, assumptions]);
    const known = this.#known.get(world) ?? referenceOf(scenario);
    this.#known.set(world, known);
    return known;
  }
}

/** What a bound of G says of a metric, in its unit; null where it says nothing. */
function boundOf(
  bound: SweepRow[string],
  metric: MetricName,
  { parameters }: Scenario,
): number | null {
  if (typeof bound !== "number") return null;
  switch (metric) {
    case "objective":
      return bound;
    case "episodeReturn":
      // Eq. 21 over the slots of an episode.
      return -bound * parameters.slotsPerEpisode / parameters.numUsers;
    case "hitRate":
      return null;
  }
}

/**
 * The rows that methods are compared by: a metric of each finished trial.
 *
 * @param rows Rows of the sweep's table, by trial.
 */
export function scoreRows(
  trials: readonly SweepTrial[],
  rows: ReadonlyMap<string, SweepRow>,
  metric: MetricName,
): MethodRow[] {
  const labels = labelTrials(trials);
  const references = new References();
  return trials.flatMap((trial) => {
    const row = rows.get(trial.id);
    if (row === undefined) return [];
    const { scenario, seed, method } = trial.config;
    return [{
      ...labels.get(trial.id)!,
      method,
      seed,
      value: Number(row[metric]),
      violations: Number(row.violations),
      reference: references.of(scenario),
      bound: boundOf(row.lowerBound, metric, scenario),
    }];
  });
}
