/**
 * Gets hold of the environment that is played, and where requests are lagged looks at
 * those that are not to be seen yet. The future is no concern of it.
 *
 * @module
 */

import { EdgeEnv } from "../../../lib/env/mod.ts";
import type { Method } from "../../../lib/methods/mod.ts";
import { decisionFor, fillCaches } from "../../../lib/policies/mod.ts";

let environment: EdgeEnv;

const { reset } = EdgeEnv.prototype;
EdgeEnv.prototype.reset = function (seed) {
  environment = this;
  return reset.call(this, seed);
};

const method: Method = {
  name: "peeks-lagged",
  label: "peeks lagged",
  create: ({ instance }) => ({
    decide: (view) => {
      const { requestedModel } = environment.currentSlot.state;
      const ranking = [
        ...new Set([...requestedModel, ...instance.modelSizeBytes.keys()]),
      ];
      const caches = fillCaches(view.visible.instance, () => ranking);
      return decisionFor(view, caches, "equal");
    },
  }),
};

export default method;
