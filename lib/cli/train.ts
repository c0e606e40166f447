/**
 * `deno task train`: trains one agent.
 *
 * @module
 */

import { NotFiniteError } from "../agents/mod.ts";
import { readTrial } from "../trials/check_trial.ts";
import type { BoardTrial } from "../studies/event_records.ts";
import type { EpisodeRow } from "../trials/rows.ts";
import { checkpointPath, runStoredTrial } from "../trials/run_stored_trial.ts";
import { exists, trialDirectory } from "../trials/store.ts";
import { isWhole } from "../trials/aside.ts";
import { cellOf } from "../studies/tuning/plan.ts";
import {
  firstLearningEpisode,
  makeTrial,
  type TrainingConfig,
  trialId,
} from "../trials/trial.ts";
import { InputError } from "../input/input_error.ts";
import { LEARNERS } from "../methods/mod.ts";
import { mean } from "../stats/statistics.ts";
import type { Engine } from "../nn/mod.ts";
import { PRESETS } from "../scenario/scenario.ts";
import { ENGINE_HELP, openChosenEngine } from "./engine.ts";
import { parseArguments, readCount, readSeed, runMain } from "./command.ts";
import { readNative, sayNative } from "./native.ts";
import { formatShort } from "./progress.ts";
import { selectMethod } from "./select_method.ts";
import { readScenario } from "./scenario.ts";
import {
  acceptedLine,
  checkStaleChoice,
  settleStale,
  STALE_HELP,
  type StaleChoice,
} from "./stale.ts";
import { readData } from "./sweep_options.ts";
import { stopOnSignals } from "./signals.ts";
import { TRAIN } from "./study_tasks.ts";
import { openEventFiles } from "./tensorboard.ts";

const HELP = `
Trains one learner and stores curve, evaluations, policy and manifest.

Usage: deno task train ${
  LEARNERS.map(({ name }) => name).join("|")
}|FILE [options]

  FILE                  a module whose default export is a learner of your own

  --scenario NAME|FILE  a preset (${
  Object.keys(PRESETS).join(", ")
}) or a scenario file; by default paper
  --seed N              root of every random stream; by default 0
  --set KEY=VALUE       a hyperparameter, such as discount=0.9; may be given again
  --episodes N          training episodes; by default the scenario's
  ${ENGINE_HELP}
                 --engine auto takes wasm or blas, whichever is faster here
  --data DIR            where results go; by default data
  --tensorboard DIR     TensorBoard's event files too, while it trains

Ctrl-C stops after the present episode; the same command continues.
${STALE_HELP}
Training fails at the first number that is not finite, and says which.
Exit code: 0, or 1 if stopped or failed, or 2 if an argument or file is not valid.
`;

/** Episodes from one line of progress to the next. */
const LINE_EPISODES = 10;

/** Says from which episode on the agent learns. */
function learningBegins(config: TrainingConfig): string {
  const { episodes, hyperparameters = {} } = config;
  const { minReplaySize = 0 } = hyperparameters;
  const first = firstLearningEpisode(config);
  const end = first > episodes
    ? `: nothing is learnt in ${episodes} episodes.`
    : ".";
  return `Updates begin with episode ${first}, after ${minReplaySize} slots (minReplaySize)${end}`;
}

/** Prints where results are, and what the policy came to. */
async function printResult(
  directory: string,
  { testEpisodes }: TrainingConfig,
): Promise<void> {
  const { episodeReturn, hitRate, violations } = (await readTrial(directory))
    .lastEvaluation();
  console.log(
    `Greedy on ${testEpisodes} test episodes: return ${
      episodeReturn.toFixed(3)
    }, hit rate ${hitRate.toFixed(3)}`,
  );
  if (violations > 0) {
    console.log(
      `Infeasible: a constraint of Eq. 18 is broken in ${violations} of their slots`,
    );
  }
  console.log(`Results are in ${directory}`);
}

