/**
 * Puts itself between the environment and whoever resets it, and so gets hold of the
 * trace that is played.
 *
 * @module
 */

import { EdgeEnv } from "../../../lib/env/mod.ts";
import type { Trace } from "../../../lib/workload/mod.ts";
import type { Method } from "../../../lib/methods/mod.ts";
import { decisionFor, fillCaches } from "../../../lib/policies/mod.ts";

let trace: Trace | undefined;

const { reset } = EdgeEnv.prototype;
EdgeEnv.prototype.reset = function (seed) {
  const result = reset.call(this, seed);
  trace = result.info.trace;
  return result;
};

const method: Method = {
  name: "peeks-by-patch",
  label: "peeks by patch",
  create: ({ instance }) => ({
    decide: (view) => {
      const { requestedModel } = trace!.slots[view.slot + 1].state;
      const ranking = [
        ...new Set([...requestedModel, ...instance.modelSizeBytes.keys()]),
      ];
      const caches = fillCaches(view.visible.instance, () => ranking);
      return decisionFor(view, caches, "equal");
    },
  }),
};

export default method;
