/**
 * A rule that keeps the contract: the smallest models first.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import { decisionFor, fillCaches } from "../../../lib/policies/mod.ts";

const method: Method = {
  name: "sound",
  label: "sound",
  create: () => ({
    decide: (view) => {
      const { instance } = view.visible;
      const { modelSizeBytes } = instance;
      const ranking = [...modelSizeBytes.keys()].sort((a, b) =>
        modelSizeBytes[a] - modelSizeBytes[b]
      );
      return decisionFor(view, fillCaches(instance, () => ranking), "equal");
    },
  }),
};

export default method;
