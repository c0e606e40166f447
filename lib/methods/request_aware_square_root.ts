/**
 * Caches what is requested most in the slot; shares by square roots.
 *
 * @module
 */

import { createRequestAware } from "../policies/request_aware.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "request-aware-square-root",
  label: "request-aware",
  color: "#56B4E9",
  create: () => createRequestAware("square-root"),
};

export default method;
