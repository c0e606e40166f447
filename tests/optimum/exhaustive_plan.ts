/** The best plans of small episodes by brute force: every sequence of sets. */

import type { Decision } from "../../lib/env/slot.ts";
import { playSlot } from "../../lib/env/transition.ts";
import type { PlanProblem } from "../../lib/optimum/plan_problem.ts";
import { everyDecision, serverPart } from "./exhaustive.ts";
import type { RandomEpisode } from "./random_episodes.ts";

/**
 * Σ_t G(t) of the best sequence of sets, all of them tried, with the best shares;
 * slots that begin alike are played once.
 *
 * @param variants Decisions that are tried in the place of one, where the queue is
 * empty: the best of them is taken.
 */
export function exhaustive(
  { scenario, slots }: RandomEpisode,
  variants = (decision: Decision): readonly Decision[] => [decision],
): number {
  const { numServers, numModels } = scenario.parameters;
  const decisions: Decision[][][] = slots.map(everyDecision);
  const none = new Float64Array(numServers * numModels);
  let total = 0;
  for (let j = 0; j < numServers; j++) {
    const played = slots.map(() =>
      new Map<string, readonly { part: number; freeAtS: number }[]>()
    );
    const play = (t: number, before: number, freeAtS: number) => {
      const key = `${before} ${freeAtS}`;
      const found = played[t].get(key);
      if (found !== undefined) return found;
      const memory = {
        cache: before < 0 ? none : decisions[t - 1][j][before].cache,
        downlinkFreeAtS: new Float64Array(numServers).fill(freeAtS, j, j + 1),
      };
      const playOne = (decision: Decision) => {
        const result = playSlot(scenario, slots[t], decision, memory);
        return {
          part: serverPart(slots[t], result.outcome, j, {
            loadingCost: result.loadingCost,
          }),
          freeAtS: result.memory.downlinkFreeAtS[j],
        };
      };
      const outcomes = decisions[t][j].map((decision) =>
        variants(decision).map(playOne)
          .reduce((best, one) => one.part < best.part ? one : best)
      );
      played[t].set(key, outcomes);
      return outcomes;
    };
    const search = (t: number, before: number, freeAtS: number): number => {
      if (t === slots.length) return 0;
      let least = Infinity;
      play(t, before, freeAtS).forEach((one, set) => {
        least = Math.min(least, one.part + search(t + 1, set, one.freeAtS));
      });
      return least;
    };
    total += search(0, -1, 0);
  }
  return total;
}

/**
 * The best sequence of sets by the formulas of plans, all sequences tried.
 *
 * @param held A model that some set must hold.
 */
export function exhaustivePlan(problem: PlanProblem, held?: number): number {
  const { slots, modelBytes, capacityBytes, loadingS, timeWeight } = problem;
  const models = Array.from(modelBytes.keys());
  const sets = Array.from(
    { length: 2 ** modelBytes.length },
    (_, set) => models.filter((m) => (set >> m) % 2 === 1),
  ).filter((set) =>
    set.reduce((sum, m) => sum + modelBytes[m], 0) <= capacityBytes
  );
  const sum = (values: readonly number[]) =>
    values.reduce((total, value) => total + value, 0);
  const search = (
    t: number,
    before: readonly number[],
    freeAtS: number,
    isHeld = held === undefined,
  ): number => {
    if (t === slots.length) return isHeld ? 0 : Infinity;
    const { model, hitS, missS, downlinkS, ...slot } = slots[t];
    return Math.min(...sets.map((set) => {
      const load = sum(set.map((m) => slot.load[m]));
      const alone = slot.cloudOnly + slot.loadWeight * load ** 2 -
        sum(set.map((m) => slot.saving[m]));
      const users = Array.from(model.keys());
      const least = users.map((i) =>
        set.includes(model[i]) ? hitS[i] : missS[i]
      );
      const loaded = set.filter((m) => !before.includes(m));
      const loadS = users.map((i) =>
        loaded.includes(model[i]) ? loadingS[model[i]] : 0
      );
      const sentS = users.map((i) =>
        Math.max(least[i] + loadS[i], freeAtS) + downlinkS[i]
      );
      const blocked = slot.cloudOnlyCost + timeWeight * sum(sentS) -
        sum(set.map((m) => slot.savedCost[m]));
      const cost = sum(loaded.map((m) => problem.loadingCost[m])) +
        Math.max(alone + timeWeight * sum(loadS), freeAtS > 0 ? blocked : 0);
      // Whatever is decided, all results come after the first that can be ready.
      const soonestS = users.map((i) => Math.min(hitS[i], missS[i]));
      const freeAfterS = Math.max(
        users.length > 0 ? Math.min(...soonestS) + sum([...downlinkS]) : 0,
        ...users.map((i) => soonestS[i] + downlinkS[i]),
        freeAtS > 0 ? freeAtS + sum([...downlinkS]) : 0,
        ...users.map((i) => loadS[i] > 0 ? sentS[i] : 0),
      );
      const { slotDurationS } = problem;
      const nextS = slotDurationS === undefined
        ? 0
        : Math.max(0, freeAfterS - slotDurationS);
      return cost +
        search(t + 1, set, nextS, isHeld || set.includes(held!));
    }));
  };
  return search(0, [], 0);
}
