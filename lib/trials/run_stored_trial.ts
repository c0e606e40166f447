/**
 * A trial with its files: it continues from its checkpoint if there is one, and
 * leaves its results in the store.
 *
 * @module
 */

import { z } from "zod";
import { CheckpointError } from "../agents/mod.ts";
import { tryLock } from "../files/lock.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { InputError } from "../input/input_error.ts";
import { keepingState } from "./kept_state.ts";
import { removeLeftovers } from "./leftovers.ts";
import { loadMethodFile, requireUnchanged } from "./method_file.ts";
import { LabSources, type SourceRecord, uniteSources } from "./lab_sources.ts";
import {
  type CodeOrigin,
  collectProvenance,
  readGitClean,
} from "./provenance.ts";
import {
  runTrial,
  type RunTrialOptions,
  type TrialResult,
} from "./run_trial.ts";
import { MANIFEST, PROVENANCE, sealProvenance } from "./seal.ts";
import {
  exists,
  isFinished,
  setAside,
  storeTrial,
  trialDirectory,
} from "./store.ts";
import { codeOf } from "./stale.ts";
import { readStoredJson, STORED_TEXT } from "./stored_json.ts";
import { isWhole } from "./aside.ts";
import {
  isTraining,
  type TrainingConfig,
  type TrialConfig,
  trialId,
} from "./trial.ts";

/** Where and how {@linkcode runStoredTrial} runs. */
export interface RunStoredTrialOptions
  extends Pick<RunTrialOptions, "clock" | "native" | "onEpisode" | "signal"> {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Training episodes between checkpoints; by default 10. */
  readonly checkpointEvery?: number;
  /** Least milliseconds between checkpoints; by default 10 seconds. */
  readonly checkpointLeastMs?: number;
  /** Called with a line about what was found and done, such as a damaged file. */
  readonly onNote?: (line: string) => void;
  /** Whether `lib` is as committed; by default it is found out, where it may be. */
  readonly gitClean?: boolean | null;
  /** The code that runs; by default what is in the checkout. */
  readonly sources?: LabSources;
}

/** A trial that another process runs at the moment. */
export class BusyTrialError extends InputError {}

/** File of a trial's checkpoint while it is not finished. */
export function checkpointPath(
  dataDirectory: string,
  config: TrialConfig,
): string {
  return `${trialDirectory(dataDirectory, config)}.checkpoint`;
}

/** File of the modules that led to a trial's checkpoint. */
function checkpointSourcesPath(
  dataDirectory: string,
  config: TrialConfig,
): string {
  return `${trialDirectory(dataDirectory, config)}.sources.checkpoint`;
}

const SOURCES = z.record(z.string(), STORED_TEXT);

/**
 * The modules behind a trial that continues from a checkpoint: where they have been
 * edited since, both sums count, so that it is of neither code.
 *
 * @returns `undefined` if nothing says what code led to the checkpoint.
 */
async function sourcesSoFar(
  path: string,
  now: SourceRecord,
): Promise<SourceRecord | undefined> {
  try {
    return uniteSources([await readStoredJson(path, SOURCES), now]);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** File that a process locks while it runs a trial. */
export function lockPath(dataDirectory: string, config: TrialConfig): string {
  return `${trialDirectory(dataDirectory, config)}.lock`;
}

/** Says of an error of the file system what could not be done. */
async function trying<Result>(
  act: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`Cannot ${act}: ${message}`, { cause: error });
  }
}

/** A result, and the modules that led to it as far as that is known. */
interface Trained {
  readonly result: TrialResult | undefined;
  readonly sources: SourceRecord | undefined;
}

/** Runs a trial of a learner from its checkpoint; an unsound one is set aside. */
async function train(
  config: TrainingConfig,
  options: RunStoredTrialOptions,
  own: Pick<RunTrialOptions, "method">,
  now: SourceRecord,
): Promise<Trained> {
  const { dataDirectory, onNote } = options;
  const path = checkpointPath(dataDirectory, config);
  const sourcesPath = checkpointSourcesPath(dataDirectory, config);
  const runFrom = async (
    sources: SourceRecord | undefined,
    checkpoint?: Uint8Array,
  ): Promise<Trained> => {
    const result = await runTrial(config, {
      ...options,
      ...own,
      ...(checkpoint === undefined ? {} : { checkpoint }),
      checkpoints: {
        every: options.checkpointEvery ?? 10,
        leastMs: options.checkpointLeastMs ?? 10_000,
        save: (bytes) =>
          trying("save a checkpoint", async () => {
            // First, so that no checkpoint passes for one of other code.
            const text = JSON.stringify(sources ?? null) + "\n";
            await writeFileAtomically(sourcesPath, text);
            await writeFileAtomically(path, bytes);
          }),
      },
    });
    return { result, sources };
  };
  if (!await exists(path)) return await runFrom(now);
  try {
    const sources = await sourcesSoFar(sourcesPath, now);
    return await runFrom(sources, await Deno.readFile(path));
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    const aside = await setAside(dataDirectory, path);
    onNote?.(`${error.message}; it is now ${aside}, the trial starts anew`);
    return await runFrom(now);
  }
}

