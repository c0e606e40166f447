/**
 * Running the trials of a sweep that are not finished, and gathering all of them.
 *
 * @module
 */

import { join } from "node:path";
import { isLocked, readHolder } from "../files/lock.ts";
import { removeLeftovers } from "../trials/leftovers.ts";
import { type PoolOptions, type Readiness, runPool } from "./pool.ts";
import type { EpisodeRow, EvaluationRow } from "../trials/rows.ts";
import { exists, trialsDirectory } from "../trials/store.ts";
import type { TrialConfig } from "../trials/trial.ts";
import { setTrialAside } from "../trials/aside.ts";
import type { Sweep, SweepTrial } from "./expand.ts";
import { forgetFailure, readFailures, recordFailure } from "./failures.ts";
import { logPath, readStates, sweepDirectory } from "./folder.ts";
import { TrialLogs } from "./trial_log.ts";
import {
  readSweepRows,
  type SweepRow,
  writeSweepTable,
} from "./sweep_table.ts";

/** What a sweep tells while it runs. */
export interface SweepObserver {
  /** How many trials are finished, and which are going to run. */
  readonly onBegin?: (finished: number, trials: readonly SweepTrial[]) => void;
  /** A worker was started. */
  readonly onStarted?: (trial: SweepTrial) => void;
  /** An episode has passed. */
  readonly onEpisode?: (trial: SweepTrial, row: EpisodeRow) => void;
  /** A trial is finished, here or by another process. */
  readonly onFinished?: (trial: SweepTrial) => void;
  /** A trial has failed. */
  readonly onFailed?: (failure: SweepFailure) => void;
  /** A trial was stopped, or turned out to be run by another process. */
  readonly onLeft?: (trial: SweepTrial) => void;
  /** Something worth a line. */
  readonly onNote?: (line: string) => void;
}

/** Options of {@linkcode runSweep}. */
export interface RunSweepOptions extends
  SweepObserver,
  Pick<
    PoolOptions,
    "jobs" | "command" | "signal" | "timeoutMs" | "graceMs" | "failFast"
  > {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Whether to run those trials alone that failed before. */
  readonly onlyFailed?: boolean;
  /** Whose last evaluations make the table; by default `"test"`. */
  readonly split?: EvaluationRow["split"];
  /** Milliseconds, for the logs. */
  readonly clock: () => number;
}

/** A trial that failed. */
export interface SweepFailure {
  /** The trial. */
  readonly trial: SweepTrial;
  /** Why. */
  readonly reason: string;
  /** What its workers said. */
  readonly log: string;
}

/** What a sweep came to. */
export interface SweepReport {
  /** Trials that were finished before. */
  readonly before: number;
  /** Trials that are finished now. */
  readonly finished: number;
  /** Trials that failed, in the order of the trials. */
  readonly failed: readonly SweepFailure[];
  /** Whether it was stopped. */
  readonly stopped: boolean;
  /** The table of all finished trials, or `undefined` if it cannot be written. */
  readonly table: string | undefined;
  /** Its rows, by trial, in the order of the trials. */
  readonly rows: ReadonlyMap<string, SweepRow>;
}

/** Fails at once where every trial would fail in the end. */
async function probe(folder: string): Promise<void> {
  const path = join(folder, ".probe.tmp");
  await Deno.writeTextFile(path, "");
  // Another sweep of the same name may have removed it.
  await Deno.remove(path).catch(() => {});
}

/** What there is of each trial, in the order of the trials. */
function inOrder<Value>(
  trials: readonly SweepTrial[],
  values: ReadonlyMap<string, Value>,
): [string, Value][] {
  return trials.flatMap(({ id }) => {
    const value = values.get(id);
    return value === undefined ? [] : [[id, value]];
  });
}

