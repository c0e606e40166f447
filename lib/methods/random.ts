/**
 * Random feasible decisions: the zero of every scale.
 *
 * @module
 */

import { createRandomFeasible } from "../policies/mod.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "random",
  label: "random",
  color: "#A6A6A6",
  create: ({ seed }) => createRandomFeasible({ seed }),
};

export default method;
