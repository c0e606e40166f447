import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { encodeCheckpoint } from "../../lib/agents/mod.ts";
import { DamagedTrialError, readTrial } from "../../lib/trials/check_trial.ts";
import { STATE_FILE } from "../../lib/trials/kept_state.ts";
import { loadPolicy, makePolicy } from "../../lib/trials/load_policy.ts";
import type { MethodFile } from "../../lib/trials/method_file.ts";
import { playPolicy } from "../../lib/trials/play_policy.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { deriveScenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import { LFU_FILE } from "./copy_methods.ts";
import {
  readTree,
  smallTrial,
  storeSealed,
  withTemporaryFolder,
} from "./fixtures.ts";
import {
  COUNTING_FILE,
  ownTrial,
  ruleTrial,
  withStored,
} from "./played_trials.ts";

Deno.test("a world that a trained policy does not fit is refused before anything is played", async () => {
  const { loaded, trial } = await ownTrial(COUNTING_FILE);
  for (const config of [smallTrial(), trial]) {
    await withStored(config, async (folder) => {
      const policy = await loadPolicy(
        folder,
        config === trial ? { method: loaded } : {},
      );
      for (
        const [key, own] of [["numUsers", 3], ["numServers", 2], [
          "numModels",
          5,
        ]] as const
      ) {
        const scenario = deriveScenario(SMALL_SCENARIO, {
          parameters: { [key]: own + 1 },
        });
        const error = await assertRejects(
          () => playPolicy(policy, { scenario }),
          InputError,
        );
        assertEquals(
          error.message,
          `Cannot play ${policy.name}: scenario.parameters.${key} must be ${own}, as in its training, got ${
            own + 1
          }`,
        );
      }
    });
  }
});

Deno.test("a world in which a trained policy would observe more is refused", async () => {
  await withStored(smallTrial(), async (folder) => {
    const policy = await loadPolicy(folder);
    const scenario = deriveScenario(SMALL_SCENARIO, {
      assumptions: { modelLoading: "charged" },
    });
    await assertRejects(
      () => playPolicy(policy, { scenario }),
      InputError,
      `Cannot play ${policy.name}: observations must have 13 numbers, as in its training, got 24`,
    );
  });
});

/** Stores a trial's files anew, with sums that fit, whatever they hold. */
async function reseal(
  folder: string,
  data: string,
  changes: Readonly<Record<string, Uint8Array | undefined>>,
): Promise<string> {
  const { manifest } = await readTrial(folder);
  const { "manifest.json": _, "provenance.json": __, ...files } =
    await readTree(folder);
  const all = Object.entries({ ...files, ...changes })
    .filter((one): one is [string, Uint8Array] => one[1] !== undefined);
  return await storeSealed(data, manifest.config, Object.fromEntries(all));
}

Deno.test("a policy that is damaged is not played, nor one of another network whose sums fit", async () => {
  await withStored(smallTrial(), async (folder) => {
    const path = `${folder}/policy/weights.bin`;
    const weights = await Deno.readFile(path);
    const model = await Deno.readTextFile(`${folder}/policy/model.json`);
    const spoilt = weights.slice();
    spoilt[3] ^= 1;
    await Deno.writeFile(path, spoilt);
    await assertRejects(
      () => loadPolicy(folder),
      DamagedTrialError,
      "policy/weights.bin is damaged",
    );
    await Deno.writeFile(path, weights);
    const infinite = new Float32Array(weights.slice().buffer).fill(Infinity);
    const cases: [Record<string, Uint8Array>, string][] = [
      [{ "policy/weights.bin": weights.slice(4) }, "as many numbers of actor"],
      [{ "policy/weights.bin": weights.slice(1) }, "multiple of 4"],
      [{ "policy/weights.bin": new Uint8Array(infinite.buffer) }, "finite"],
      [
        {
          "policy/model.json": new TextEncoder().encode(
            model.replace('"tanh"', '"relu"'),
          ),
        },
        "policy/model.json is of another network",
      ],
      [{ "policy/model.json": new Uint8Array() }, "JSON"],
    ];
    for (const [changes, message] of cases) {
      await withTemporaryFolder(async (data) => {
        const policy = await loadPolicy(await reseal(folder, data, changes));
        const error = await assertRejects(() => playPolicy(policy), InputError);
        assert(error.message.includes(message), error.message);
        assert(
          error.message.startsWith(
            `Cannot play ${policy.name}: its policy must be one of td3, got: `,
          ),
          error.message,
        );
      });
    }
    await withTemporaryFolder(async (data) => {
      const gone = await reseal(folder, data, {
        "policy/weights.bin": undefined,
      });
      await assertRejects(
        () => loadPolicy(gone),
        InputError,
        "its folder must hold policy/weights.bin",
      );
    });
  });
});

