import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import type { Decision } from "../../lib/env/slot.ts";
import { InputError } from "../../lib/input/input_error.ts";
import type { RandomStream } from "../../lib/math/prng.ts";
import { bestForChain, chainDecision } from "../../lib/optimum/chain_best.ts";
import { chainBound } from "../../lib/optimum/chain_bound.ts";
import { chainCost } from "../../lib/optimum/chain_cost.ts";
import { solveChain } from "../../lib/optimum/chain_program.ts";
import type { Assumptions } from "../../lib/scenario/assumptions.ts";
import { drawInstance } from "../../lib/scenario/instance.ts";
import { deriveScenario, PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import {
  costOverRequests,
  drawChainInstance,
  everyCache,
  everyPolicy,
  everyRequest,
} from "./exhaustive_chain.ts";

const TIMINGS = ["with-caches", "after-requests"] as const;
const LOADINGS = ["free", "charged"] as const;

/** Both readings of both, by the number of an instance. */
function readings(seed: number): Partial<Assumptions> {
  return {
    shareTiming: TIMINGS[seed % 2],
    modelLoading: LOADINGS[Math.floor(seed / 2) % 2],
  };
}

function pick<Value>(values: readonly Value[], stream: RandomStream): Value {
  return values[stream.integer(values.length)];
}

/** Any shares that add up to 1 at each server. */
function anyShares(
  { instance, server }: TraceSlot,
  stream: RandomStream,
): Float64Array {
  const { numUsers, numServers } = instance;
  const share = new Float64Array(numServers * numUsers);
  for (let j = 0; j < numServers; j++) {
    const weight = Array.from(
      server,
      (own) => own === j ? 0.1 + stream.uniform() : 0,
    );
    const total = weight.reduce((sum, one) => sum + one, 0);
    weight.forEach((one, user) => {
      if (one > 0) share[j * numUsers + user] = one / total;
    });
  }
  return share;
}

Deno.test("the expected cost of any decision is that over every request", () => {
  for (let seed = 0; seed < 120; seed++) {
    const world = drawChainInstance(seed, {
      assumptions: {
        ...readings(seed),
        // A floor is exact where shares are decided.
        shareFloor: seed % 4 === 2 ? 0.3 : 0,
      },
    });
    const { scenario, visible, stream } = world;
    const caches = everyCache(visible);
    const decision: Decision = {
      cache: pick(caches, stream),
      bandwidthShare: anyShares(visible, stream),
      computeShare: anyShares(visible, stream),
      server: visible.server,
    };
    const previousCache = pick(caches, stream);
    const { popularityIndex } = visible.state;
    const expected = costOverRequests(
      world,
      popularityIndex,
      decision,
      previousCache,
    );
    assertAlmostEquals(
      chainCost(scenario, visible, decision, { previousCache }),
      expected,
      1e-12 * expected,
    );
  }
});

Deno.test("with a floor, shares after the requests cost no less than is said", () => {
  for (let seed = 0; seed < 40; seed++) {
    const world = drawChainInstance(seed, {
      assumptions: { shareTiming: "after-requests", shareFloor: 0.3 },
    });
    const { scenario, visible } = world;
    const decision = bestForChain({ scenario, visible });
    const { popularityIndex } = visible.state;
    const { cache } = decision;
    const whole = costOverRequests(world, popularityIndex, decision, cache);
    assert(chainCost(scenario, visible, decision) <= whole * (1 + 1e-12));
  }
});

Deno.test("where loading is free no cache costs less in expectation than the best, on 200 instances", () => {
  let cached = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { scenario, visible } = drawChainInstance(seed, {
      assumptions: { shareTiming: TIMINGS[seed % 2] },
    });
    const best = bestForChain({ scenario, visible });
    const cost = chainCost(scenario, visible, best);
    const least = Math.min(
      ...everyCache(visible).map((cache) =>
        chainCost(
          scenario,
          visible,
          chainDecision({ scenario, visible }, cache),
        )
      ),
    );
    assertAlmostEquals(cost, least, 1e-12 * least);
    if (best.cache.includes(1)) cached++;
  }
  assert(cached > 50 && cached < 200);
});

Deno.test("no other shares cost less in expectation than those that are set before the requests", () => {
  for (let seed = 0; seed < 60; seed++) {
    const { scenario, visible, stream } = drawChainInstance(seed, {
      assumptions: { shareFloor: seed % 3 === 0 ? 0.05 : 0 },
    });
    const best = bestForChain({ scenario, visible });
    const cost = chainCost(scenario, visible, best);
    for (let trial = 0; trial < 20; trial++) {
      const other = anyShares(visible, stream);
      // Far from the best ones and close to them.
      const weight = 0.1 ** (trial % 4);
      const mixed = (shares: Float64Array) =>
        shares.map((share, k) => (1 - weight) * share + weight * other[k]);
      for (
        const decision of [
          { ...best, bandwidthShare: mixed(best.bandwidthShare) },
          { ...best, computeShare: mixed(best.computeShare) },
        ]
      ) {
        assert(chainCost(scenario, visible, decision) >= cost * (1 - 1e-12));
      }
    }
  }
});

