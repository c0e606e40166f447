/**
 * Draws the trace that it is tested on for itself, from the seeds of the trial, and
 * caches what will be requested in the next slot.
 *
 * @module
 */

import { generateTrace, type Trace } from "../../../lib/workload/mod.ts";
import type { Method } from "../../../lib/methods/mod.ts";
import { decisionFor, fillCaches } from "../../../lib/policies/mod.ts";

const method: Method = {
  name: "peeks-by-seed",
  label: "peeks by seed",
  create: ({ scenario, seed, instanceSeed, instance }) => {
    let episode = 0;
    let trace: Trace;
    return {
      beginEpisode: () => {
        const key = { instanceSeed, seed: 1_000_000 * seed + ++episode };
        trace = generateTrace(scenario, { ...key, split: "test" });
      },
      decide: (view) => {
        const { requestedModel } = trace.slots[view.slot + 1].state;
        const ranking = [
          ...new Set([...requestedModel, ...instance.modelSizeBytes.keys()]),
        ];
        const caches = fillCaches(view.visible.instance, () => ranking);
        return decisionFor(view, caches, "equal");
      },
    };
  },
};

export default method;
