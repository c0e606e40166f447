import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import type { Policy, SlotView } from "../../lib/env/policy.ts";
import type { TraceSlot } from "../../lib/env/trace.ts";
import {
  playPolicy,
  runPolicyTrial,
  testPolicy,
} from "../../lib/experiments/run_policy_trial.ts";
import { runStoredTrial } from "../../lib/experiments/run_stored_trial.ts";
import { runTrial } from "../../lib/experiments/run_trial.ts";
import {
  type PolicyConfig,
  type PolicyName,
  trialId,
} from "../../lib/experiments/trial.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { POLICIES } from "../../lib/policies/mod.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { readResults, smallTrial, withTemporaryFolder } from "./fixtures.ts";

const clock = () => 0;

function policyTrial(
  policy: PolicyName,
  overrides: Partial<PolicyConfig> = {},
): PolicyConfig {
  return {
    policy,
    scenario: SMALL_SCENARIO,
    seed: 3,
    testEpisodes: 2,
    ...overrides,
  };
}

async function testRow(config: PolicyConfig) {
  const result = await runPolicyTrial(config, { clock });
  return result!.evaluations[0];
}

Deno.test("a policy meets the test traces of the agents of its seed", async () => {
  const agent = await runTrial(smallTrial(), { clock });
  const policy = await runPolicyTrial(policyTrial("random"), { clock });
  const other = await runPolicyTrial(policyTrial("random", { seed: 4 }), {
    clock,
  });
  const [ofAgent, ofPolicy, ofOther] = [agent, policy, other].map((result) =>
    JSON.parse(String(result!.files["manifest.json"])).traces.test
  );
  assertEquals(ofPolicy, ofAgent);
  assertNotEquals(ofOther, ofAgent);
});

Deno.test("no method has a lower objective than the optimum on the same traces", async () => {
  const scenario = deriveScenario(PAPER_SCENARIO, {
    parameters: { numUsers: 6 },
  });
  const setup = { scenario, testEpisodes: 3 };
  const optimum = await testRow(policyTrial("optimum", setup));
  const others = ["random", "static-popularity", "request-aware-square-root"]
    .map((name) => policyTrial(name as PolicyName, setup));
  const searches = (["pso", "ga"] as const)
    .map((name) => policyTrial(name, { ...setup, actionsPerPlan: 1000 }));
  for (const config of [...others, ...searches]) {
    const { objective } = await testRow(config);
    // Waits for the downlink couple users: the optimum may miss 0.1 %.
    assert(optimum.objective <= objective * 1.001, config.policy);
  }
});

Deno.test("the return of a policy is minus its objective per user, summed over slots", async () => {
  const { numUsers, slotsPerEpisode } = SMALL_SCENARIO.parameters;
  const { episodeReturn, objective } = await testRow(
    policyTrial("static-popularity"),
  );
  const expected = -objective / numUsers * slotsPerEpisode;
  assert(Math.abs(episodeReturn - expected) < 1e-9);
});

Deno.test("a search spends its budget on every slot, and more of it finds better actions", async () => {
  const run = (actionsPerPlan: number) =>
    runPolicyTrial(policyTrial("ga", { actionsPerPlan }), { clock });
  const little = await run(50);
  const much = await run(1000);
  const spent = JSON.parse(String(much!.files["manifest.json"]))
    .slotEvaluations;
  assertEquals(spent, 1000 * 2 * SMALL_SCENARIO.parameters.slotsPerEpisode);
  assert(
    much!.evaluations[0].objective < little!.evaluations[0].objective,
  );
});

Deno.test("a policy that evaluates no slot says so, and its latency is the median over decisions", async () => {
  let nowMs = 0;
  const result = await runPolicyTrial(policyTrial("static-popularity"), {
    clock: () => nowMs++,
  });
  const { slotEvaluations } = JSON.parse(
    String(result!.files["manifest.json"]),
  );
  assertEquals(slotEvaluations, 0);
  assertEquals(result!.timings.trainingSeconds, 0);
  assertEquals(result!.timings.decisionLatencyS, 0.001);
});

Deno.test("the same policy trial gives the same bytes, stored once", async () => {
  await withTemporaryFolder(async (data) => {
    const config = policyTrial("pso", { actionsPerPlan: 100 });
    const read = async (name: string) => {
      const dataDirectory = `${data}/${name}`;
      const directory = await runStoredTrial(config, { dataDirectory, clock });
      return await readResults(directory!);
    };
    const first = await read("first");
    assertEquals(await read("second"), first);
    assertEquals(Object.keys(first).sort(), [
      "evaluations.csv",
      "manifest.json",
    ]);
  });
});

Deno.test("a stopped policy trial leaves no result", async () => {
  const controller = new AbortController();
  const episodes: number[] = [];
  const result = await runPolicyTrial(policyTrial("random"), {
    clock,
    signal: controller.signal,
    onEpisode: ({ episode }) => {
      episodes.push(episode);
      controller.abort();
    },
  });
  assertEquals(result, undefined);
  assertEquals(episodes, [1]);
});

