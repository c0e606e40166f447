/**
 * What agents are made from, for a scenario.
 *
 * @module
 */

import {
  HYPERPARAMETERS,
  type Td3Hyperparameters,
} from "../agents/hyperparameters.ts";
import type { Td3Options } from "../agents/mod.ts";
import { actionSize } from "../env/action.ts";
import { observationSize } from "../env/observation.ts";
import type { Engine } from "../nn/mod.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { MethodSetup } from "./method.ts";

/** The options of an agent that fits a scenario, with the ledger's hyperparameters. */
export function agentOptions(
  scenario: Scenario,
  engine: Engine,
  seed: number,
  changes: Partial<Td3Hyperparameters> = {},
): Td3Options {
  const all = { ...scenario.assumptions, ...changes };
  return {
    ...Object.fromEntries(
      HYPERPARAMETERS.map((name) => [name, all[name]]),
    ) as unknown as Td3Hyperparameters,
    engine,
    seed,
    observationSize: observationSize(scenario),
    actionSize: actionSize(scenario),
  };
}

/** The options of the agent of a trial. */
export async function agentSetup(setup: MethodSetup): Promise<Td3Options> {
  const { scenario, seed, openEngine } = setup;
  return agentOptions(scenario, await openEngine(), seed);
}
