/**
 * The decoder of actions a second time, in its plainest form: sorted lists and
 * matrices.
 *
 * @module
 */

import { splitAction } from "../../lib/env/action.ts";
import { associateToCaches } from "../../lib/env/association.ts";
import type { ActionChoices } from "../../lib/env/choices.ts";
import type { Decision } from "../../lib/env/slot.ts";
import type { Assumptions } from "../../lib/scenario/assumptions.ts";
import type { Instance } from "../../lib/scenario/instance.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";

const scoreOf = (output: number) => (Math.min(1, Math.max(-1, output)) + 1) / 2;

function referenceCache(
  outputs: Float32Array,
  { numServers, numModels, modelSizeBytes, serverStorageBytes }: Instance,
  choices: ActionChoices,
): Float64Array {
  const cache = new Float64Array(numServers * numModels);
  for (let j = 0; j < numServers; j++) {
    const scores = [...outputs.slice(j * numModels, (j + 1) * numModels)]
      .map(scoreOf);
    let freeBytes = serverStorageBytes[j];
    [...scores.keys()]
      .filter((m) => choices.cacheDecoding === "rank" || scores[m] >= 0.5)
      .sort((a, b) => scores[b] - scores[a] || a - b)
      .forEach((m) => {
        const fits = modelSizeBytes[m] <= freeBytes;
        if (choices.storageViolation === "repair" && !fits) return;
        cache[j * numModels + m] = 1;
        freeBytes -= modelSizeBytes[m];
      });
  }
  return cache;
}

/** What `decodeAction` is to find. */
export function referenceDecision(
  action: Float32Array,
  slot: TraceSlot,
  assumptions: Assumptions,
  choices: ActionChoices,
): Decision {
  const { instance, state } = slot;
  const { numUsers, numServers, numModels } = instance;
  const parts = splitAction(action, instance);
  const cache = referenceCache(parts.cache, instance, choices);
  const server = assumptions.association === "cached-anywhere"
    ? associateToCaches(slot, cache)
    : slot.server;
  const shares = (outputs: Float32Array, hitsOnly: boolean) => {
    const matrix = new Float64Array(numServers * numUsers);
    for (let j = 0; j < numServers; j++) {
      const sharing = [...server.keys()].filter((user) =>
        server[user] === j &&
        !(hitsOnly &&
          cache[j * numModels + state.requestedModel[user]] === 0)
      );
      const weights = sharing.map((user) => {
        const score = scoreOf(outputs[j * numUsers + user]);
        return choices.shareDecoding === "softmax"
          ? Math.exp(2 * score - 1)
          : Math.max(1e-3, score);
      });
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      sharing.forEach((user, k) =>
        matrix[j * numUsers + user] = weights[k] / total
      );
    }
    return matrix;
  };
  return {
    cache,
    bandwidthShare: shares(parts.bandwidth, false),
    computeShare: shares(
      parts.compute,
      assumptions.computeShareAmong === "hits",
    ),
    server,
  };
}
