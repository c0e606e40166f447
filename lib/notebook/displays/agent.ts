/**
 * How learning agents show themselves.
 *
 * @module
 */

import type { Agent } from "../../agents/agent.ts";
import type { DisplayBundle } from "../front_end.ts";
import { type Display, hasMethods, isPlain, pageBundle } from "./display.ts";

function agentBundle(agent: Agent): DisplayBundle {
  const { name } = agent.constructor;
  return pageBundle({
    title: `${name}: ${agent.updates} gradient updates`,
    rows: [],
  });
}

/** Agents of the lab, and others that offer the same to the training loop. */
export const AGENT: Display<Agent> = {
  test: (value): value is Agent =>
    !isPlain(value) &&
    hasMethods(value, ["act", "explore", "observe", "update", "policy"]) &&
    typeof Reflect.get(value, "updates") === "number",
  bundles: (agent) => Promise.resolve([agentBundle(agent)]),
};
