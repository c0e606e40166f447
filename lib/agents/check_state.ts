/**
 * Whether an agent can have had a state: its checksum says nothing about who made it.
 *
 * @module
 */

import type { Parameterized } from "../nn/mod.ts";
import type { AgentState } from "./agent.ts";
import { CheckpointError } from "./checkpoint.ts";

/** What an agent has after a number of slots of training. */
export interface StateAfter {
  /** Its counters. */
  readonly counters: Readonly<
    Record<
      | "updates"
      | "actorAdamSteps"
      | "criticsAdamSteps"
      | "transitionsStored",
      number
    >
  >;
  /** Names of the random streams that have been opened. */
  readonly streams: readonly string[];
}

/** {@linkcode StateAfter}, and the agent's sizes. */
export interface ExpectedState extends StateAfter {
  /** Length of an observation. */
  readonly observationSize: number;
  /** Length of an action. */
  readonly actionSize: number;
  /** Transitions that are kept. */
  readonly replayCapacity: number;
}

const ACT = "continue the trial";

/** Refuses a checkpoint that differs from what the trial would have saved. */
export function mustBe(what: string, expected: unknown, got: unknown): void {
  if (Object.is(expected, got)) return;
  throw new CheckpointError(
    `Cannot ${ACT}: the checkpoint must ${what} ${expected}, got ${got}`,
  );
}

function namesOf(names: Iterable<string>): string {
  return [...names].sort().join(", ");
}

/** Refuses numbers that no training has. */
function checkNumbers({ arrays }: AgentState, first: number, width: number) {
  for (const [name, values] of Object.entries(arrays)) {
    const least = name.endsWith("SecondMoment") ? 0 : -Infinity;
    const isWrong = (value: number) => !Number.isFinite(value) || value < least;
    const wrong = values.find(isWrong);
    if (wrong === undefined) continue;
    throw new CheckpointError(
      `Cannot ${ACT}: ${name} of the checkpoint must be finite${
        least === 0 ? " and at least 0" : ""
      }, got ${wrong}`,
    );
  }
  const rows = arrays.replayRows;
  for (let end = first; end < rows.length; end += width) {
    if (rows[end] === 0 || rows[end] === 1) continue;
    throw new CheckpointError(
      `Cannot ${ACT}: ends of episodes in replayRows of the checkpoint must be 0 or 1, got ${
        rows[end]
      }`,
    );
  }
}

/**
 * Refuses a state that an agent cannot have had.
 *
 * @param fresh A state of the same agent before training.
 * @throws {CheckpointError} Naming the first thing that differs.
 */
export function checkAgentState(
  state: AgentState,
  fresh: AgentState,
  expected: ExpectedState,
): void {
  const { counters, streams, observationSize, actionSize } = expected;
  mustBe("be of the algorithm", fresh.algorithm, state.algorithm);
  mustBe(
    "have the counters",
    namesOf(Object.keys(counters)),
    namesOf(Object.keys(state.counters)),
  );
  for (const [name, count] of Object.entries(counters)) {
    mustBe(`have ${name}`, count, state.counters[name]);
  }
  mustBe(
    "have the random streams",
    namesOf(streams),
    namesOf(Object.keys(state.streams)),
  );
  mustBe(
    "have the arrays",
    namesOf(Object.keys(fresh.arrays)),
    namesOf(Object.keys(state.arrays)),
  );
  const width = 2 * observationSize + actionSize + 2;
  const rows = Math.min(counters.transitionsStored, expected.replayCapacity);
  for (const [name, { length }] of Object.entries(fresh.arrays)) {
    mustBe(
      `have as many numbers of ${name} as`,
      name === "replayRows" ? rows * width : length,
      state.arrays[name].length,
    );
  }
  checkNumbers(state, observationSize + actionSize + 1, width);
}

/**
 * Refuses saved parameters of a network of another size.
 *
 * @throws {Error} Naming the network.
 */
export function checkFit(
  name: string,
  network: Parameterized,
  saved: Float32Array,
): void {
  const expected = network.readParameters().length;
  if (saved.length === expected) return;
  throw new Error(
    `Cannot restore the agent: ${name} must have ${expected} parameters, got ${saved.length}`,
  );
}
