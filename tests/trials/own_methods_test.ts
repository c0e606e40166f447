import { SMALL_LEARNER } from "../../lib/agents/mod.ts";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { loadMethodFile } from "../../lib/trials/method_file.ts";
import { play } from "../../lib/trials/play.ts";
import { runTrial } from "../../lib/trials/run_trial.ts";
import { makeTrial } from "../../lib/trials/trial.ts";
import { openMethod, playEpisode } from "../../lib/methods/mod.ts";
import { fillCaches } from "../../lib/policies/mod.ts";
import { deriveScenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

const FOLDER = "lib/cli/new/methods";
const { method: lfu } = await loadMethodFile(`${FOLDER}/lfu.ts`);
const { method: pink } = await loadMethodFile(`${FOLDER}/td3_pink.ts`);

const clock = () => 0;

/** Training of under a second, with updates from episode 4 on. */
const SETTINGS = {
  scenario: SMALL_SCENARIO,
  episodes: 12,
  evaluateEvery: 4,
  evaluationEpisodes: 2,
  testEpisodes: 2,
};

for (
  const [world, assumptions] of Object.entries(
    {
      "with requests visible": {},
      "with requests lagged": { requestVisibility: "lagged" },
      "with users at any server that caches": {
        association: "cached-anywhere",
      },
    } as const,
  )
) {
  Deno.test(`LFU keeps all constraints and is the same again ${world}`, async () => {
    const scenario = deriveScenario(SMALL_SCENARIO, { assumptions });
    const setup = { scenario, seeds: "0-2", testEpisodes: 5 };
    const rows = await play(lfu, setup);
    assertEquals(rows.map(({ violations }) => violations), [0, 0, 0]);
    assertEquals(await play(lfu, setup), rows);
    const forgetful = await play(lfu, {
      ...setup,
      hyperparameters: { decay: 0 },
    });
    assertNotEquals(forgetful, rows);
  });
}

Deno.test("LFU caches what was requested, not what is popular by its number", async () => {
  // An instance whose smallest models are not the most popular ones.
  const instanceSeed = 1;
  const environment = new EdgeEnv(SMALL_SCENARIO, { instanceSeed });
  environment.reset(0);
  const { decider } = await openMethod(lfu, {
    scenario: SMALL_SCENARIO,
    seed: 0,
    instanceSeed,
  });
  const { view } = environment;
  const { instance } = view.visible;
  const { numModels, modelSizeBytes } = instance;
  decider.beginEpisode!({ slots: [] });
  const first = decider.decide(view);
  assert("cache" in first);
  // Nothing is known yet: the smallest models come first, whatever their numbers.
  const numbers = [...modelSizeBytes.keys()];
  const bySize = numbers.toSorted((a, b) =>
    modelSizeBytes[a] - modelSizeBytes[b]
  );
  assertEquals(first.cache, fillCaches(instance, () => bySize));
  assertNotEquals(first.cache, fillCaches(instance, () => numbers));
  const last = numModels - 1;
  const { info } = environment.stepDecision(first);
  const { played } = info;
  played.state.requestedModel.fill(last);
  decider.feedback!({ ...info, played, reward: 0 });
  const second = decider.decide(view);
  assert("cache" in second);
  for (const server of new Set(played.server)) {
    assertEquals(second.cache[server * numModels + last], 1);
  }
});

Deno.test("what LFU comes to in an episode does not depend on the one before", async () => {
  const { decider } = await openMethod(lfu, {
    scenario: SMALL_SCENARIO,
    seed: 0,
  });
  const environment = new EdgeEnv(SMALL_SCENARIO, { split: "test" });
  const alone = await playEpisode(decider, environment, 5);
  await playEpisode(decider, environment, 6);
  assertEquals(await playEpisode(decider, environment, 5), alone);
});

Deno.test("TD3 with pink noise of one octave is TD3, of more it is another", async () => {
  const run = async (method: "td3" | typeof pink, noiseOctaves?: number) => {
    const trial = makeTrial(
      method,
      { ...SETTINGS, seed: 3 },
      {
        ...SMALL_LEARNER,
        ...noiseOctaves === undefined ? {} : { noiseOctaves },
      },
    );
    const result = await runTrial(trial, {
      clock,
      ...typeof method === "string" ? {} : { method },
    });
    const { "manifest.json": _, ...files } = result!.files;
    return files;
  };
  const td3 = await run("td3");
  assert("policy/weights.bin" in td3);
  assertEquals(await run(pink, 1), td3);
  assertNotEquals(await run(pink, 2), td3);
});

Deno.test("TD3 with pink noise continues from a checkpoint to the same bytes", async () => {
  const trial = makeTrial(pink, { ...SETTINGS, seed: 3 }, SMALL_LEARNER);
  const whole = await runTrial(trial, { clock, method: pink });
  assert(JSON.parse(String(whole!.files["manifest.json"])).updates > 0);
  for (const stopAfter of [2, 7]) {
    const controller = new AbortController();
    let checkpoint: Uint8Array | undefined;
    const stopped = await runTrial(trial, {
      clock,
      method: pink,
      signal: controller.signal,
      checkpoints: {
        every: stopAfter,
        save: (bytes) => {
          checkpoint = bytes;
          controller.abort();
          return Promise.resolve();
        },
      },
    });
    assertEquals(stopped, undefined);
    assert(checkpoint);
    const continued = await runTrial(trial, {
      clock,
      method: pink,
      checkpoint,
    });
    assertEquals(continued, whole);
  }
});
