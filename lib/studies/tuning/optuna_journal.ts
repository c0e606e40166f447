/**
 * A hyperparameter search as a journal of Optuna's, a line of JSON for every
 * operation: `JournalStorage` reads it, and so do Optuna's plots and dashboard.
 *
 * A study is a search, a trial of it a candidate with all its seeds, and an
 * intermediate value the metric on a rung, whose step is the training episodes. A
 * candidate that stays behind on a rung is pruned. Its parameters have the keys of
 * the space; what is no number or text is a text of JSON.
 *
 * @module
 */

import { METRICS } from "../metrics.ts";
import { canonicalJson } from "../../trials/trial.ts";
import { cellOf, type TunePlan } from "./plan.ts";
import type { Dimension } from "./space.ts";

/** Operations of `JournalOperation` in optuna/storages/journal/_storage.py. */
const CREATE_STUDY = 0;
const SET_STUDY_USER_ATTR = 2;
const CREATE_TRIAL = 4;
const SET_TRIAL_STATE_VALUES = 6;
const SET_TRIAL_INTERMEDIATE_VALUE = 7;
const SET_TRIAL_USER_ATTR = 8;

/** States of `TrialState`. */
const STATES = { running: 0, complete: 1, pruned: 2, failed: 3, waiting: 4 };

/** Directions of `StudyDirection`. */
const DIRECTIONS = { lower: 1, higher: 2 };

/** How a candidate ended. */
export type CandidateEnd = "complete" | "pruned" | "failed";

/** A choice as Optuna keeps it: it takes no lists and no objects. */
function choiceOf(value: unknown): unknown {
  return value === null || typeof value === "boolean" ? value : cellOf(value);
}

/** A dimension as `distribution_to_json` writes it. */
function distributionOf(dimension: Dimension): string {
  const written = (name: string, attributes: object) =>
    JSON.stringify({ name, attributes });
  if ("choice" in dimension) {
    const choices = dimension.choice.map(choiceOf);
    return written("CategoricalDistribution", { choices });
  }
  if ("integer" in dimension) {
    const [low, high] = dimension.integer;
    return written("IntDistribution", { log: false, step: 1, low, high });
  }
  const log = "logUniform" in dimension;
  const [low, high] = log ? dimension.logUniform : dimension.uniform;
  return written("FloatDistribution", { step: null, low, high, log });
}

/** A value as `to_internal_repr` has it: numbers as they are, choices by number. */
function internalOf(dimension: Dimension, value: unknown): number {
  if (!("choice" in dimension)) return Number(value);
  const text = canonicalJson(value);
  return dimension.choice.findIndex((one) => canonicalJson(one) === text);
}

/** A time as `datetime.isoformat` writes it. */
function timeOf(ms: number): string {
  return new Temporal.Instant(BigInt(Math.round(ms * 1000)) * 1000n)
    .toString({ fractionalSecondDigits: 6 }).replace("Z", "+00:00");
}

/** What a journal knows of a candidate. */
interface Candidate {
  state: keyof typeof STATES;
  /** Last value that was reported. */
  value?: number;
  /** Steps of the values. */
  readonly steps: Set<number>;
}

/**
 * The journal of a search. It grows by lines and changes none, so that whoever has
 * read it so far can go on. Every call may be made again: what is known is not
 * written twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OptunaJournal } from "./optuna_journal.ts";
 * import { planTune } from "./plan.ts";
 *
 * const plan = planTune({
 *   name: "rates",
 *   scenario: "small",
 *   method: "td3",
 *   seeds: "0-1",
 *   space: { "td3.tau": { choice: [0.01, 0.1] } },
 *   search: { random: { configs: 2, episodes: 20 } },
 * }, "read rates.json");
 * const journal = new OptunaJournal(plan);
 * journal.start(0, 0);
 * journal.report(0, 20, -3);
 * journal.end(0, "complete", 1000);
 * const [first, ...others] = journal.text().trimEnd().split("\n");
 * assertEquals(JSON.parse(first).study_name, "rates");
 * assertEquals(JSON.parse(others.at(-1)!).values, [-3]);
 * ```
 */
export class OptunaJournal {
  readonly #lines: string[] = [];
  readonly #candidates: readonly Candidate[];

  /** Begins with the study, and with all candidates of the first rung waiting. */
  constructor({ config, metric, assignments, seeds }: TunePlan) {
    this.#write(CREATE_STUDY, {
      study_name: config.name,
      directions: [DIRECTIONS[METRICS[metric].better]],
    });
    const about = { metric, seeds, title: config.title ?? "" };
    for (const [key, value] of Object.entries(about)) {
      this.#write(SET_STUDY_USER_ATTR, {
        study_id: 0,
        user_attr: { [key]: value },
      });
    }
    const dimensions = Object.entries(config.space);
    const distributions = Object.fromEntries(
      dimensions.map(([key, one]) => [key, distributionOf(one)]),
    );
    this.#candidates = assignments.map((assignment): Candidate => {
      this.#write(CREATE_TRIAL, {
        study_id: 0,
        datetime_start: null,
        state: STATES.waiting,
        value: null,
        values: null,
        distributions,
        params: Object.fromEntries(
          dimensions.map(([key, one]) => [
            key,
            internalOf(one, assignment[key]),
          ]),
        ),
        user_attrs: {},
        system_attrs: {},
        intermediate_values: {},
      });
      return { state: "waiting", steps: new Set() };
    });
  }

  #write(operation: number, fields: object): void {
    // Readers ask who wrote a line only to find their own.
    const line = { op_code: operation, worker_id: "edgeaigc-lab", ...fields };
    this.#lines.push(JSON.stringify(line));
  }

  /**
   * The first training of a candidate has started.
   *
   * @param atMs Milliseconds since 1970.
   */
  start(candidate: number, atMs: number): void {
    const known = this.#candidates[candidate];
    if (known.state !== "waiting") return;
    known.state = "running";
    this.#write(SET_TRIAL_STATE_VALUES, {
      trial_id: candidate,
      state: STATES.running,
      values: null,
      datetime_start: timeOf(atMs),
    });
  }

  /** The metric of a candidate after so many training episodes. */
  report(candidate: number, episodes: number, value: number): void {
    const known = this.#candidates[candidate];
    if (known.state !== "running" || known.steps.has(episodes)) return;
    known.steps.add(episodes);
    known.value = value;
    this.#write(SET_TRIAL_INTERMEDIATE_VALUE, {
      trial_id: candidate,
      step: episodes,
      intermediate_value: value,
    });
  }

  /**
   * A candidate is done: with its last value, or failed.
   *
   * @param atMs Milliseconds since 1970.
   * @param reason Why it failed.
   */
  end(
    candidate: number,
    how: CandidateEnd,
    atMs: number,
    reason?: string,
  ): void {
    const known = this.#candidates[candidate];
    if (known.state !== "running") return;
    known.state = how;
    const { value } = known;
    if (reason !== undefined) {
      this.#write(SET_TRIAL_USER_ATTR, {
        trial_id: candidate,
        user_attr: { reason },
      });
    }
    this.#write(SET_TRIAL_STATE_VALUES, {
      trial_id: candidate,
      state: STATES[how],
      values: how === "failed" || value === undefined ? null : [value],
      datetime_complete: timeOf(atMs),
    });
  }

  /** The journal so far. */
  text(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }
}
