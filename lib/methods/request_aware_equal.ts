/**
 * Caches what is requested most in the slot, and divides equally.
 *
 * @module
 */

import { createRequestAware } from "../policies/request_aware.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "request-aware-equal",
  label: "request-aware, equal",
  create: () => createRequestAware("equal"),
};

export default method;
