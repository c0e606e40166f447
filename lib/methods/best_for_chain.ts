/**
 * Takes the best decision for the known popularity chain where requests are lagged.
 *
 * @module
 */

import { createBestForChain } from "../policies/mod.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "best-for-chain",
  label: "best for the chain",
  create: ({ scenario }) => createBestForChain(scenario),
};

export default method;