Deno.test("a policy that plans ahead is shown just the slots that are played", async () => {
  const env = new EdgeEnv(SMALL_SCENARIO, { split: "test" });
  const shown: (readonly TraceSlot[])[] = [];
  const views: SlotView[] = [];
  await playPolicy(
    {
      name: "idle",
      beginEpisode: (slots) => void shown.push(slots),
      decide: (view) => {
        views.push(view);
        return new Float32Array(env.actionSize);
      },
    },
    env,
    5,
  );
  assertEquals(shown.length, 1);
  assertEquals(views.map(({ slot }) => slot), [0, 1, 2, 3]);
  assertEquals(views.map(({ visible }) => visible), [...shown[0]]);
});

Deno.test("a policy of one's own is tested on what a sweep tests every method on", async () => {
  for (
    const scenario of [
      PAPER_SCENARIO,
      deriveScenario(PAPER_SCENARIO, {
        assumptions: { instanceDraw: "fixed", redraw: "slot" },
      }),
    ]
  ) {
    for (const seed of [0, 5]) {
      const name = "request-aware-square-root";
      const own = { name: "mine", decide: POLICIES[name]().decide };
      const row = await testPolicy(own, { scenario, seed, episodes: 2 });
      const trial = await runPolicyTrial(
        { policy: name, scenario, seed, testEpisodes: 2 },
        { clock },
      );
      assertEquals([row], trial!.evaluations);
    }
  }
});

Deno.test("testing refuses seeds and numbers of episodes that are none", async () => {
  const setup = { scenario: SMALL_SCENARIO, seed: 0, episodes: 1 };
  for (
    const [wrong, message] of [
      [{ episodes: 0 }, "episodes must be a whole number from 1 to 1000000"],
      [{ episodes: 1.5 }, "episodes must be a whole number"],
      [{ seed: -1 }, "seed must be a whole number from 0 to 1000000000"],
    ] as const
  ) {
    await assertRejects(
      () => testPolicy(POLICIES.random(), { ...setup, ...wrong }),
      InputError,
      `Cannot test the policy: ${message}`,
    );
  }
});

/** Shares are a hundred times what there is, in every second slot. */
function createGreedy(): Policy {
  const honest = POLICIES["request-aware-equal"]();
  return {
    name: "greedy",
    decide: (view) => {
      const decision = honest.decide(view);
      return view.slot % 2 === 0 ? decision : {
        ...decision,
        bandwidthShare: decision.bandwidthShare.map((share) => 100 * share),
        computeShare: decision.computeShare.map((share) => 100 * share),
      };
    },
  };
}

Deno.test("slots in which a constraint is broken are counted, once each", async () => {
  const setup = { scenario: SMALL_SCENARIO, seed: 0, episodes: 3 };
  // Of the 4 slots of an episode 2 break 18c, 18d, 18f and 18g at once.
  assertEquals((await testPolicy(createGreedy(), setup)).violations, 3 * 2);
  assertEquals((await testPolicy(POLICIES.random(), setup)).violations, 0);
  const env = new EdgeEnv(SMALL_SCENARIO, { split: "test" });
  assertEquals((await playPolicy(createGreedy(), env, 0)).violations, 2);
});

Deno.test("with a storage penalty a search breaks 18e, and its trial says in how many slots", async () => {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { storageViolation: "penalty", storagePenalty: 0 },
    parameters: { serverStorageGigabytes: [1, 2], storageCost: 0 },
  });
  const row = await testRow(policyTrial("pso", { scenario }));
  assert(row.violations > 0 && row.violations <= 8, `${row.violations}`);
  const optimum = await testRow(policyTrial("optimum", { scenario }));
  assertEquals(optimum.violations, 0);
});

Deno.test("under lagged visibility nobody is shown the slots of an episode in advance", async () => {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { requestVisibility: "lagged" },
  });
  let shown: readonly TraceSlot[] | undefined;
  const policy = POLICIES.random();
  await testPolicy(
    {
      name: "curious",
      beginEpisode: (slots) => void (shown = slots),
      decide: (view) => policy.decide(view),
    },
    { scenario, seed: 0, episodes: 1 },
  );
  assertEquals(shown, []);
});

Deno.test("under lagged visibility a policy sees the requests of the slot before", () => {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { requestVisibility: "lagged" },
  });
  const env = new EdgeEnv(scenario);
  const { observation, info: { trace } } = env.reset(1);
  assertEquals(env.view.observation, observation);
  env.step(new Float32Array(env.actionSize));
  const { visible } = env.view;
  assertEquals(
    visible.state.requestedModel,
    trace.slots[0].state.requestedModel,
  );
  assertEquals(visible.state.fading, trace.slots[1].state.fading);
  assertEquals(visible.server, trace.slots[1].server);
});

Deno.test("identities of policy trials name the policy and depend on the budget", () => {
  const id = trialId(policyTrial("pso"));
  assert(/^pso-seed3-[0-9a-f]{12}$/.test(id));
  assertNotEquals(trialId(policyTrial("pso", { actionsPerPlan: 9 })), id);
});
