/**
 * Studies from code: opened, run and read as `deno task sweep` does.
 *
 * @module
 */

import { InputError, parseInput } from "../input/input_error.ts";
import { choiceSchema, COUNT, objectSchema } from "../input/schema.ts";
import { z } from "zod";
import type { EpisodeRow } from "../trials/rows.ts";
import { findStale } from "../trials/stale.ts";
import { LabSources } from "../trials/lab_sources.ts";
import type { SweepConfig } from "./config.ts";
import { type Metric, METRIC_COLUMNS } from "./columns.ts";
import type { Sweep, SweepTrial } from "./expand.ts";
import { joinObservers } from "./join_observers.ts";
import { showRun } from "./run_display.ts";
import { runSweep, type SweepObserver, type SweepReport } from "./run_sweep.ts";
import { selectSweep, type SelectSweepOptions } from "./select.ts";
import { readSweepRows, type SweepRow } from "./sweep_table.ts";
import { workerCommand } from "../trials/worker_command.ts";

/** Where a study keeps its results, and what is changed in it. */
export interface OpenStudyOptions extends SelectSweepOptions {
  /** The folder of results; by default `data` in the working directory. */
  readonly data?: string;
}

/** What a study tells while it runs. */
export interface StudyProgress {
  /** Trials that are finished. */
  readonly finished: number;
  /** All trials. */
  readonly total: number;
  /** The trial that something has happened in. */
  readonly trial: SweepTrial;
  /** Its episode, if it is not finished or failed yet. */
  readonly row?: EpisodeRow;
}

/** How {@linkcode Study.run} runs. */
export interface RunStudyOptions {
  /** Trials at a time, each in a process of its own; by default one per core. */
  readonly jobs?: number;
  /** Called after every episode of a trial, and at its end. */
  readonly onProgress?: (progress: StudyProgress) => void;
  /** Called with a line worth reading, such as of a damaged trial. */
  readonly onNote?: (line: string) => void;
  /** Stops the trials; the next run continues them. */
  readonly signal?: AbortSignal;
  /** Whether to use finished trials of other code than today's. */
  readonly acceptStale?: boolean;
  /** What a notebook draws while they run; by default `"objective"`. */
  readonly metric?: Metric;
}

const FUNCTION = z.custom((value) => typeof value === "function", {
  error: "must be a function",
});

const RUN_OPTIONS = objectSchema({
  jobs: COUNT.optional(),
  onProgress: FUNCTION.optional(),
  onNote: FUNCTION.optional(),
  signal: z.instanceof(AbortSignal, { error: "must be an AbortSignal" })
    .optional(),
  acceptStale: z.boolean({ error: "must be true or false" }).optional(),
  metric: choiceSchema(METRIC_COLUMNS).optional(),
}, "an object with jobs, onProgress, onNote, signal, acceptStale, metric");

/** A study that can be run and read. */
export class Study {
  /** What was asked for. */
  readonly config: SweepConfig;
  /** Its trials, and what varies in them. */
  readonly sweep: Sweep;
  /** The folder of results. */
  readonly data: string;

  /** Keeps what {@linkcode openStudy} has selected. */
  constructor(config: SweepConfig, sweep: Sweep, data: string) {
    this.config = config;
    this.sweep = sweep;
    this.data = data;
  }

  /** Its trials, each once. */
  get trials(): readonly SweepTrial[] {
    return this.sweep.trials;
  }

  /**
   * Runs the trials that are not finished, in processes of their own, and writes the
   * table, as `deno task sweep` does: whatever ends it, running it again continues.
   *
   * In a kernel that has imported `lib/notebook`, the cell shows how far it is, and
   * the stop button stops it.
   *
   * @throws {InputError} If an option is not valid, or finished trials are of other
   * code than today's.
   * @throws If the stop button has stopped it, with what is kept.
   */
  async run(options: RunStudyOptions = {}): Promise<SweepReport> {
    const act = `run the study ${this.sweep.name}`;
    parseInput(RUN_OPTIONS, options, { act, path: ["options"] });
    const { jobs = navigator.hardwareConcurrency, metric = "objective" } =
      options;
    if (!options.acceptStale) await this.#requireFresh(act);
    const { sweep, data } = this;
    const display = await showRun({ sweep, data, jobs, metric });
    const signals = [options.signal, display?.signal]
      .filter((signal) => signal !== undefined);
    let report: SweepReport | undefined;
    try {
      report = await runSweep(sweep, {
        dataDirectory: data,
        jobs,
        command: (trial) => workerCommand(trial, { dataDirectory: data }),
        clock: () => 0,
        signal: AbortSignal.any(signals),
        ...joinObservers([this.#observe(options), ...display ? [display] : []]),
      });
      return report;
    } finally {
      await display?.end(report);
    }
  }

  /** Tells the caller. */
  #observe({ onProgress, onNote }: RunStudyOptions): SweepObserver {
    const total = this.trials.length;
    let finished = 0;
    return {
      onBegin: (before) => finished = before,
      onEpisode: (trial, row) => onProgress?.({ finished, total, trial, row }),
      onFinished: (trial) =>
        onProgress?.({ finished: ++finished, total, trial }),
      onFailed: ({ trial }) => onProgress?.({ finished, total, trial }),
      ...onNote === undefined ? {} : { onNote },
    };
  }

  /**
   * The rows of the trials that are finished, in the order of the trials: what each
   * came to on test traces, with all that the study varies.
   *
   * @throws {InputError} If a trial is damaged.
   */
  async rows(): Promise<SweepRow[]> {
    const { rows, damaged } = await readSweepRows(this.data, this.trials);
    for (const [id, problem] of damaged) {
      throw new InputError(`Cannot read the trial ${id}: ${problem}`);
    }
    return this.trials.map(({ id }) => rows.get(id))
      .filter((row) => row !== undefined);
  }

  async #requireFresh(act: string): Promise<void> {
    const ids = this.trials.map(({ id }) => id);
    const stale = await findStale(this.data, ids, new LabSources());
    if (stale.length === 0) return;
    throw new InputError(
      `Cannot ${act}: its finished trials must be of today's code (acceptStale: true uses them as they are), got ${stale.length} of other code, such as ${
        stale[0].id
      }`,
    );
  }
}

/**
 * Opens a study: a file as `deno task sweep` takes it, the name of one that comes
 * with the project, or the content of a file as an object.
 *
 * @throws {InputError} If it is not valid, or a method's file cannot be loaded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openStudy } from "./study.ts";
 *
 * const data = await Deno.makeTempDir();
 * const study = await openStudy({
 *   name: "first",
 *   scenario: "small",
 *   methods: ["random", "optimum"],
 *   seeds: "0-1",
 *   testEpisodes: 2,
 * }, { data });
 * await study.run();
 * const rows = await study.rows();
 * assertEquals(rows.map(({ method }) => method), [
 *   ...["random", "optimum", "random", "optimum"],
 * ]);
 * await Deno.remove(data, { recursive: true });
 * ```
 */
export async function openStudy(
  source: string | SweepConfig,
  { data = "data", ...changes }: OpenStudyOptions = {},
): Promise<Study> {
  const { config, sweep } = await selectSweep(source, changes);
  return new Study(config, sweep, data);
}
