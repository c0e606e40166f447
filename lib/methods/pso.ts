/**
 * PCRAS of Section 5.1: a particle swarm searches the actions of a slot.
 *
 * @module
 */

import type { Method } from "./method.ts";
import { searchMethod } from "./search_method.ts";

const method: Method = searchMethod("pso", "PCRAS", "#009E73");

export default method;
