/**
 * TensorBoard's event files of trials: a folder for each, with a file that grows
 * while the trial trains.
 *
 * @module
 */

import { join } from "node:path";
import { ifWhole } from "../trials/check_trial.ts";
import {
  type BoardTrial,
  checkpointRows,
  encodeEvaluation,
  encodeHead,
  encodeTraining,
  encodeTrial,
  runEnding,
  runName,
  spanOf,
  type TrialRows,
} from "../studies/event_records.ts";
import type {
  EpisodeRow,
  EvaluationRow,
  TrainingEpisodeRow,
} from "../trials/rows.ts";
import { checkpointPath } from "../trials/run_stored_trial.ts";
import { namesIn, trialDirectory } from "../trials/store.ts";
import type { TrialTimings } from "../trials/timings.ts";
import { isTraining } from "../trials/trial.ts";
import { joinBytes, writeEventFile } from "../files/tensorboard.ts";
import { writeAll } from "../files/write_file.ts";
import { InputError } from "../input/input_error.ts";

/** Options of {@linkcode EventFiles}. */
export interface EventFilesOptions {
  /** The folder of `--tensorboard`. */
  readonly directory: string;
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called once, when a file cannot be written; trials go on without them. */
  readonly onProblem: (line: string) => void;
}

/** The file of a trial that is training. */
interface GrowingFile {
  readonly file: Deno.FsFile;
  /** Seconds since 1970 at which its episodes ended; empty where not known. */
  readonly endedS: number[];
  /** Evaluations that it has. */
  evaluations: number;
  /** When the checkpoint was made that was read last. */
  checkpointMs?: number;
}

/** What is read of a finished trial. */
interface StoredTrial extends TrialRows {
  readonly timings: TrialTimings;
  /** Seconds since 1970 at which it ended. */
  readonly endS: number;
}

/**
 * Writes the event files of trials, one step after another, however calls overlap:
 * nothing need be waited for but {@linkcode EventFiles.close}.
 */
export class EventFiles {
  readonly #options: EventFilesOptions;
  readonly #growing = new Map<string, GrowingFile>();
  /** Runs that the folder has, by how their names end. */
  readonly #runs: ReadonlyMap<string, string>;
  #steps: Promise<void> = Promise.resolve();
  #isWhole = true;

  private constructor(
    options: EventFilesOptions,
    runs: ReadonlyMap<string, string>,
  ) {
    this.#options = options;
    this.#runs = runs;
  }

  /**
   * Makes the folder, and looks whether files can be written there.
   *
   * @throws {InputError} If they cannot.
   */
  static async open(options: EventFilesOptions): Promise<EventFiles> {
    const { directory } = options;
    try {
      await Deno.mkdir(directory, { recursive: true });
      const probe = join(directory, `.${Deno.pid}.tmp`);
      await Deno.writeTextFile(probe, "");
      await Deno.remove(probe);
      const names = await namesIn(directory);
      return new EventFiles(
        options,
        new Map(names.map((name) => [name.slice(name.lastIndexOf(",")), name])),
      );
    } catch (error) {
      throw new InputError(
        `Cannot write event files: --tensorboard must be a folder to write in, got ${directory} (${
          (error as Error).message.split(/ \(os error|[:,]/)[0]
        })`,
      );
    }
  }

