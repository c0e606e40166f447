/**
 * Draws one number that no seed decides, when the module is loaded: so it is the same
 * all the time in a process, and another in the next one.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import { decisionFor, fillCaches } from "../../../lib/policies/mod.ts";

const FIRST = Math.random();

const method: Method = {
  name: "unseeded-process",
  label: "unseeded process",
  create: () => ({
    decide: (view) => {
      const { instance } = view.visible;
      const models = [...instance.modelSizeBytes.keys()];
      const first = Math.floor(FIRST * 997);
      const ranking = models.map((_, k) => (k + first) % models.length);
      const decision = decisionFor(
        view,
        fillCaches(instance, () => ranking),
        "equal",
      );
      // Whatever fits: one number, which is not the same by chance.
      const bandwidthShare = decision.bandwidthShare
        .map((share) => share * (1 - FIRST / 2));
      return { ...decision, bandwidthShare };
    },
  }),
};

export default method;
