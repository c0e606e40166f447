/**
 * Takes the best decision for the known popularity chain where requests are lagged.
 *
 * @module
 */

import { chainBound } from "../optimum/chain_bound.ts";
import { boundWhere, chainNeeds, findUnmet } from "../optimum/world_needs.ts";
import { createBestForChain } from "../policies/best_for_chain.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "best-for-chain",
  label: "best for the chain",
  exclusion: (scenario) => findUnmet(scenario, chainNeeds(scenario)),
  bound: boundWhere(chainNeeds, chainBound),
  create: ({ scenario }) => createBestForChain(scenario),
};

export default method;
