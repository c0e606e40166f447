/**
 * What agents are made from, for a scenario.
 *
 * @module
 */

import type { Td3Hyperparameters } from "../agents/hyperparameters.ts";
import { DDPG_LEDGER, DEFAULT_LEARNER } from "../agents/ledger.ts";
import type { Td3Options } from "../agents/mod.ts";
import { actionSize } from "../env/action.ts";
import {
  ACTION_LEDGER,
  DEFAULT_CHOICES,
  type DoorChoices,
  OBSERVATION_LEDGER,
} from "../env/choices.ts";
import { observationSize } from "../env/observation.ts";
import type { Engine } from "../nn/mod.ts";
import type { LedgerEntry } from "../input/ledger_entry.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type {
  HyperparameterExclusion,
  Hyperparameters,
  MethodSetup,
} from "./method.ts";

/** Everything that an agent of the paper's can be told. */
export type AgentHyperparameters = Td3Hyperparameters & DoorChoices;

/** The ledger of an agent: its own entries, then those of the door it acts by. */
export function agentLedger(
  entries: Readonly<Record<string, LedgerEntry>> = { ...DDPG_LEDGER },
): Readonly<Record<string, LedgerEntry>> {
  return { ...entries, ...OBSERVATION_LEDGER, ...ACTION_LEDGER };
}

/** The options of an agent that fits a scenario; the rest are the ledger's. */
export function agentOptions(
  scenario: Scenario,
  engine: Engine,
  seed: number,
  changes: Partial<AgentHyperparameters> = {},
): Td3Options {
  const all = { ...DEFAULT_LEARNER, ...changes };
  return {
    ...Object.fromEntries(
      Object.keys(DEFAULT_LEARNER).map((
        name,
      ) => [name, all[name as keyof Td3Hyperparameters]]),
    ) as unknown as Td3Hyperparameters,
    engine,
    seed,
    observationSize: observationSize(scenario, {
      ...DEFAULT_CHOICES,
      ...changes,
    }),
    actionSize: actionSize(scenario),
  };
}

/** The options of the agent of a trial. */
export async function agentSetup(setup: MethodSetup): Promise<Td3Options> {
  const { scenario, seed, openEngine, hyperparameters } = setup;
  return agentOptions(scenario, await openEngine(), seed, hyperparameters);
}

/** A replay buffer that is never full enough to learn from. */
export function agentExclusion(
  _: Scenario,
  { replayCapacity, minReplaySize, batchSize }: Hyperparameters,
): HyperparameterExclusion | undefined {
  if (replayCapacity <= minReplaySize) {
    return {
      key: "replayCapacity",
      condition:
        `must be above minReplaySize, ${minReplaySize}, or nothing is ever learned`,
    };
  }
  return batchSize <= replayCapacity ? undefined : {
    key: "batchSize",
    condition: `must be at most replayCapacity, ${replayCapacity}`,
  };
}
