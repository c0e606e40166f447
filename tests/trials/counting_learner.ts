/**
 * A learner from a file that is none of the lab's agents: it counts which models are
 * requested, in training and while it is tested, and caches the most requested.
 *
 * @module
 */

import { EpisodeTotals } from "../../lib/agents/episode_totals.ts";
import type { SlotView } from "../../lib/env/decider.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import { type Method, metricsOf } from "../../lib/methods/mod.ts";
import { decisionFor, fillCaches } from "../../lib/policies/mod.ts";

const method: Method = {
  name: "counting",
  label: "counting",
  learns: true,
  create: ({ instance }) => {
    const counts = new Float32Array(instance.numModels);
    const count = ({ state }: TraceSlot) =>
      state.requestedModel.forEach((model) => counts[model]++);
    const decide = (view: SlotView) => {
      // Rare ones first: so what was counted before shows in every slot.
      const ranking = [...counts.keys()].sort((a, b) =>
        counts[a] - counts[b] || a - b
      );
      return decisionFor(
        view,
        fillCaches(view.visible.instance, () => ranking),
        "equal",
      );
    };
    return {
      decide,
      feedback: ({ played }) => count(played),
      async *train({ environment, firstEpisode, episodes, episodeSeed }) {
        for (let episode = firstEpisode; episode <= episodes; episode++) {
          environment.reset(episodeSeed(episode));
          const totals = new EpisodeTotals();
          for (let ended = false; !ended;) {
            const step = environment.stepDecision(decide(environment.view));
            count(step.info.played);
            totals.add(step.reward, metricsOf(step.info));
            ended = step.truncated;
          }
          yield { episode, updates: 0, ...totals.summary() };
        }
      },
      save: () => ({
        algorithm: "counting",
        counters: {},
        streams: {},
        arrays: { counts: counts.slice() },
      }),
      restore: ({ arrays }) => {
        if (arrays.counts?.length !== counts.length) {
          throw new Error("Cannot restore: counts must be one a model");
        }
        counts.set(arrays.counts);
      },
    };
  },
};

export default method;
