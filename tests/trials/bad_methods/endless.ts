/**
 * Looks for a second server until there is one.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import { decisionFor } from "../../../lib/policies/mod.ts";

const method: Method = {
  name: "endless",
  label: "endless",
  create: () => ({
    decide: (view) => {
      const { numServers, numModels } = view.visible.instance;
      let second = 0;
      while (second === 0) second = (second + 1) % numServers;
      const nothing = new Float64Array(numServers * numModels);
      return decisionFor(view, nothing, "equal");
    },
  }),
};

export default method;
