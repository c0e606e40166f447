/**
 * A learner that counts requests in training and saves none of the counts.
 *
 * @module
 */

import { type Method, metricsOf } from "../../../lib/methods/mod.ts";
import { meanMetrics } from "../../../lib/agents/episode_totals.ts";
import { decisionFor, fillCaches } from "../../../lib/policies/mod.ts";

const method: Method = {
  name: "forgets",
  label: "forgets",
  learns: true,
  create: ({ instance }) => {
    const counts = new Float64Array(instance.numModels);
    const decide = (view: Parameters<typeof decisionFor>[0]) => {
      const ranking = [...counts.keys()].sort((a, b) => counts[b] - counts[a]);
      const caches = fillCaches(view.visible.instance, () => ranking);
      return decisionFor(view, caches, "equal");
    };
    return {
      decide,
      async *train({ environment, firstEpisode, episodes, episodeSeed }) {
        for (let episode = firstEpisode; episode <= episodes; episode++) {
          environment.reset(episodeSeed(episode));
          let episodeReturn = 0;
          const metrics: ReturnType<typeof metricsOf>[] = [];
          for (let ended = false; !ended;) {
            const step = environment.stepDecision(decide(environment.view));
            for (const model of step.info.played.state.requestedModel) {
              counts[model]++;
            }
            episodeReturn += step.reward;
            metrics.push(metricsOf(step.info));
            ended = step.terminated || step.truncated;
          }
          yield await Promise.resolve({
            episode,
            episodeReturn,
            steps: metrics.length,
            updates: metrics.length,
            metrics: meanMetrics(metrics),
          });
        }
      },
      save: () => ({
        algorithm: "forgets",
        counters: {},
        streams: {},
        arrays: {},
      }),
      restore: () => {},
    };
  },
};

export default method;
