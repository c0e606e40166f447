/**
 * The most popular models on every server.
 *
 * @module
 */

import type { DecidingPolicy } from "./deciding_policy.ts";
import { fillCaches } from "./fill_caches.ts";
import { popularityMass } from "./popularity.ts";
import { decisionFor } from "./shares.ts";

/**
 * A policy that ignores requests: every server caches models from the most popular
 * one on as far as they fit. Shares are equal.
 */
export function createStaticPopularity(): DecidingPolicy {
  return {
    decide(view) {
      const mass = popularityMass(view.scenario);
      const ranking = Array.from(mass.keys())
        .sort((a, b) => mass[b] - mass[a] || a - b);
      return decisionFor(
        view,
        fillCaches(view.visible.instance, () => ranking),
        "equal",
      );
    },
  };
}
