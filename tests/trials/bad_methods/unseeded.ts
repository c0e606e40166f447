/**
 * Draws numbers that no seed decides.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import { decisionFor, fillCaches } from "../../../lib/policies/mod.ts";

const method: Method = {
  name: "unseeded",
  label: "unseeded",
  create: () => ({
    decide: (view) => {
      const { instance } = view.visible;
      const scores = Array.from(instance.modelSizeBytes, () => Math.random());
      const ranking = [...scores.keys()].sort((a, b) => scores[a] - scores[b]);
      return decisionFor(view, fillCaches(instance, () => ranking), "equal");
    },
  }),
};

export default method;
