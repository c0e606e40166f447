import { SMALL_LEARNER } from "../../lib/agents/mod.ts";
import { findMethod, resolveHyperparameters } from "../../lib/methods/mod.ts";
import {
  PROVENANCE,
  sealFiles,
  sealProvenance,
} from "../../lib/trials/seal.ts";
import { storeTrial, type TrialFiles } from "../../lib/trials/store.ts";
import {
  decisiveConfig,
  RESULTS_VERSION,
  type TrainingConfig,
  type TrialConfig,
  trialId,
} from "../../lib/trials/trial.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

/** A trial of under a second: the small scenario, a few updates. */
export function smallTrial(
  overrides: Partial<TrainingConfig> = {},
): TrainingConfig {
  const { method = "td3", hyperparameters } = overrides;
  return {
    method,
    scenario: SMALL_SCENARIO,
    seed: 3,
    episodes: 12,
    evaluateEvery: 4,
    evaluationEpisodes: 2,
    testEpisodes: 2,
    engine: "wasm",
    ...overrides,
    hyperparameters: resolveHyperparameters(findMethod(method), {
      ...SMALL_LEARNER,
      ...hyperparameters,
    }),
  };
}

/** Runs `use` with a folder that is removed afterwards. */
export async function withTemporaryFolder(
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Every file below a folder with its bytes, by relative path. */
export async function readTree(
  folder: string,
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) {
      for (const [name, bytes] of Object.entries(await readTree(path))) {
        files[`${entry.name}/${name}`] = bytes;
      }
    } else {
      files[entry.name] = await Deno.readFile(path);
    }
  }
  return files;
}

/** {@linkcode readTree} without provenance, which differs from run to run. */
export async function readResults(
  folder: string,
): Promise<Record<string, Uint8Array>> {
  return Object.fromEntries(
    Object.entries(await readTree(folder)).filter(([name]) =>
      !/(^|\/)provenance\.json$/.test(name)
    ),
  );
}

/** A worker that runs a line of code instead of a trial. */
export function script(code: string): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", code],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
}

/**
 * Stores files as if a trial had left them, sealed like its own.
 *
 * @param origin What its provenance says beside timings.
 */
export async function storeSealed(
  folder: string,
  config: TrialConfig,
  files: TrialFiles,
  origin: object = {},
): Promise<string> {
  const sealed = sealFiles({
    id: trialId(config),
    resultsVersion: RESULTS_VERSION,
    config: decisiveConfig(config),
    slotEvaluations: 0,
  }, files);
  const timings = {
    trainingSeconds: 3,
    evaluationSeconds: 1,
    decisionLatencyS: 0.001,
  };
  return await storeTrial(folder, config, {
    ...sealed,
    [PROVENANCE]: sealProvenance(
      { ...origin, ...timings },
      sealed["manifest.json"],
    ),
  });
}
