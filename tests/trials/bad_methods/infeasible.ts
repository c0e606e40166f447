/**
 * Breaks 18e: caches every model, whether it fits or not.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import { decisionFor } from "../../../lib/policies/mod.ts";

const method: Method = {
  name: "infeasible",
  label: "infeasible",
  create: () => ({
    decide: (view) => {
      const { numServers, numModels } = view.visible.instance;
      const all = new Float64Array(numServers * numModels).fill(1);
      return decisionFor(view, all, "equal");
    },
  }),
};

export default method;
