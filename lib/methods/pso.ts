/**
 * PCRAS of Section 5.1: a particle swarm searches the actions of a slot.
 *
 * @module
 */

import { PSO_LEDGER } from "../search/mod.ts";
import type { Method } from "./method.ts";
import { searchMethod } from "./search_method.ts";

const method: Method = searchMethod("pso", {
  label: "PCRAS",
  color: "#009E73",
  hyperparameters: PSO_LEDGER,
});

export default method;
