/**
 * A scenario: the paper's parameters and a choice for every open question.
 *
 * @module
 */

import { type Assumptions, DEFAULT_ASSUMPTIONS } from "./assumptions.ts";
import { PAPER_PARAMETERS, type Parameters } from "./parameters.ts";

/** Everything that defines an experiment's world; plain JSON. */
export interface Scenario {
  /** Name of the scenario. */
  readonly name: string;
  /** Table 3 and the constants of Sections 3.1 and 5.1, as printed. */
  readonly parameters: Parameters;
  /** A choice for every entry of the ledger. */
  readonly assumptions: Assumptions;
}

/** What a scenario changes in the one that it is based on. */
export interface ScenarioOverrides {
  /** Name of the new scenario; by default that of its base. */
  readonly name?: string;
  /** Parameters that differ. */
  readonly parameters?: Partial<Parameters>;
  /** Choices that differ. */
  readonly assumptions?: Partial<Assumptions>;
}

/**
 * A scenario that differs from `base` in what `overrides` names.
 *
 * The values are taken as they are; {@linkcode parseScenario} checks values that
 * come from outside.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { deriveScenario, PAPER_SCENARIO } from "./scenario.ts";
 *
 * const crowded = deriveScenario(PAPER_SCENARIO, {
 *   name: "crowded",
 *   parameters: { numUsers: 30 },
 * });
 * assertEquals(crowded.parameters.numUsers, 30);
 * assertEquals(crowded.parameters.numServers, 2);
 * ```
 */
export function deriveScenario(
  base: Scenario,
  overrides: ScenarioOverrides,
): Scenario {
  return {
    name: overrides.name ?? base.name,
    parameters: { ...base.parameters, ...overrides.parameters },
    assumptions: { ...base.assumptions, ...overrides.assumptions },
  };
}

/** The paper's scenario: printed units, default choices. */
export const PAPER_SCENARIO: Scenario = {
  name: "paper",
  parameters: PAPER_PARAMETERS,
  assumptions: DEFAULT_ASSUMPTIONS,
};

/**
 * A scenario in which radio and queueing count: models of 10 to 20 PFLOP, a
 * backhaul of 500 Mbit/s, and a minute that weighs as much as 500 currency.
 */
export const BALANCED_SCENARIO: Scenario = deriveScenario(PAPER_SCENARIO, {
  name: "balanced",
  assumptions: {
    modelFlopUnit: "petaflop",
    backhaulRate: "megabit",
    responseTimeWeight: 0.5 / 60,
  },
});

/** A small scenario for tests and first steps: U = 3, E = 2, M = 5, T = 4. */
export const SMALL_SCENARIO: Scenario = deriveScenario(PAPER_SCENARIO, {
  name: "small",
  parameters: {
    numUsers: 3,
    numServers: 2,
    numModels: 5,
    slotsPerEpisode: 4,
    numEpisodes: 20,
    serverStorageGigabytes: [10, 15],
  },
  assumptions: { hiddenSizes: [16, 16], batchSize: 8, minReplaySize: 16 },
});

/** The scenarios that can be named instead of written out. */
export const PRESETS: Readonly<Record<string, Scenario>> = {
  paper: PAPER_SCENARIO,
  balanced: BALANCED_SCENARIO,
  small: SMALL_SCENARIO,
};
