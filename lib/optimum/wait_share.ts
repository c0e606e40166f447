/**
 * How much of what a world costs is waiting for the downlink.
 *
 * @module
 */

import { EdgeEnv } from "../env/edge_env.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** Most slots that are looked at. */
const SLOTS = 10;

/**
 * The part of G that waits for the downlink are, ω1·ΣT^tw/ΣG, where the cloud serves
 * everybody: over the first slots of the first test episode of instance 0, with equal
 * shares of the uplink. References that leave waits out hold where it is small.
 *
 * @returns From 0 to 1; 1 where somebody is never served.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { BALANCED_SCENARIO, PAPER_SCENARIO } from "../scenario/scenario.ts";
 * import { waitShare } from "./wait_share.ts";
 *
 * assert(waitShare(PAPER_SCENARIO) < 0.001);
 * assert(waitShare(BALANCED_SCENARIO) > 0.01);
 * ```
 */
export function waitShare(scenario: Scenario): number {
  const environment = new EdgeEnv(scenario, { instanceSeed: 0, split: "test" });
  const { slotsPerEpisode, numServers, numUsers, numModels } =
    scenario.parameters;
  const { responseTimeWeight } = scenario.assumptions;
  const none = new Float64Array(numServers * numUsers);
  const cache = new Float64Array(numServers * numModels);
  environment.reset(0);
  let objective = 0;
  let waits = 0;
  for (let t = 0; t < Math.min(slotsPerEpisode, SLOTS); t++) {
    const { server } = environment.view.visible;
    const size = new Int32Array(numServers);
    for (const j of server) size[j]++;
    const bandwidthShare = none.slice();
    server.forEach((j, i) => bandwidthShare[j * numUsers + i] = 1 / size[j]);
    const { info } = environment.stepDecision({
      cache,
      bandwidthShare,
      computeShare: none,
      server,
    });
    objective += info.objective;
    for (const timeS of info.outcome.waitTimeS) {
      waits += responseTimeWeight * timeS;
    }
  }
  const share = waits / objective;
  return share >= 0 && share <= 1 ? share : 1;
}
