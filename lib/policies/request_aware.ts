/**
 * The models that are requested most, server by server.
 *
 * @module
 */

import type { DecidingPolicy } from "./deciding_policy.ts";
import { fillCaches } from "./fill_caches.ts";
import { decisionFor, type ShareRule } from "./shares.ts";

/**
 * A policy that sees the requests: every server caches the models that its users
 * request, those of most users first (ties by index), as far as they fit. It always
 * caches what it can, even where the cloud's GPUs would be faster.
 *
 * @param shares How servers divide bandwidth and GPUs.
 */
export function createRequestAware(
  shares: Extract<ShareRule, "equal" | "square-root">,
): DecidingPolicy {
  return {
    decide(view) {
      const { instance, state, server } = view.visible;
      const cache = fillCaches(instance, (j) => {
        const count = new Map<number, number>();
        state.requestedModel.forEach((model, user) => {
          if (server[user] === j) count.set(model, (count.get(model) ?? 0) + 1);
        });
        return [...count.keys()]
          .sort((a, b) => count.get(b)! - count.get(a)! || a - b);
      });
      return decisionFor(view, cache, shares);
    },
  };
}
