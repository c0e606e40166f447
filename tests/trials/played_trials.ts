/**
 * Short trials that are stored, to be played.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { loadMethodFile } from "../../lib/trials/method_file.ts";
import { runStoredTrial } from "../../lib/trials/run_stored_trial.ts";
import { makeTrial, type TrialConfig } from "../../lib/trials/trial.ts";
import { type Scenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import { withTemporaryFolder } from "./fixtures.ts";

/** A clock that stands. */
export const clock = () => 0;

/** A learner that is none of the lab's agents. */
export const COUNTING_FILE = fileURLToPath(
  new URL("counting_learner.ts", import.meta.url),
);

/** A trial of a method from a file, of under a second. */
export async function ownTrial(path: string, hyperparameters = {}) {
  const loaded = await loadMethodFile(path);
  const trial = makeTrial(
    loaded.method,
    {
      scenario: SMALL_SCENARIO,
      seed: 3,
      episodes: 12,
      evaluateEvery: 4,
      evaluationEpisodes: 2,
      testEpisodes: 2,
    },
    hyperparameters,
    { file: loaded.file },
  );
  return { loaded, trial };
}

/** A trial of a method that needs no training. */
export function ruleTrial(method: string, scenario: Scenario = SMALL_SCENARIO) {
  return makeTrial(method, {
    scenario,
    seed: 3,
    testEpisodes: 2,
    actionsPerPlan: 50,
  });
}

/** Runs `use` with the folder of a trial that is run for it. */
export function withStored(
  config: TrialConfig,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder(async (dataDirectory) => {
    const folder = await runStoredTrial(config, { dataDirectory, clock });
    await use(folder!);
  });
}
