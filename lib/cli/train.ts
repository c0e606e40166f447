/**
 * `deno task train`: trains one agent.
 *
 * @module
 */

import {
  checkpointPath,
  runStoredTrial,
} from "../experiments/run_stored_trial.ts";
import { exists, isFinished, trialDirectory } from "../experiments/store.ts";
import {
  type Algorithm,
  ALGORITHMS,
  type TrainingConfig,
} from "../experiments/trial.ts";
import { DEFAULT_ENGINE } from "../nn/mod.ts";
import { PRESETS } from "../scenario/scenario.ts";
import { ENGINE_HELP, readEngine } from "./engine.ts";
import { parseArguments, readChoice, readCount, runMain } from "./main.ts";
import { readScenario } from "./scenario.ts";
import { stopOnSignals } from "./signals.ts";

const HELP = `
Trains one agent and stores curve, evaluations, policy and manifest.

Usage: deno task train td3|ddpg [options]

  --scenario NAME|FILE  a preset (${
  Object.keys(PRESETS).join(", ")
}) or a scenario file; by default paper
  --seed N              root of every random stream; by default 0
  --episodes N          training episodes; by default the scenario's
  ${ENGINE_HELP}
  --data DIR            where results go; by default data

Ctrl-C stops after the present episode; the same command continues.
Exit code: 0, or 1 if stopped, or 2 if an argument or file is not valid.
`;

function readAlgorithm(text: string): Algorithm {
  const written = ALGORITHMS.find((one) => one === text.toLowerCase()) ?? text;
  return readChoice("the algorithm", ALGORITHMS, written);
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({
    help: HELP,
    options: {
      scenario: { type: "string", default: "paper" },
      seed: { type: "string", default: "0" },
      episodes: { type: "string" },
      engine: { type: "string", default: DEFAULT_ENGINE },
      data: { type: "string", default: "data" },
    },
    positionals: [1, 1],
  }, args);
  if (parsed === undefined) return 0;
  const { values, positionals } = parsed;
  const algorithm = readAlgorithm(positionals[0]);
  const scenario = await readScenario(values.scenario);
  const episodes = values.episodes === undefined
    ? scenario.parameters.numEpisodes
    : readCount("episodes", values.episodes, 1);
  const config: TrainingConfig = {
    algorithm,
    scenario,
    seed: readCount("seed", values.seed, 0),
    episodes,
    evaluateEvery: Math.max(1, Math.round(episodes / 12)),
    evaluationEpisodes: 5,
    testEpisodes: 30,
    engine: await readEngine(values.engine),
  };
  const { data } = values;
  if (await isFinished(data, config)) {
    console.log(
      `Finished before. Results are in ${trialDirectory(data, config)}`,
    );
    return 0;
  }
  console.log(`The ${config.engine} engine computes the networks.`);
  if (await exists(checkpointPath(data, config))) {
    console.log("Continuing from the checkpoint.");
  }
  const directory = await runStoredTrial(config, {
    dataDirectory: data,
    clock: () => performance.now(),
    signal: stopOnSignals(),
    onEpisode: ({ episode, episodeReturn, hitRate }) => {
      if (episode % 10 !== 0 && episode !== episodes) return;
      console.log(
        `episode ${episode}/${episodes}  return ${
          episodeReturn.toFixed(3)
        }  hit rate ${hitRate.toFixed(3)}`,
      );
    },
  });
  if (directory === undefined) {
    console.log("Stopped. The same command continues from here.");
    return 1;
  }
  console.log(`Results are in ${directory}`);
  return 0;
}

if (import.meta.main) await runMain(main);