/** The state of one call of {@linkcode runSweep}. */
class Run {
  readonly #sweep: Sweep;
  readonly #options: RunSweepOptions;
  readonly #logs: TrialLogs;
  readonly #rows = new Map<string, SweepRow>();
  readonly #failed: SweepFailure[] = [];
  readonly #startedMs = new Map<string, number>();
  /** Trials that were finished at some moment. */
  readonly #finished = new Set<string>();
  #begun = false;
  #waiting = false;
  #silent = false;
  /** Records of failures are written one after another. */
  #records: Promise<unknown> = Promise.resolve();

  constructor(sweep: Sweep, options: RunSweepOptions) {
    this.#sweep = sweep;
    this.#options = options;
    this.#logs = new TrialLogs({
      dataDirectory: options.dataDirectory,
      sweep: sweep.name,
      onProblem: (line) => options.onNote?.(line),
    });
  }

  #record(call: () => Promise<void>): void {
    this.#records = this.#records.then(call).catch((error: Error) => {
      if (!this.#silent) {
        this.#options.onNote?.(`Cannot record failures: ${error.message}`);
      }
      this.#silent = true;
    });
  }

  async #writeTable(): Promise<string | undefined> {
    const { dataDirectory, onNote } = this.#options;
    try {
      return await writeSweepTable(dataDirectory, this.#sweep, this.#rows);
    } catch (error) {
      onNote?.(`Cannot write the table: ${(error as Error).message}`);
      return undefined;
    }
  }

  #fail(trial: SweepTrial, reason: string): void {
    const { dataDirectory, onFailed } = this.#options;
    const { name } = this.#sweep;
    const log = logPath(dataDirectory, name, trial.id);
    const failure = { trial, reason, log };
    this.#failed.push(failure);
    this.#end(trial, `failed: ${reason}`);
    this.#record(
      () => recordFailure(dataDirectory, name, trial.id, reason),
    );
    if (this.#begun) onFailed?.(failure);
  }

  #forget(trial: SweepTrial): void {
    const { dataDirectory } = this.#options;
    this.#record(
      () => forgetFailure(dataDirectory, this.#sweep.name, trial.id),
    );
  }

  #start(trial: SweepTrial): void {
    this.#startedMs.set(trial.id, this.#options.clock());
    this.#logs.write(trial.id, "--- started");
    this.#options.onStarted?.(trial);
  }

  #end(trial: SweepTrial, how: string): void {
    const startedMs = this.#startedMs.get(trial.id);
    this.#startedMs.delete(trial.id);
    const seconds = startedMs === undefined
      ? ""
      : ` (${((this.#options.clock() - startedMs) / 1000).toFixed(1)} s)`;
    this.#logs.write(trial.id, `--- ${how}${seconds}`);
  }

  /** Reads rows that are not read yet; sets damaged trials aside. */
  async #readRows(): Promise<void> {
    const { dataDirectory, split } = this.#options;
    const states = await readStates(dataDirectory, this.#sweep);
    const unread = this.#sweep.trials.filter(({ id }) =>
      states.get(id) === "finished" && !this.#rows.has(id)
    );
    const { rows, damaged } = await readSweepRows(dataDirectory, unread, split);
    for (const [id, row] of rows) {
      this.#rows.set(id, row);
      this.#finished.add(id);
    }
    for (const trial of unread) {
      const problem = damaged.get(trial.id);
      if (problem === undefined) continue;
      const aside = await setTrialAside(dataDirectory, trial.id);
      this.#fail(
        trial,
        aside === undefined ? problem : `${problem}; it is now ${aside}`,
      );
    }
  }

  /** Fails trials whose results were there and have been removed since. */
  async #failVanished(): Promise<void> {
    const { dataDirectory } = this.#options;
    const states = await readStates(dataDirectory, this.#sweep);
    const failed = new Set(this.#failed.map(({ trial }) => trial.id));
    for (const trial of this.#sweep.trials) {
      const { id } = trial;
      const isThere = states.get(id) === "finished" && this.#rows.has(id);
      if (isThere || failed.has(id) || !this.#finished.has(id)) continue;
      this.#rows.delete(id);
      this.#fail(trial, "was finished, but its results were removed since");
    }
  }

  async #readiness({ id }: SweepTrial): Promise<Readiness> {
    const path = join(trialsDirectory(this.#options.dataDirectory), id);
    if (await exists(path)) return "finished";
    return await isLocked(`${path}.lock`) ? "busy" : "ready";
  }

  /** Says once that it waits, and for whom. */
  async #wait({ id }: SweepTrial): Promise<void> {
    if (this.#waiting) return;
    this.#waiting = true;
    const { dataDirectory, onNote } = this.#options;
    const path = join(trialsDirectory(dataDirectory), `${id}.lock`);
    onNote?.(
      `Waiting for trials that other processes run, such as ${id} (process ${await readHolder(
        path,
      )})`,
    );
  }

  async #runTrials(trials: readonly SweepTrial[]): Promise<void> {
    const { onEpisode, onFinished, onLeft } = this.#options;
    const byConfig = new Map(trials.map((trial) => [trial.config, trial]));
    const of = (config: TrialConfig) => byConfig.get(config)!;
    await runPool({
      ...this.#options,
      trials: trials.map(({ config }) => config),
      readiness: (config) => this.#readiness(of(config)),
      onWaiting: ([config]) => void this.#wait(of(config)),
      onStarted: (config) => this.#start(of(config)),
      onEpisode: (config, row) => onEpisode?.(of(config), row),
      onOutput: (config, line) => this.#logs.write(of(config).id, line),
      onFinished: (config) => {
        const trial = of(config);
        if (this.#startedMs.has(trial.id)) this.#end(trial, "finished");
        this.#finished.add(trial.id);
        this.#forget(trial);
        onFinished?.(trial);
      },
      onFailed: ({ trial, reason }) => this.#fail(of(trial), reason),
      onLeft: (config) => {
        this.#end(of(config), "left");
        onLeft?.(of(config));
      },
    });
  }

  async run(): Promise<SweepReport> {
    const { dataDirectory, onlyFailed, signal, onBegin, onFailed } =
      this.#options;
    const { name, trials } = this.#sweep;
    await Deno.mkdir(sweepDirectory(dataDirectory, name), { recursive: true });
    await Deno.mkdir(trialsDirectory(dataDirectory), { recursive: true });
    const ids = new Set(trials.map(({ id }) => id));
    await removeLeftovers(dataDirectory, ids);
    const failures = await readFailures(dataDirectory, name);
    await this.#readRows();
    const before = [...this.#rows.keys()];
    const broken = new Set(this.#failed.map(({ trial }) => trial.id));
    for (const trial of trials) {
      if (this.#rows.has(trial.id) && failures.has(trial.id)) {
        this.#forget(trial);
      }
    }
    const selected = trials.filter(({ id }) =>
      !this.#rows.has(id) && !broken.has(id) &&
      (!onlyFailed || failures.has(id))
    );
    if (selected.length > 0) await probe(sweepDirectory(dataDirectory, name));
    this.#begun = true;
    onBegin?.(before.length, selected);
    for (const failure of this.#failed) onFailed?.(failure);
    await this.#runTrials(selected);
    await this.#readRows();
    await this.#failVanished();
    await removeLeftovers(dataDirectory, ids);
    await this.#records;
    const failed = new Map(this.#failed.map((one) => [one.trial.id, one]));
    return {
      before: before.filter((id) => this.#rows.has(id)).length,
      finished: this.#rows.size,
      failed: inOrder(trials, failed).map(([, failure]) => failure),
      stopped: signal?.aborted ?? false,
      table: await this.#writeTable(),
      rows: new Map(inOrder(trials, this.#rows)),
    };
  }
}

/**
 * Runs the trials of a sweep that are not finished, and writes the table of all
 * that are. A trial that fails takes no other with it. Whatever ends the sweep,
 * running it again continues from where it was, to the same table; several may run
 * on one folder at once and share the work.
 *
 * @throws If nothing can be written to the data folder.
 */
export async function runSweep(
  sweep: Sweep,
  options: RunSweepOptions,
): Promise<SweepReport> {
  return await new Run(sweep, options).run();
}
