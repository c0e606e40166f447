import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { createAgent } from "../../lib/methods/mod.ts";
import { openEngine } from "../../lib/nn/mod.ts";
import { DEFAULT_ASSUMPTIONS } from "../../lib/scenario/assumptions.ts";
import { PRESETS } from "../../lib/scenario/mod.ts";
import { EdgeEnv } from "../../lib/env/mod.ts";
import { readSitePolicy } from "../../lib/cli/site_data.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { forward, openActor } from "../../docs/site/playground/actor.ts";

const POLICIES = fileURLToPath(
  new URL("../../docs/site/policies", import.meta.url),
);

Deno.test("a forward pass by hand: ReLU inside, tanh at the end", () => {
  // Hidden: max(0, 1·1 + 2·(−1) + 0.5) = 0 and max(0, 1·3 + 2·1 − 1) = 4.
  const parameters = Float32Array.of(
    ...[1, 3, -1, 1, 0.5, -1],
    ...[7, 0.25, -0.5],
  );
  const [action] = forward([2, 2, 1], parameters, Float32Array.of(1, 2));
  assertEquals(action, Math.fround(Math.tanh(0.25 * 4 - 0.5)));
});

Deno.test("the actor of the site decides as the agent whose weights it has", async () => {
  const engine = await openEngine("wasm");
  for (const world of ["paper", "balanced"]) {
    const folder = `${POLICIES}/${world}`;
    const policy = await readSitePolicy(folder, world);
    const { config } = JSON.parse(
      await Deno.readTextFile(`${folder}/manifest.json`),
    );
    // Readings that came after the training have their defaults.
    assertEquals({
      ...DEFAULT_ASSUMPTIONS,
      ...config.scenario.assumptions,
    }, PRESETS[world].assumptions);
    const agent = createAgent("td3", PRESETS[world], {
      engine,
      seed: 0,
      hyperparameters: config.hyperparameters,
    });
    const state = agent.save();
    const actor = new Float32Array(
      (await Deno.readFile(`${folder}/weights.bin`)).buffer,
    );
    agent.restore({ ...state, arrays: { ...state.arrays, actor } });
    const environment = new EdgeEnv(PRESETS[world], {
      split: "test",
      choices: policy.choices,
    });
    const { observation } = environment.reset(5);
    const expected = agent.act(observation);
    const decider = openActor(policy);
    const got = decider.decide(
      { observation } as Parameters<typeof decider.decide>[0],
    ) as Float32Array;
    assertEquals(got.length, expected.length);
    const furthest = got.reduce(
      (most, x, i) => Math.max(most, Math.abs(x - expected[i])),
      0,
    );
    assert(furthest < 1e-5, `${furthest}`);
    agent.dispose();
  }
});

Deno.test("weights of another network are refused", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.copyFile(
      `${POLICIES}/paper/manifest.json`,
      `${folder}/manifest.json`,
    );
    await Deno.writeFile(`${folder}/weights.bin`, new Uint8Array(8));
    await assertRejects(
      () => readSitePolicy(folder, "paper"),
      InputError,
      "bytes, got 8",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
