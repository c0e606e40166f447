/**
 * A rule of one's own: caches what was requested most, and forgets with time (least
 * frequently used, with exponential decay).
 *
 * After every slot the count of model m at server j becomes
 * n_jm ← decay · n_jm + (requests for m by users of j). A server caches models in the
 * order of their counts as far as they fit, and shares are equal.
 *
 * @module
 */

import type { Method } from "@edgeaigc/lab/methods";
import { decisionFor, fillCaches } from "@edgeaigc/lab/policies";
import { quantity } from "@edgeaigc/lab/scenario";

const method: Method = {
  name: "lfu",
  label: "LFU",
  hyperparameters: {
    decay: quantity({
      paper: "Not in the paper.",
      unit: "1",
      default: 0.9,
      maximum: 1,
      alternatives: {
        "0": "only the slot before counts",
        "1": "nothing is forgotten",
      },
      reason: "Counts halve in about 7 slots.",
      matters: "unknown",
    }),
  },
  create: ({ instance, hyperparameters }) => {
    const { numServers, numModels, modelSizeBytes } = instance;
    const decay = hyperparameters.decay as number;
    const counts = new Float64Array(numServers * numModels);
    const ranking = (server: number) => {
      const own = counts.subarray(server * numModels, (server + 1) * numModels);
      // Models are numbered by popularity, which a rule that learns must not know:
      // among equal counts the smallest comes first, of which most fit.
      return [...own.keys()].sort((a, b) =>
        own[b] - own[a] || modelSizeBytes[a] - modelSizeBytes[b]
      );
    };
    return {
      // Episodes are independent draws. What one remembered of the last would make
      // results depend on the order in which episodes are played.
      beginEpisode: () => void counts.fill(0),
      decide: (view) =>
        decisionFor(view, fillCaches(view.visible.instance, ranking), "equal"),
      // Requests come from the slot that is over, not from the view: so the rule is
      // the same whether the view shows the present requests or, lagged, the last.
      feedback: ({ played: { server, state } }) => {
        for (let k = 0; k < counts.length; k++) counts[k] *= decay;
        state.requestedModel.forEach((model, user) =>
          counts[server[user] * numModels + model]++
        );
      },
    };
  },
};

export default method;
