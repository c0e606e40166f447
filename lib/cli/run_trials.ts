/**
 * Running the trials that a command needs, in a pool of processes and with a line
 * of progress, but for those that are finished.
 *
 * @module
 */

import { runPool } from "../studies/pool.ts";
import type { ProfileName } from "../studies/paper/registry.ts";
import { isWhole } from "../trials/aside.ts";
import { mapConcurrently } from "../trials/map_concurrently.ts";
import {
  reportedEpisodes,
  type TrialConfig,
  trialId,
} from "../trials/trial.ts";
import { ENGINE_NAMES, type EngineName } from "../nn/engine_name.ts";
import { requireEngine } from "./engine.ts";
import { readChoice, readCount } from "./command.ts";
import { readNative, sayNative } from "./native.ts";
import { readProfile } from "./profile.ts";
import { Progress } from "./progress.ts";
import { checkStaleChoice, type StaleChoice } from "./stale.ts";
import { canOverwrite, oneLine, terminalSize } from "./terminal.ts";
import { workerCommand } from "../trials/worker_command.ts";

/** How a profile's trials are run. */
export interface RunOptions {
  /** Length and number of the trials. */
  readonly profile: ProfileName;
  /** Trials at a time. */
  readonly jobs: number;
  /** What computes the networks. */
  readonly engine: EngineName;
  /** Whether native kernels may be taken. */
  readonly native: boolean;
  /** What to do with stale trials. */
  readonly choice: StaleChoice;
}

/**
 * Reads the values of `RUN_OPTIONS`; by default there is a job per core.
 *
 * @throws {InputError} If one is not valid.
 */
export async function readRunOptions(
  values: StaleChoice & {
    readonly profile: string;
    readonly jobs?: string;
    readonly engine: string;
    readonly native: string;
  },
): Promise<RunOptions> {
  checkStaleChoice(values);
  const engine = readChoice("--engine", ENGINE_NAMES, values.engine);
  await requireEngine(engine);
  return {
    profile: readProfile(values.profile),
    jobs: values.jobs === undefined
      ? navigator.hardwareConcurrency
      : readCount("jobs", values.jobs, 1),
    engine,
    native: readNative(values),
    choice: values,
  };
}

/** A trial and what lines of progress call it. */
export interface LabeledTrial {
  /** The trial. */
  readonly trial: TrialConfig;
  /** Its name among the others. */
  readonly label: string;
}

/** A trial of a series, labeled with users and seed after what it is run for. */
export function labelTrial(
  trial: TrialConfig,
  purpose: string,
  series: string,
): LabeledTrial {
  const { seed, scenario: { parameters: { numUsers } } } = trial;
  return { trial, label: `${purpose} ${series} U=${numUsers} seed ${seed}` };
}

/** Where and how {@linkcode runTrials} runs. */
export interface RunTrialsOptions {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Trials at a time. */
  readonly jobs: number;
  /** Whether native kernels may be taken; by default so. */
  readonly native?: boolean;
  /** Whether `lib` is as committed, for the trials' provenance. */
  readonly gitClean?: boolean | null;
  /** Stops the trials, which leave checkpoints. */
  readonly signal: AbortSignal;
}

/**
 * Runs the trials that are not finished, each once, and prints how far they are.
 * Damaged ones are moved aside and run again.
 *
 * @returns Whether all are finished; if not, says why or that it was stopped.
 */
export async function runTrials(
  trials: readonly LabeledTrial[],
  { dataDirectory, jobs, native, gitClean, signal }: RunTrialsOptions,
): Promise<boolean> {
  const labels = new Map(
    // Of trials with one config the first gives the label.
    trials.toReversed().map(({ trial, label }) => [trialId(trial), label]),
  );
  const label = (trial: TrialConfig) => labels.get(trialId(trial))!;
  const unique = [
    ...new Map(trials.map(({ trial }) => [trialId(trial), trial])).values(),
  ];
  const whole = await mapConcurrently(
    unique,
    (trial) =>
      isWhole(dataDirectory, trialId(trial), (line) => console.error(line)),
  );
  const waiting = unique.filter((_, index) => !whole[index]);
  const skipped = unique.length - waiting.length;
  if (waiting.length === 0) {
    console.log(`All ${unique.length} trials are finished.`);
    return true;
  }
  console.log(
    `${unique.length} trials${
      skipped > 0 ? `, of which ${skipped} are finished` : ""
    }; ${Math.min(jobs, waiting.length)} at a time`,
  );
  await sayNative(
    native ?? true,
    waiting.flatMap((trial) => "engine" in trial ? [trial.engine] : []),
  );
  const encoder = new TextEncoder();
  const progress = new Progress({
    total: waiting.reduce((sum, trial) => sum + reportedEpisodes(trial), 0),
    clock: () => performance.now(),
    interactive: canOverwrite(),
    width: () => terminalSize().columns,
    write: (text) => void Deno.stdout.writeSync(encoder.encode(text)),
  });
  const begun = new Set<TrialConfig>();
  const failed = await runPool({
    trials: waiting,
    jobs,
    command: (trial) =>
      workerCommand(trial, { dataDirectory, native, gitClean }),
    signal,
    onEpisode: (trial, row) => {
      if (!begun.has(trial)) progress.skip(row.episode - 1);
      begun.add(trial);
      progress.step(
        `${label(trial)} episode ${row.episode}/${reportedEpisodes(trial)}`,
      );
    },
    onFinished: (trial) => progress.say(`${label(trial)} finished`),
  });
  progress.stop();
  for (const { trial, reason } of failed) {
    console.error(oneLine(`${label(trial)} failed: ${reason}`));
  }
  if (signal.aborted) {
    console.log("Stopped. The same command continues from here.");
  }
  return failed.length === 0 && !signal.aborted;
}
