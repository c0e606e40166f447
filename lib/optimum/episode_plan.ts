/**
 * The best plan for an episode whose requests are known, where loading is charged.
 *
 * @module
 */

import type { Decision } from "../env/slot.ts";
import { describeValue, InputError } from "../input/input_error.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { CacheSets } from "./cache_sets.ts";
import { squareRootShares } from "../env/compute_shares.ts";
import { payingModels } from "./paying_models.ts";
import { type PlannedServer, planProblem, planServer } from "./plan_problem.ts";
import { solvePlan } from "./plan_program.ts";
import { prepareAlone } from "./server_problem.ts";

/** What {@linkcode planEpisode} returns. */
export interface EpisodePlan {
  /** A decision for each slot, length T. */
  readonly decisions: readonly Decision[];
  /** What the mean of G(t) over the slots is not below, whatever is decided. */
  readonly lowerBound: number;
}

/** Refuses a world in which the plan is none. */
function checkWorld({ assumptions }: Scenario): void {
  const refuse = (path: string, condition: string, got: unknown): never => {
    throw new InputError(
      `Cannot plan the episode: scenario.assumptions.${path} must be ${condition}, got ${
        describeValue(got)
      }`,
    );
  };
  const { modelLoading, redraw, association } = assumptions;
  if (modelLoading !== "charged") {
    refuse("modelLoading", '"charged"', modelLoading);
  }
  if (redraw !== "scenario") refuse("redraw", '"scenario"', redraw);
  if (association === "cached-anywhere") {
    refuse("association", "one that caches do not change", association);
  }
}

/** Refuses slots in which somebody is never served, whatever is decided. */
function checkTimes(servers: readonly PlannedServer[], t: number): void {
  for (const { slot } of servers) {
    const served = Number.isFinite(slot.cloudOnly) &&
      slot.hitS.every(Number.isFinite) && slot.missS.every(Number.isFinite);
    if (served) continue;
    throw new InputError(
      `Cannot plan the episode: slots[${t}] must have finite response times, got Infinity`,
    );
  }
}

/**
 * Plans an episode whose requests are known, where loading is charged
 * (`modelLoading: "charged"`) and caches do not change who belongs to which server.
 *
 * Servers do not meet in any equation, and {@linkcode solvePlan} finds the sets of
 * each one exactly for costs that no shares are below. Without waits for the downlink
 * and floors of shares they are those of the best shares, which the decisions have. So
 * `lowerBound` holds for every decision maker, whatever it sees, and what the
 * decisions score above it is what waits and floors change at most. Where the queue is
 * carried (`downlinkQueue`), loads that keep the downlink busy are part of the plan.
 *
 * In printed units what is between them is less than a thousandth at 10 and 30 users.
 * In balanced ones waits count, and at 10 users the bound is a fifth below the plan.
 *
 * No method can follow the plan that does not see the episode in advance.
 *
 * @param scenario The world.
 * @param slots The slots that will be played, at least one.
 * @throws {InputError} If the world is another one, if somebody is never served, or if
 * more than 1048576 sets of models that pay fit on a server.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { EdgeEnv } from "../env/edge_env.ts";
 * import { deriveScenario, SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { planEpisode } from "./episode_plan.ts";
 *
 * const scenario = deriveScenario(SMALL_SCENARIO, {
 *   assumptions: { modelLoading: "charged" },
 * });
 * const env = new EdgeEnv(scenario);
 * const { slots } = env.reset(0).info.trace;
 * const plan = planEpisode(scenario, slots.slice(0, -1));
 * const objectives = plan.decisions.map((decision) =>
 *   env.stepDecision(decision).info.objective
 * );
 * const mean = objectives.reduce((sum, one) => sum + one, 0) / objectives.length;
 * assertEquals(objectives.length, 4);
 * assert(plan.lowerBound <= mean);
 * assert(mean < 1.001 * plan.lowerBound);
 * ```
 */
export function planEpisode(
  scenario: Scenario,
  slots: readonly TraceSlot[],
): EpisodePlan {
  checkWorld(scenario);
  const { downlinkQueue, slotDurationS } = scenario.assumptions;
  const [{ instance }] = slots;
  const { numUsers, numServers, numModels } = instance;
  const servers = Array.from(
    { length: numServers },
    (): PlannedServer[] => [],
  );
  const decisions = slots.map((visible, t): Decision => {
    const prepared = prepareAlone({ scenario, visible });
    const planned = servers.map((_, j) => planServer(prepared, j));
    checkTimes(planned, t);
    planned.forEach((one, j) => servers[j].push(one));
    return {
      cache: new Float64Array(numServers * numModels),
      bandwidthShare: new Float64Array(numServers * numUsers),
      computeShare: new Float64Array(numServers * numUsers),
      server: visible.server.slice(),
    };
  });
  let cost = 0;
  servers.forEach((planned, j) => {
    const problem = planProblem(
      planned,
      { instance },
      downlinkQueue === "carried" ? slotDurationS : undefined,
    );
    const models = payingModels(problem);
    const sets = new CacheSets(
      Float64Array.from(models, (model) => instance.modelSizeBytes[model]),
      problem.capacityBytes,
    );
    const plan = solvePlan(problem, models, sets);
    cost += plan.cost;
    decisions.forEach(({ cache, bandwidthShare, computeShare }, t) => {
      for (const m of sets.modelsOf(plan.sets[t])) {
        cache[j * numModels + models[m]] = 1;
      }
      const {
        slot,
        problem: { users, edgeInferenceS, shareFloor },
        bandwidth,
      } = planned[t];
      const hit = Uint8Array.from(
        slot.model,
        (model) => cache[j * numModels + model],
      );
      const compute = new Float64Array(users.length);
      squareRootShares(edgeInferenceS, hit, shareFloor, compute);
      users.forEach((user, k) => {
        bandwidthShare[j * numUsers + user] = bandwidth[k];
        computeShare[j * numUsers + user] = compute[k];
      });
    });
  });
  return { decisions, lowerBound: cost / slots.length };
}
