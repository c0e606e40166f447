import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { SMALL_LEARNER } from "../../lib/agents/mod.ts";
import { readTrial } from "../../lib/trials/check_trial.ts";
import { STATE_FILE } from "../../lib/trials/kept_state.ts";
import { loadPolicy, makePolicy } from "../../lib/trials/load_policy.ts";
import type { LoadedMethod } from "../../lib/trials/method_file.ts";
import { play } from "../../lib/trials/play.ts";
import {
  playPolicy,
  type PlayPolicyOptions,
} from "../../lib/trials/play_policy.ts";
import { runStoredTrial } from "../../lib/trials/run_stored_trial.ts";
import { runTrial } from "../../lib/trials/run_trial.ts";
import type { TrialConfig } from "../../lib/trials/trial.ts";
import type { Hyperparameters } from "../../lib/methods/mod.ts";
import { deriveScenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import { LFU_FILE, PINK_FILE } from "./copy_methods.ts";
import { readTree, smallTrial, withTemporaryFolder } from "./fixtures.ts";
import {
  clock,
  COUNTING_FILE,
  ownTrial,
  ruleTrial,
  withStored,
} from "./played_trials.ts";

/** Plays what is stored, and expects its test row. */
async function assertPlaysItsTest(
  folder: string,
  method?: LoadedMethod,
): Promise<void> {
  const before = await readTree(folder);
  const policy = await loadPolicy(
    folder,
    method === undefined ? {} : { method },
  );
  for (const _ of ["once", "and again"]) {
    const { totals, stored, slots } = await playPolicy(policy);
    const row = (await readTrial(folder)).lastEvaluation();
    assertEquals(totals, row);
    assertEquals(stored, { row, differing: [] });
    assertEquals(slots.length, 2 * SMALL_SCENARIO.parameters.slotsPerEpisode);
  }
  assertEquals(await readTree(folder), before);
}

for (const method of ["td3", "ddpg"]) {
  Deno.test(`what ${method} has learned plays its stored test row to the last digit`, async () => {
    await withStored(smallTrial({ method }), assertPlaysItsTest);
  });
}

for (const method of ["pso", "ga", "random", "static-popularity", "optimum"]) {
  Deno.test(`a trial of ${method} plays its stored test row to the last digit`, async () => {
    await withStored(ruleTrial(method), assertPlaysItsTest);
  });
}

Deno.test("a trial that chooses plays its stored validation row to the last digit", async () => {
  await withStored(
    { ...ruleTrial("random"), split: "validation" },
    async (folder) => {
      const { totals, stored } = await playPolicy(await loadPolicy(folder));
      assertEquals([totals.split, stored?.differing], ["validation", []]);
    },
  );
});

Deno.test("a rule from a file plays its stored test row to the last digit", async () => {
  const { loaded, trial } = await ownTrial(LFU_FILE);
  await withStored(trial, (folder) => assertPlaysItsTest(folder, loaded));
});

Deno.test("an agent from a file plays its stored test row to the last digit", async () => {
  const { loaded, trial } = await ownTrial(PINK_FILE, SMALL_LEARNER);
  await withStored(trial, (folder) => assertPlaysItsTest(folder, loaded));
});

Deno.test("a learner from a file that learns from the test too begins it where its training ended", async () => {
  const { loaded, trial } = await ownTrial(COUNTING_FILE);
  await withStored(trial, async (folder) => {
    await assertPlaysItsTest(folder, loaded);
    const untrained = await runTrial({ ...trial, episodes: 0 } as TrialConfig, {
      clock,
      method: loaded.method,
    });
    assertNotEquals(
      untrained!.evaluations.at(-1)!.objective,
      (await readTrial(folder)).lastEvaluation().objective,
    );
  });
});

Deno.test("a learner from a file keeps its state after a stop as without one", async () => {
  const { trial } = await ownTrial(COUNTING_FILE);
  await withTemporaryFolder(async (data) => {
    const whole = await runStoredTrial(trial, {
      dataDirectory: `${data}/whole`,
      clock,
    });
    for (const last of [5, 12]) {
      const controller = new AbortController();
      const options = { dataDirectory: `${data}/stopped-${last}`, clock };
      await runStoredTrial(trial, {
        ...options,
        signal: controller.signal,
        onEpisode: ({ episode }) => {
          if (episode === last) controller.abort();
        },
      });
      const continued = await runStoredTrial(trial, options);
      assertEquals(
        await Deno.readFile(`${continued}/${STATE_FILE}`),
        await Deno.readFile(`${whole}/${STATE_FILE}`),
      );
    }
  });
});

Deno.test("keeping the state of a learner from a file changes no number", async () => {
  for (
    const [path, values] of [[COUNTING_FILE, {}], [
      PINK_FILE,
      SMALL_LEARNER,
    ]] as const
  ) {
    const { loaded: { method }, trial } = await ownTrial(path, values);
    const { files } = (await runTrial(trial, { clock, method }))!;
    await withStored(trial, async (folder) => {
      const stored = await readTree(folder);
      const decode = (content: string | Uint8Array) =>
        typeof content === "string"
          ? content
          : new TextDecoder().decode(content);
      for (const [name, content] of Object.entries(files)) {
        if (name === "manifest.json") continue;
        assertEquals(decode(stored[name]), decode(content), name);
      }
      assert(STATE_FILE in stored);
    });
  }
});

Deno.test("a method that is made plays what the same trial in a sweep comes to", async () => {
  const world = { scenario: SMALL_SCENARIO, seed: 5 };
  for (const name of ["pso", "optimum", "random"]) {
    const values: Hyperparameters = name === "pso"
      ? { actionsPerPlan: 50 }
      : {};
    const { totals, slots, stored, series } = await playPolicy(
      makePolicy(name, values),
      { ...world, episodes: 3 },
    );
    const [{ series: expected, seed: _, ...row }] = await play(name, {
      scenario: SMALL_SCENARIO,
      seeds: 5,
      testEpisodes: 3,
      hyperparameters: values,
    });
    assertEquals([totals, series, stored], [row, expected, undefined]);
    assertEquals(
      slots.map(({ episode, slot }) => [episode, slot]),
      [1, 2, 3].flatMap((episode) =>
        [0, 1, 2, 3].map((slot) => [episode, slot])
      ),
    );
    const sum = slots.reduce((sum, { reward }) => sum + reward, 0);
    assert(Math.abs(sum / 3 - totals.episodeReturn) < 1e-12);
  }
});

Deno.test("a trained policy plays other seeds, lengths and worlds of its sizes, which are not compared", async () => {
  await withStored(smallTrial(), async (folder) => {
    const policy = await loadPolicy(folder);
    const own = await playPolicy(policy);
    const dear = deriveScenario(SMALL_SCENARIO, {
      parameters: { gpuRentalCost: 40 },
    });
    for (
      const options of [{ seed: 4 }, { episodes: 1 }, {
        scenario: dear,
      }] as PlayPolicyOptions[]
    ) {
      const { stored, totals } = await playPolicy(policy, options);
      assertEquals(stored, undefined);
      assertNotEquals(totals, own.totals);
    }
    // The name of a scenario decides nothing.
    const named = deriveScenario(SMALL_SCENARIO, { name: "mine" });
    const { stored } = await playPolicy(policy, { scenario: named });
    assertEquals(stored?.differing, []);
  });
});

Deno.test("a method that is not trained plays worlds of any size", async () => {
  await withStored(ruleTrial("pso"), async (folder) => {
    const scenario = deriveScenario(SMALL_SCENARIO, {
      parameters: { numUsers: 5 },
    });
    const { totals, stored } = await playPolicy(await loadPolicy(folder), {
      scenario,
      episodes: 1,
    });
    assertEquals([totals.violations, stored], [0, undefined]);
  });
});