Deno.test("where loading is charged no policy costs less in expectation than the program's, on 60 instances", () => {
  let loaded = 0;
  for (let seed = 0; seed < 60; seed++) {
    const world = drawChainInstance(seed, {
      assumptions: {
        shareTiming: TIMINGS[seed % 2],
        modelLoading: "charged",
      },
    });
    const { scenario, visible } = world;
    const { instance, server } = visible;
    const { numModels } = instance;
    const caches = everyCache(visible);
    const states = scenario.parameters.popularityStates.map((_, k) => k);
    const decisions = caches.map((cache) => chainDecision(world, cache));
    const policies = everyPolicy(
      scenario,
      caches.length,
      (state, before, set) =>
        costOverRequests(world, state, decisions[set], caches[before]),
    );
    const servers = solveChain(scenario, instance, server);
    const keys = caches.map(String);
    const follow = (t: number, state: number, before: number) =>
      keys.indexOf(String(servers.flatMap((one, j) => [
        ...one.cacheAt(
          t,
          state,
          caches[before].subarray(j * numModels, (j + 1) * numModels),
        ),
      ])));
    for (const state of states) {
      const least = policies.least(state);
      const nothing = policies.of(state, () => 0);
      const value = servers.reduce((sum, one) => sum + one.value[state], 0);
      assertAlmostEquals(nothing + value, least, 1e-12 * nothing);
      assertAlmostEquals(policies.of(state, follow), least, 1e-12 * nothing);
      if (value < 0) loaded++;
    }
  }
  assert(loaded > 20);
});

Deno.test("over every request the bound is what the best policy costs, and with a floor no more", () => {
  for (let seed = 0; seed < 80; seed++) {
    const shareFloor = seed % 8 >= 6 ? 0.1 : 0;
    const world = drawChainInstance(seed, {
      parameters: { slotsPerEpisode: 1 },
      assumptions: { ...readings(seed), shareFloor },
    });
    const { scenario, visible } = world;
    const { popularityIndex } = visible.state;
    const nothing = everyCache(visible)[0];
    const best = Math.min(
      ...everyCache(visible).map((cache) =>
        costOverRequests(
          world,
          popularityIndex,
          chainDecision(world, cache),
          nothing,
        )
      ),
    );
    const bound = everyRequest(world, popularityIndex).reduce(
      (sum, { probability, slot }) =>
        sum + probability * chainBound(scenario, [slot]),
      0,
    );
    if (shareFloor === 0) assertAlmostEquals(bound, best, 1e-12 * best);
    else assert(bound <= best * (1 + 1e-12));
  }
});

Deno.test("over every episode of two slots the bound is what the best policy costs", () => {
  for (let seed = 0; seed < 20; seed++) {
    const world = drawChainInstance(seed, {
      parameters: { numUsers: 1, numModels: 2, slotsPerEpisode: 2 },
      assumptions: readings(seed),
    });
    const { scenario, visible } = world;
    const { popularityTransition } = scenario.parameters;
    const first = visible.state.popularityIndex;
    const caches = everyCache(visible);
    const policies = everyPolicy(
      scenario,
      caches.length,
      (state, before, set) =>
        costOverRequests(
          world,
          state,
          chainDecision(world, caches[set]),
          caches[before],
        ),
    );
    let bound = 0;
    for (const one of everyRequest(world, first)) {
      popularityTransition[first].forEach((p, second) => {
        for (const two of everyRequest(world, second)) {
          bound += one.probability * p * two.probability *
            chainBound(scenario, [one.slot, two.slot]);
        }
      });
    }
    const least = policies.least(first) / 2;
    assertAlmostEquals(bound, least, 1e-12 * least);
  }
});

Deno.test("worlds in which the chain decides nothing are refused, and too many sets", () => {
  const world = (assumptions: Partial<Assumptions>, numModels = 19) =>
    deriveScenario(PAPER_SCENARIO, {
      parameters: { numModels, modelGigabytes: [0.01, 0.02] },
      assumptions,
    });
  const solve = (scenario: typeof PAPER_SCENARIO) =>
    solveChain(scenario, drawInstance(scenario, 0), new Int32Array(10));
  const charged = {
    requestVisibility: "lagged",
    modelLoading: "charged",
  } as const;
  const refused: [typeof PAPER_SCENARIO, string][] = [
    [
      world({ modelLoading: "charged" }),
      'scenario.assumptions.requestVisibility must be "lagged", got "reactive"',
    ],
    [
      world({ requestVisibility: "lagged" }),
      'scenario.assumptions.modelLoading must be "charged", got "free"',
    ],
    [
      world({ ...charged, redraw: "slot" }),
      'scenario.assumptions.redraw must be "scenario", got "slot"',
    ],
    [
      world({ ...charged, association: "random" }),
      'scenario.assumptions.association must be one that stays as it is, got "random"',
    ],
    [
      world(charged),
      "slots × popularity states × sets of models that fit on a server must be at most 8388608, got ",
    ],
  ];
  for (const [scenario, message] of refused) {
    assertThrows(
      () => solve(scenario),
      InputError,
      `Cannot plan for the chain: ${message}`,
    );
  }
  assertThrows(
    () => solve(world(charged, 40)),
    InputError,
    "the sets of models that fit on a server must be at most 1048576, got more",
  );
});