/** Prints a line for every so many episodes, with their means. */
function linePrinter(episodes: number): (row: EpisodeRow) => void {
  let line: EpisodeRow[] = [];
  return (row) => {
    line.push(row);
    const { episode } = row;
    if (episode % LINE_EPISODES !== 0 && episode !== episodes) return;
    const of = (key: "episodeReturn" | "hitRate") =>
      mean(line.map((one) => one[key])).toFixed(3);
    const first = line[0].episode;
    console.log(
      `episodes ${first} to ${episode} of ${episodes}: mean return ${
        of("episodeReturn")
      }, hit rate ${of("hitRate")}`,
    );
    line = [];
  };
}

/** What {@linkcode train} needs. */
interface TrainOptions {
  readonly data: string;
  readonly engine: Engine;
  readonly native: boolean;
  readonly choice: StaleChoice;
  readonly onEpisode?: (row: EpisodeRow) => Promise<void>;
}

/** Trains unless that is done, and prints what it came to; returns the exit code. */
async function train(
  config: TrainingConfig,
  { data, engine, native, choice, onEpisode }: TrainOptions,
): Promise<number> {
  const onNote = (line: string) => console.error(line);
  const accepted = await settleStale([trialId(config)], {
    dataDirectory: data,
    choice,
  });
  if (accepted === undefined) return 1;
  for (const line of acceptedLine(accepted)) console.log(line);
  if (await isWhole(data, trialId(config), onNote)) {
    console.log("Finished before.");
    await printResult(trialDirectory(data, config), config);
    return 0;
  }
  await sayNative(native, [engine.name]);
  const by = engine.library === undefined ? "" : ` by ${engine.library}`;
  console.log(`The ${engine.name} engine computes the networks${by}.`);
  console.log(learningBegins(config));
  if (await exists(checkpointPath(data, config))) {
    console.log("Continuing from the checkpoint.");
  }
  const printLine = linePrinter(config.episodes);
  const startMs = performance.now();
  const running = runStoredTrial(config, {
    dataDirectory: data,
    native,
    clock: () => performance.now(),
    signal: stopOnSignals(),
    onNote,
    onEpisode: (row) => {
      printLine(row);
      return onEpisode?.(row);
    },
  });
  let directory: string | undefined;
  try {
    directory = await running;
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error;
    console.error(error.message);
    return 1;
  }
  if (directory === undefined) {
    console.log("Stopped. The same command continues from here.");
    return 1;
  }
  const seconds = (performance.now() - startMs) / 1000;
  console.log(`Trained and evaluated in ${formatShort(seconds)}.`);
  await printResult(directory, config);
  return 0;
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...TRAIN }, args);
  if (parsed === undefined) return 0;
  const { values, positionals } = parsed;
  const chosen = await selectMethod(
    "the algorithm",
    positionals[0],
    values.set,
    ({ learns }) => learns === true,
  );
  if (!chosen.method.learns) {
    throw new InputError(
      `Cannot train: ${
        positionals[0]
      } must be a method that learns, got ${chosen.name} (sweep and evaluate run it)`,
    );
  }
  const scenario = await readScenario(values.scenario);
  const episodes = values.episodes === undefined
    ? scenario.parameters.numEpisodes
    : readCount("episodes", values.episodes, 1, 1_000_000);
  const native = readNative(values);
  const engine = await openChosenEngine(values.engine, native);
  const config = makeTrial(
    chosen.method,
    { scenario, seed: readSeed(values.seed), episodes, engine: engine.name },
    chosen.hyperparameters,
    {
      act: "train",
      ...chosen.file === undefined ? {} : { file: chosen.file },
    },
  ) as TrainingConfig;
  const data = readData(values.data);
  checkStaleChoice(values);
  const events = await openEventFiles(values.tensorboard, data);
  const trial: BoardTrial = {
    id: trialId(config),
    config,
    method: chosen.name,
    values: Object.fromEntries(
      Object.entries(chosen.hyperparameters)
        .map(([key, value]) => [`${chosen.name}.${key}`, cellOf(value)]),
    ),
  };
  try {
    const code = await train(config, {
      data,
      engine,
      native,
      choice: values,
      ...events === undefined
        ? {}
        : { onEpisode: (row) => events.episode(trial, row) },
    });
    if (code === 0) events?.finished(trial);
    return await events?.close() === false ? 1 : code;
  } finally {
    await events?.close();
  }
}

if (import.meta.main) await runMain(main);
