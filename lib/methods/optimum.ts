/**
 * The per-slot optimum: the one of every scale where it is a reference.
 *
 * @module
 */

import { meanOf } from "../math/sample.ts";
import { OPTIMUM_LABELS, optimumLabel } from "../optimum/reference.ts";
import { OptimumPolicy, solveSlot } from "../policies/optimum.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "optimum",
  label: OPTIMUM_LABELS.reference,
  color: "#000000",
  labelIn: ({ assumptions }) => optimumLabel(assumptions),
  bound: (scenario) => {
    const { requestVisibility, association } = scenario.assumptions;
    // Loads and carried queues only add to what a slot costs; but caches that decide
    // who belongs where may be better with other servers than the slot's.
    if (requestVisibility === "lagged" || association === "cached-anywhere") {
      return undefined;
    }
    return (slots) =>
      meanOf(
        slots.map((visible) => solveSlot({ scenario, visible }).lowerBound),
      );
  },
  create: () => new OptimumPolicy(),
};

export default method;
