import { assert, assertEquals } from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import type { Decision } from "../../lib/env/slot.ts";
import { planEpisode } from "../../lib/optimum/episode_plan.ts";
import { planProblem, planServer } from "../../lib/optimum/plan_problem.ts";
import { prepareAlone } from "../../lib/optimum/server_problem.ts";
import { planSets } from "../../lib/optimum/server_plan.ts";
import { planWaits } from "../../lib/optimum/wait_plan.ts";
import { countChoices, WaitTable } from "../../lib/optimum/wait_table.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
} from "../../lib/scenario/scenario.ts";
import { median } from "../../lib/stats/statistics.ts";
import { generateTrace } from "../../lib/workload/trace.ts";
import { exhaustive } from "./exhaustive_plan.ts";
import type { RandomEpisode } from "./random_episodes.ts";

/** An episode of a server for up to 4 users, in which they wait for each other. */
function drawWaitingEpisode(seed: number): RandomEpisode {
  const stream = new RandomStream(seed, "waiting-episode");
  const gigabytes = 4 * 0.1 ** (1.5 * stream.uniform());
  const storage = gigabytes * (0.8 + 2.5 * stream.uniform());
  const scenario = deriveScenario(BALANCED_SCENARIO, {
    parameters: {
      numUsers: 2 + stream.integer(3),
      numServers: 1,
      numModels: 1 + stream.integer(3),
      slotsPerEpisode: 1 + stream.integer(3),
      modelGigabytes: [gigabytes / 2, gigabytes],
      serverStorageGigabytes: [storage, 1.2 * storage],
    },
    assumptions: { modelLoading: "charged" },
  });
  const { slots } = generateTrace(scenario, { instanceSeed: seed, seed });
  return { scenario, slots: slots.slice(0, -1) };
}

/** The only server's part of an episode. */
function serverOf({ scenario, slots }: RandomEpisode) {
  const planned = slots.map((visible) =>
    planServer(prepareAlone({ scenario, visible }), 0)
  );
  return { planned, problem: planProblem(planned, slots[0]) };
}

/** The least cost of all sequences of sets, by what tables say of their choices. */
function exhaustiveInTables(episode: RandomEpisode): number {
  const { planned, problem } = serverOf(episode);
  const { modelBytes, capacityBytes, loadingCost, slots } = problem;
  const tables = planned.map((one) => new WaitTable(one, problem));
  const models = Array.from(modelBytes.keys());
  const sets = Array.from(
    { length: 2 ** models.length },
    (_, set) => models.filter((m) => (set >> m) % 2 === 1),
  ).filter((set) =>
    set.reduce((sum, m) => sum + modelBytes[m], 0) <= capacityBytes
  );
  const search = (t: number, before: readonly number[]): number => {
    if (t === tables.length) return 0;
    return Math.min(...sets.map((set) => {
      let [choice, cost] = [0, 0];
      for (const m of set) {
        const k = tables[t].models.indexOf(m);
        const isLoaded = !before.includes(m);
        if (k >= 0) choice += (isLoaded ? 2 : 1) * 3 ** k;
        else cost += (isLoaded ? loadingCost[m] : 0) - slots[t].saving[m];
      }
      return cost + tables[t].cost[choice] + search(t + 1, set);
    }));
  };
  return search(0, []);
}

/** A decision, and some with other shares of the same users. */
function withOtherShares(
  decision: Decision,
  stream: RandomStream,
): Decision[] {
  const change = (shares: Float64Array): Float64Array => {
    const changed = shares.map((share) =>
      share * 0.1 ** (2 * stream.uniform())
    );
    const sum = changed.reduce((total, share) => total + share, 0);
    return sum > 0 ? changed.map((share) => share / sum) : changed;
  };
  return [
    decision,
    ...Array.from({ length: 25 }, () => ({
      ...decision,
      bandwidthShare: change(decision.bandwidthShare),
      computeShare: change(decision.computeShare),
    })),
  ];
}

Deno.test("plans with waits are the best of all sequences by what tables say on 240 episodes", () => {
  let loads = 0;
  for (let seed = 0; seed < 240; seed++) {
    const episode = drawWaitingEpisode(seed);
    const { planned, problem } = serverOf(episode);
    const plan = planWaits(planned, problem)!;
    const best = exhaustiveInTables(episode);
    assert(
      Math.abs(plan.lowerBound - best) <= 1e-12 * best,
      `${seed}: ${plan.lowerBound} is not ${best}`,
    );
    if (plan.models.some((held) => held.length > 0)) loads++;
  }
  assert(loads > 60 && loads < 240, `${loads}`);
});

Deno.test("no sequence of sets with any shares is below the bound with waits on 120 episodes", () => {
  const [gaps, gains]: number[][] = [[], []];
  for (let seed = 0; seed < 120; seed++) {
    const episode = drawWaitingEpisode(seed);
    const { scenario, slots } = episode;
    const stream = new RandomStream(seed, "other-shares");
    const best = exhaustive(
      episode,
      (decision) => withOtherShares(decision, stream),
    );
    const { lowerBound } = planEpisode(scenario, slots);
    const bound = lowerBound * slots.length;
    assert(bound <= best * (1 + 1e-12), `${seed}: ${bound} > ${best}`);
    const alone = planSets(serverOf(episode).problem).lowerBound;
    gaps.push((best - bound) / best);
    gains.push((bound - alone) / bound);
  }
  assert(median(gaps) < 0.05, `${median(gaps)}`);
  assert(Math.max(...gains) > 0.05, `${Math.max(...gains)}`);
});

Deno.test("in balanced units plans of ten users are within two hundredths of their bound", () => {
  for (const downlinkQueue of ["empty", "carried"] as const) {
    const scenario = deriveScenario(BALANCED_SCENARIO, {
      assumptions: { modelLoading: "charged", downlinkQueue },
    });
    const gaps: number[] = [];
    for (let seed = 0; seed < 5; seed++) {
      const env = new EdgeEnv(scenario, { instanceSeed: seed, split: "test" });
      const slots = env.reset(seed).info.trace.slots.slice(0, -1);
      const { decisions, lowerBound } = planEpisode(scenario, slots);
      let total = 0;
      for (const decision of decisions) {
        const { info } = env.stepDecision(decision);
        assertEquals(info.outcome.violations, []);
        total += info.objective;
      }
      gaps.push(1 - lowerBound * slots.length / total);
    }
    assert(gaps.every((gap) => gap > 0 && gap < 0.02), `${gaps}`);
    assert(median(gaps) < 0.012, `${median(gaps)}`);
  }
});

Deno.test("a choice is counted for each way to load some of the hits that fit", () => {
  // None; each alone, held or loaded; and the first two, in four ways.
  assertEquals(countChoices(Float64Array.of(2, 3, 4), 5, 100), 1 + 6 + 4);
  assertEquals(countChoices(new Float64Array(9).fill(1), 9, 1e6), 3 ** 9);
  assert(countChoices(new Float64Array(60).fill(1), 60, 100) > 100);
});
