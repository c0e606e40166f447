/**
 * Caches what the slot's requests gain most by, as long as a hit still pays.
 *
 * @module
 */

import { createRequestAwareMarginal } from "../policies/request_aware_marginal.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "request-aware-marginal",
  label: "request-aware, marginal",
  create: createRequestAwareMarginal,
};

export default method;
