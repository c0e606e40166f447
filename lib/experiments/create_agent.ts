/**
 * Agents for the paper's environment, with the ledger's hyperparameters.
 *
 * @module
 */

import { type Agent, DdpgAgent, Td3Agent } from "../agents/mod.ts";
import { actionSize } from "../env/action.ts";
import { observationSize } from "../env/observation.ts";
import type { Engine } from "../nn/mod.ts";
import type { LearnerAssumptions } from "../scenario/ledger_learner.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { type Algorithm, ALGORITHMS } from "./trial.ts";

/** What {@linkcode createAgent} needs beside algorithm and scenario. */
export interface CreateAgentOptions {
  /** Computes the networks; see `openEngine`. */
  readonly engine: Engine;
  /** Root of the agent's random streams. */
  readonly seed: number;
  /** Hyperparameters that differ from the scenario's. */
  readonly hyperparameters?: Partial<LearnerAssumptions>;
}

/**
 * Makes an untrained agent that fits a scenario.
 *
 * @throws {RangeError} If there is no such algorithm.
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
  algorithm: Algorithm,
  scenario: Scenario,
  options: CreateAgentOptions,
): Agent {
  // `deno run` checks no types, and scripts get their first agent this way.
  if (!ALGORITHMS.includes(algorithm)) {
    throw new RangeError(
      `Cannot create an agent: algorithm must be one of ${
        ALGORITHMS.join(", ")
      }, got ${algorithm}`,
    );
  }
  const setup = {
    ...scenario.assumptions,
    ...options.hyperparameters,
    engine: options.engine,
    seed: options.seed,
    observationSize: observationSize(scenario),
    actionSize: actionSize(scenario),
  };
  return algorithm === "td3" ? new Td3Agent(setup) : new DdpgAgent(setup);
}
