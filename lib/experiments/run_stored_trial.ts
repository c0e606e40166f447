/**
 * A trial with its files: it continues from its checkpoint if there is one, and
 * leaves its results in the store.
 *
 * @module
 */

import { dirname } from "node:path";
import { writeFileAtomically } from "../files/write_file.ts";
import { collectProvenance } from "./provenance.ts";
import { runPolicyTrial } from "./run_policy_trial.ts";
import { runTrial, type RunTrialOptions } from "./run_trial.ts";
import { exists, isFinished, storeTrial, trialDirectory } from "./store.ts";
import { isPolicyTrial, type TrialConfig } from "./trial.ts";

/** Where and how {@linkcode runStoredTrial} runs. */
export interface RunStoredTrialOptions
  extends Pick<RunTrialOptions, "clock" | "onEpisode" | "signal"> {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Training episodes between checkpoints; by default 50. */
  readonly checkpointEvery?: number;
}

/** File of a trial's checkpoint while it is not finished. */
export function checkpointPath(
  dataDirectory: string,
  config: TrialConfig,
): string {
  return `${trialDirectory(dataDirectory, config)}.checkpoint`;
}

/**
 * Runs a trial unless it is finished, and stores its results.
 *
 * @returns The trial's folder, or `undefined` if `signal` stopped it; what was
 * trained is then in its checkpoint. A policy's trial is short and has none.
 */
export async function runStoredTrial(
  config: TrialConfig,
  options: RunStoredTrialOptions,
): Promise<string | undefined> {
  const { dataDirectory } = options;
  if (await isFinished(dataDirectory, config)) {
    return trialDirectory(dataDirectory, config);
  }
  const path = checkpointPath(dataDirectory, config);
  await Deno.mkdir(dirname(path), { recursive: true });
  const result = isPolicyTrial(config)
    ? await runPolicyTrial(config, options)
    : await runTrial(config, {
      ...options,
      ...(await exists(path) ? { checkpoint: await Deno.readFile(path) } : {}),
      checkpoints: {
        every: options.checkpointEvery ?? 50,
        save: (bytes) => writeFileAtomically(path, bytes),
      },
    });
  if (result === undefined) return undefined;
  const provenance = { ...await collectProvenance(), ...result.timings };
  const directory = await storeTrial(dataDirectory, config, {
    ...result.files,
    "provenance.json": JSON.stringify(provenance, null, 1) + "\n",
  });
  await Deno.remove(path).catch(() => {});
  return directory;
}
