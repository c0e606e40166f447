/**
 * Agents for the paper's environment, by name.
 *
 * @module
 */

import * as z from "zod";
import { TD3_LEDGER } from "../agents/ledger.ts";
import { entrySchema } from "../input/ledger_entry.ts";
import { type Agent, DdpgAgent, Td3Agent } from "../agents/mod.ts";
import { parseInput } from "../input/input_error.ts";
import { choiceSchema, objectSchema } from "../input/schema.ts";
import { SEED_SCHEMA } from "../input/seeds.ts";
import type { Engine } from "../nn/mod.ts";
import { checkScenario, type Scenario } from "../scenario/scenario.ts";
import {
  type AgentHyperparameters,
  agentLedger,
  agentOptions,
} from "./agent_setup.ts";

/** What {@linkcode createAgent} needs beside algorithm and scenario. */
export interface CreateAgentOptions {
  /** Computes the networks; see `openEngine`. */
  readonly engine: Engine;
  /** Root of the agent's random streams. */
  readonly seed: number;
  /** Hyperparameters that differ from the ledger's defaults. */
  readonly hyperparameters?: Partial<AgentHyperparameters>;
}

/** Name of an agent of the paper. */
export type AgentName = "td3" | "ddpg";

const AGENTS = { td3: Td3Agent, ddpg: DdpgAgent } as const;

const NAME = choiceSchema(Object.keys(AGENTS));

const OPTIONS = objectSchema({
  engine: z.unknown().optional(),
  seed: SEED_SCHEMA,
  hyperparameters: objectSchema(
    Object.fromEntries(
      Object.entries(agentLedger({ ...TD3_LEDGER })).map((
        [key, entry],
      ) => [key, entrySchema(entry).optional()]),
    ),
    "an object of hyperparameters",
  ).optional(),
}, "an object of options");

/**
 * Makes an untrained agent that fits a scenario.
 *
 * @throws {InputError} If there is no such algorithm, an option or hyperparameter is
 * unknown or out of range, or two exclude each other.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openEngine } from "../nn/mod.ts";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { EdgeEnv } from "../env/edge_env.ts";
 * import { createAgent } from "./create_agent.ts";
 *
 * const engine = await openEngine("wasm");
 * const agent = createAgent("td3", SMALL_SCENARIO, { engine, seed: 0 });
 * const env = new EdgeEnv(SMALL_SCENARIO);
 * const { observation } = env.reset(0);
 * assertEquals(agent.act(observation).length, env.actionSize);
 * agent.dispose();
 * ```
 */
export function createAgent(
  algorithm: AgentName,
  scenario: Scenario,
  options: CreateAgentOptions,
): Agent {
  // Neither `deno run` nor a notebook's cell checks types.
  const act = "create an agent";
  parseInput(NAME, algorithm, { act, path: ["algorithm"] });
  checkScenario(scenario, act);
  parseInput(OPTIONS, options, { act });
  const { engine, seed, hyperparameters } = options;
  return new AGENTS[algorithm](
    agentOptions(scenario, engine, seed, hyperparameters),
  );
}
