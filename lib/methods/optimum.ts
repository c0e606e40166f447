/**
 * The per-slot optimum: the one of every scale where it is a reference.
 *
 * @module
 */

import { OPTIMUM_LABELS, optimumLabel } from "../optimum/mod.ts";
import { OptimumPolicy } from "../policies/mod.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "optimum",
  label: OPTIMUM_LABELS.reference,
  color: "#000000",
  labelIn: ({ assumptions }) => optimumLabel(assumptions),
  create: () => new OptimumPolicy(),
};

export default method;
