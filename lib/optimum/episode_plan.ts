/**
 * The best plan for an episode whose requests are known, where loading is charged.
 *
 * @module
 */

import type { Decision } from "../env/slot.ts";
import { startMemory } from "../env/slot_memory.ts";
import { playSlot } from "../env/transition.ts";
import { InputError } from "../input/input_error.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { squareRootShares } from "../env/compute_shares.ts";
import { type PlannedServer, planProblem, planServer } from "./plan_problem.ts";
import { sharesOfPlan } from "./plan_shares.ts";
import { prepareAlone } from "./server_problem.ts";
import { planSets } from "./server_plan.ts";
import { planWaits } from "./wait_plan.ts";
import type { ServerShares } from "./wait_search.ts";
import { PLAN_NEEDS, requireWorld } from "./world_needs.ts";

/** What {@linkcode planEpisode} returns. */
export interface EpisodePlan {
  /** A decision for each slot, length T. */
  readonly decisions: readonly Decision[];
  /** What the mean of G(t) over the slots is not below, whatever is decided. */
  readonly lowerBound: number;
}

/** Part of the objective from which on waits are part of the plan. */
const NEGLIGIBLE_GAP = 1e-3;

/** What a server does in an episode. */
interface ServerPart {
  /** Its slots. */
  readonly planned: readonly PlannedServer[];
  /** The models of each slot. */
  readonly models: readonly (readonly number[])[];
  /** Its shares in each slot; by default the best without waits. */
  readonly shares?: readonly ServerShares[];
}

/** A decision in which nobody has anything. */
function emptyDecision({ instance, server }: TraceSlot): Decision {
  const { numUsers, numServers, numModels } = instance;
  return {
    cache: new Float64Array(numServers * numModels),
    bandwidthShare: new Float64Array(numServers * numUsers),
    computeShare: new Float64Array(numServers * numUsers),
    server: server.slice(),
  };
}

/** Decisions in which a server does something else. */
function withServer(
  decisions: readonly Decision[],
  { planned, models, shares }: ServerPart,
  j: number,
): Decision[] {
  return decisions.map((decision, t) => {
    const { problem, slot } = planned[t];
    const numUsers = decision.server.length;
    const numModels = slot.load.length;
    const cache = decision.cache.slice();
    cache.fill(0, j * numModels, (j + 1) * numModels);
    for (const model of models[t]) cache[j * numModels + model] = 1;
    const bandwidthShare = decision.bandwidthShare.slice();
    const computeShare = decision.computeShare.slice();
    const bandwidth = shares?.[t].bandwidth ?? planned[t].bandwidth;
    let compute = shares?.[t].compute;
    if (compute === undefined) {
      compute = new Float64Array(problem.users.length);
      const hit = Uint8Array.from(
        slot.model,
        (model) => cache[j * numModels + model],
      );
      squareRootShares(
        problem.edgeInferenceS,
        hit,
        problem.shareFloor,
        compute,
      );
    }
    problem.users.forEach((user, k) => {
      bandwidthShare[j * numUsers + user] = bandwidth[k];
      computeShare[j * numUsers + user] = compute[k];
    });
    return { ...decision, cache, bandwidthShare, computeShare };
  });
}

/** Σ_t G(t) of decisions. */
function play(
  scenario: Scenario,
  slots: readonly TraceSlot[],
  decisions: readonly Decision[],
): number {
  let total = 0;
  let memory = startMemory(slots[0].instance);
  decisions.forEach((decision, t) => {
    const played = playSlot(scenario, slots[t], decision, memory);
    total += played.outcome.objective;
    memory = played.memory;
  });
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
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
 * Servers do not meet in any equation, and {@linkcode planSets} finds the sets of
 * each one exactly for costs that no shares are below. Without waits for the downlink
 * and floors of shares they are those of the best shares, which the decisions have. So
 * `lowerBound` holds for every decision maker, whatever it sees, and what the
 * decisions score above it is what waits and floors change at most. Where the queue is
 * carried (`downlinkQueue`), loads that keep the downlink busy are part of the plan.
 *
 * Where the decisions score more than a thousandth above the bound, shares are
 * searched, and {@linkcode planWaits} makes waits part of plan and bound, unless too
 * many models are requested at once.
 *
 * In printed units less than a ten thousandth is between the two in the median at 10
 * to 100 users, and at most a thousandth, where the queue is empty. Where it is carried
 * that is so for up to 30 users, but for deep fades that block whole slots, and at 100
 * it is half a hundredth at most. In balanced units it is less than two hundredths at
 * 10 users, but two fifths at 30, where too many models are requested at once.
 *
 * No method can follow the plan that does not see the episode in advance.
 *
 * @param scenario The world.
 * @param slots The slots that will be played, at least one.
 * @throws {InputError} If the world is another one, or if somebody is never served.
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
  requireWorld(scenario, PLAN_NEEDS, "plan the episode");
  const { downlinkQueue, slotDurationS } = scenario.assumptions;
  const [{ instance }] = slots;
  const servers = Array.from(
    { length: instance.numServers },
    (): PlannedServer[] => [],
  );
  slots.forEach((visible, t) => {
    const prepared = prepareAlone({ scenario, visible });
    const planned = servers.map((_, j) => planServer(prepared, j));
    checkTimes(planned, t);
    planned.forEach((one, j) => servers[j].push(one));
  });
  const problems = servers.map((planned) =>
    planProblem(
      planned,
      { instance },
      downlinkQueue === "carried" ? slotDurationS : undefined,
    )
  );
  const plans = problems.map(planSets);
  const bounds = plans.map(({ lowerBound }) => lowerBound);
  let decisions = slots.map(emptyDecision);
  plans.forEach(({ models }, j) => {
    decisions = withServer(decisions, { planned: servers[j], models }, j);
  });
  let total = play(scenario, slots, decisions);
  const take = (j: number, part: Omit<ServerPart, "planned">) => {
    const others = withServer(decisions, { planned: servers[j], ...part }, j);
    const othersTotal = play(scenario, slots, others);
    if (!(othersTotal < total)) return;
    total = othersTotal;
    decisions = others;
  };
  problems.forEach((problem, j) => {
    if (total - sum(bounds) <= NEGLIGIBLE_GAP * total) return;
    const { models } = plans[j];
    take(j, { models, shares: sharesOfPlan(servers[j], problem, models) });
    const plan = planWaits(servers[j], problem);
    if (plan === undefined) return;
    bounds[j] = Math.max(bounds[j], plan.lowerBound);
    take(j, plan);
  });
  return { decisions, lowerBound: sum(bounds) / slots.length };
}

/**
 * What the mean of G(t) over the slots of an episode is not below, whatever is decided
 * and whatever of it is seen in advance: the bound of {@linkcode planEpisode}.
 *
 * @param slots The slots that are played, at least one.
 * @throws {InputError} As {@linkcode planEpisode}.
 */
export function planBound(
  scenario: Scenario,
  slots: readonly TraceSlot[],
): number {
  return planEpisode(scenario, slots).lowerBound;
}
