/**
 * Everything in the cloud.
 *
 * @module
 */

import type { DecidingPolicy } from "./deciding_policy.ts";
import { decisionFor } from "./shares.ts";

/**
 * A policy that caches nothing, so that the cloud serves everybody; bandwidth is
 * divided equally.
 */
export function createCloudOnly(): DecidingPolicy {
  return {
    decide(view) {
      const { numServers, numModels } = view.visible.instance;
      return decisionFor(
        view,
        new Float64Array(numServers * numModels),
        "equal",
      );
    },
  };
}