Deno.test("a kept state that is none of the learner's is not played", async () => {
  const { loaded, trial } = await ownTrial(COUNTING_FILE);
  await withStored(trial, async (folder) => {
    const state = encodeCheckpoint({
      episode: 12,
      agent: { algorithm: "counting", counters: {}, streams: {}, arrays: {} },
      extra: null,
    });
    for (
      const [bytes, message] of [
        [state, "counts must be one a model"],
        [state.slice(1), 'must start with "EAIGCKPT"'],
      ] as const
    ) {
      await withTemporaryFolder(async (data) => {
        const changed = await reseal(folder, data, { [STATE_FILE]: bytes });
        const policy = await loadPolicy(changed, { method: loaded });
        await assertRejects(() => playPolicy(policy), InputError, message);
      });
    }
    await withTemporaryFolder(async (data) => {
      const old = await reseal(folder, data, { [STATE_FILE]: undefined });
      await assertRejects(
        () => loadPolicy(old, { method: loaded }),
        InputError,
        `its folder must hold ${STATE_FILE} (a trial of an older version has to run again), got none`,
      );
    });
  });
});

Deno.test("a trial of a method from a file wants that very file, one of the project's none", async () => {
  const { loaded, trial } = await ownTrial(LFU_FILE);
  const file: MethodFile = { ...loaded.file, sha256: "0".repeat(64) };
  await withStored(trial, async (folder) => {
    await assertRejects(
      () => loadPolicy(folder),
      InputError,
      `the method must be the file that the trial ran, of SHA-256 ${loaded.file.sha256}, got none`,
    );
    await assertRejects(
      () => loadPolicy(folder, { method: { ...loaded, file } }),
      InputError,
      "has been edited), got 000",
    );
  });
  await withStored(ruleTrial("random"), async (folder) => {
    await assertRejects(
      () => loadPolicy(folder, { method: loaded }),
      InputError,
      "the method must be left out for a trial of the project's random, got lfu",
    );
  });
});

Deno.test("a learner without a trial, seeds and lengths that are none are refused", async () => {
  assertThrows(
    () => makePolicy("td3"),
    InputError,
    "Cannot play td3: it must be a method that is not trained, or a finished trial",
  );
  assertThrows(() => makePolicy("optimum", { a: 1 }), InputError, "left out");
  const optimum = makePolicy("optimum");
  const cases: [object, string][] = [
    [{ seed: -1 }, "Cannot play optimum: seed must be a whole number"],
    [{ episodes: 0 }, "Cannot play optimum: episodes must be a whole number"],
    [{ scenario: "small" }, "Cannot play optimum: scenario must be a scenario"],
  ];
  for (const [options, message] of cases) {
    await assertRejects(
      () => playPolicy(optimum, options),
      InputError,
      message,
    );
  }
  await assertRejects(
    () => loadPolicy("nowhere/td3-seed0-000000000000"),
    InputError,
    "must be the folder of a finished trial, got none",
  );
});