/**
 * The method of a trial, if it is from a file; its trial keeps what it saves.
 *
 * @throws {InputError} If the file is no longer what it was when the trial was
 * planned: it may have been edited in between.
 */
async function loadOwnMethod(
  { file }: TrialConfig,
): Promise<Pick<RunTrialOptions, "method">> {
  if (file === undefined) return {};
  const act = "run the trial";
  await requireUnchanged(file, { act });
  const { method } = await loadMethodFile(file.path, { act });
  return { method: keepingState(method) };
}

async function run(
  config: TrialConfig,
  options: RunStoredTrialOptions,
): Promise<string | undefined> {
  const { dataDirectory } = options;
  const own = await loadOwnMethod(config);
  // Before it runs, since it may run for hours while the checkout is edited.
  const now = await (options.sources ?? new LabSources()).of(codeOf(config));
  const gitClean = options.gitClean === undefined
    ? await readGitClean()
    : options.gitClean;
  let peakMemoryBytes = 0;
  const measured: RunStoredTrialOptions = {
    ...options,
    onEpisode: (row) => {
      peakMemoryBytes = Math.max(peakMemoryBytes, Deno.memoryUsage().rss);
      return options.onEpisode?.(row);
    },
  };
  const { result, sources } = isTraining(config)
    ? await train(config, measured, own, now)
    : {
      result: await runTrial(config, { ...measured, ...own }),
      sources: now,
    };
  if (result === undefined) return undefined;
  const origin: CodeOrigin = { sources, gitClean };
  const provenance = {
    ...await collectProvenance(),
    ...origin,
    library: result.library,
    ...result.timings,
    peakMemoryBytes,
  };
  const files = {
    ...result.files,
    [PROVENANCE]: sealProvenance(provenance, result.files[MANIFEST]),
  };
  return await trying(
    "store the trial",
    () => storeTrial(dataDirectory, config, files),
  );
}

/** Locks a trial while it runs. */
async function runLocked(
  config: TrialConfig,
  options: RunStoredTrialOptions,
): Promise<string | undefined> {
  const { dataDirectory } = options;
  const path = lockPath(dataDirectory, config);
  const lock = await trying("lock the trial", () => tryLock(path));
  if (lock === undefined) {
    throw new BusyTrialError(
      `Cannot run the trial: it must not run elsewhere, got a process that has locked ${path}`,
    );
  }
  try {
    // Who had it before may have finished it since.
    return await isFinished(dataDirectory, config)
      ? trialDirectory(dataDirectory, config)
      : await run(config, options);
  } finally {
    await lock.release();
  }
}

/**
 * Runs a trial unless it is finished, and stores its results; a damaged one is set
 * aside and run again. While it runs no
 * other process can run it. Once it is finished, its checkpoint is removed, and
 * what processes that were killed while they ran it left half written.
 *
 * @returns The trial's folder, or `undefined` if `signal` stopped it; what was
 * trained is then in its checkpoint. A policy's trial is short and has none.
 * @throws {BusyTrialError} If another process runs it.
 */
export async function runStoredTrial(
  config: TrialConfig,
  options: RunStoredTrialOptions,
): Promise<string | undefined> {
  const { dataDirectory, onNote = () => {} } = options;
  const directory = await isWhole(dataDirectory, trialId(config), onNote)
    ? trialDirectory(dataDirectory, config)
    : await runLocked(config, options);
  if (directory !== undefined) {
    await removeLeftovers(dataDirectory, new Set([trialId(config)])).catch(
      ({ message }: Error) =>
        onNote(`Cannot remove what was left half written: ${message}`),
    );
  }
  return directory;
}