  /** The file of a trial; a run that is there keeps its name. */
  pathOf(trial: BoardTrial): string {
    const ending = runEnding(trial);
    const run = this.#runs.get(ending) ?? runName(trial);
    const file = `events.out.tfevents.${ending.slice(1)}`;
    return join(this.#options.directory, run, file);
  }

  #then(step: () => Promise<void>): Promise<void> {
    return this.#steps = this.#steps.then(async () => {
      if (!this.#isWhole) return;
      try {
        await step();
      } catch (error) {
        this.#isWhole = false;
        const { directory, onProblem } = this.#options;
        const { message } = error as Error;
        onProblem(`Cannot write event files in ${directory}: ${message}`);
      }
    });
  }

  async #readCheckpoint(trial: BoardTrial, last: number): Promise<TrialRows> {
    const none: TrialRows = { episodes: [], evaluations: [] };
    if (last === 0) return none;
    const path = checkpointPath(this.#options.dataDirectory, trial.config);
    try {
      return checkpointRows(trial, await Deno.readFile(path), last);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return none;
      throw error;
    }
  }

  /** Starts a file anew, with what a trial had come to before. */
  async #begin(
    trial: BoardTrial,
    first: number,
    nowS: number,
  ): Promise<GrowingFile> {
    this.#end(trial);
    const rows = await this.#readCheckpoint(trial, first - 1);
    const path = this.pathOf(trial);
    await writeEventFile(
      path,
      joinBytes([
        encodeHead(trial, nowS),
        ...rows.episodes.map((row) => encodeTraining(row, nowS)),
        ...rows.evaluations.map((row) => encodeEvaluation(row, nowS)),
      ]),
    );
    const growing = {
      file: await Deno.open(path, { append: true }),
      endedS: rows.episodes.map(() => nowS),
      evaluations: rows.evaluations.length,
    };
    this.#growing.set(trial.id, growing);
    return growing;
  }

  #end({ id }: BoardTrial): void {
    this.#growing.get(id)?.file.close();
    this.#growing.delete(id);
  }

  /** Adds a training episode that has just ended; others are no news. */
  episode(trial: BoardTrial, row: EpisodeRow): Promise<void> {
    if (!isTraining(trial.config)) return this.#steps;
    const nowS = this.#options.now() / 1000;
    return this.#then(async () => {
      const before = this.#growing.get(trial.id);
      const growing = before?.endedS.length === row.episode - 1
        ? before
        : await this.#begin(trial, row.episode, nowS);
      // Workers send the rows of learners whole.
      const bytes = encodeTraining(row as TrainingEpisodeRow, nowS);
      await writeAll(growing.file, bytes);
      growing.endedS[row.episode - 1] = nowS;
      await this.#addEvaluations(trial, growing, row.episode);
    });
  }

  /**
   * Adds evaluations as soon as a checkpoint has them, for no message of a trial
   * does. It is read only where it has news: it may be of many megabytes.
   */
  async #addEvaluations(
    trial: BoardTrial,
    growing: GrowingFile,
    episode: number,
  ): Promise<void> {
    const { config } = trial;
    const due = isTraining(config)
      ? Math.floor(episode / config.evaluateEvery)
      : 0;
    if (growing.evaluations >= due) return;
    const path = checkpointPath(this.#options.dataDirectory, config);
    const made = await Deno.stat(path).catch(() => undefined);
    const madeMs = made?.mtime?.getTime();
    if (madeMs === growing.checkpointMs) return;
    growing.checkpointMs = madeMs;
    const { evaluations } = await this.#readCheckpoint(trial, episode);
    await this.#append(growing, evaluations);
  }

  /** Adds those of all evaluations that a file does not have. */
  async #append(
    growing: GrowingFile,
    evaluations: readonly EvaluationRow[],
    endS?: number,
  ): Promise<void> {
    const rest = evaluations.slice(growing.evaluations);
    if (rest.length === 0) return;
    const bytes = joinBytes(rest.map((row) => {
      const endedS = growing.endedS[row.episode - 1];
      const isLast = endS !== undefined && row.split === "test";
      return encodeEvaluation(row, isLast ? endS : endedS);
    }));
    await writeAll(growing.file, bytes);
    growing.evaluations += rest.length;
  }

  /** What a trial came to; nothing if it is not there, or damaged. */
  #readStored({ config }: BoardTrial): Promise<StoredTrial | undefined> {
    const folder = trialDirectory(this.#options.dataDirectory, config);
    return ifWhole(folder, async (trial) => ({
      episodes: isTraining(config) ? trial.episodes() : [],
      evaluations: trial.evaluations(),
      timings: trial.timings(),
      endS: await trial.endedS(),
    }));
  }

  /**
   * Completes the file of a trial that is finished. One that has all episodes is
   * added to, so that whoever reads it goes on; any other is written anew, so that
   * nothing is in it twice.
   */
  finished(trial: BoardTrial): Promise<void> {
    return this.#then(async () => {
      const stored = await this.#readStored(trial);
      if (stored === undefined) return this.#end(trial);
      const growing = this.#growing.get(trial.id);
      const { endS } = stored;
      if (growing !== undefined && hasAll(growing, stored)) {
        await this.#append(growing, stored.evaluations, endS);
      } else {
        const span = spanOf(stored.timings, endS);
        await writeEventFile(
          this.pathOf(trial),
          encodeTrial(trial, stored, span),
        );
      }
      this.#end(trial);
    });
  }

  /** Leaves the file of a trial that does not go on as it is. */
  left(trial: BoardTrial): Promise<void> {
    return this.#then(() => Promise.resolve(this.#end(trial)));
  }

  /** Waits until all is written; returns whether it could be. */
  async close(): Promise<boolean> {
    await this.#steps;
    for (const { file } of this.#growing.values()) file.close();
    this.#growing.clear();
    return this.#isWhole;
  }
}

/** Whether a file has every episode of a trial, so that evaluations alone miss. */
function hasAll({ endedS }: GrowingFile, { episodes }: TrialRows): boolean {
  // Episodes that nobody knows of leave holes.
  return endedS.length === episodes.length &&
    Object.keys(endedS).length === episodes.length;
}
