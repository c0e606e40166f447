/**
 * Running a sweep on the command line: what is shown meanwhile and at the end.
 *
 * @module
 */

import { basename } from "node:path";
import { DamagedTrialError } from "../trials/check_trial.ts";
import { summarizeMethods } from "../studies/method_summary.ts";
import { comparableRows } from "../studies/comparable_rows.ts";
import { methodTable } from "../studies/method_table.ts";
import type { MetricName } from "../studies/metrics.ts";
import { quoteForShell } from "../studies/slurm/script.ts";
import { labelOf, type Sweep } from "../studies/expand.ts";
import { readForecast } from "../studies/forecast.ts";
import { joinObservers } from "../studies/join_observers.ts";
import { writeSweepParquet } from "../studies/parquet.ts";
import {
  runSweep,
  type RunSweepOptions,
  type SweepFailure,
  type SweepObserver,
  type SweepReport,
} from "../studies/run_sweep.ts";
import { scoreRows } from "../studies/score_rows.ts";
import { formatSeconds } from "../studies/progress_text.ts";
import type { EventFiles } from "./event_files.ts";
import { acceptedLine } from "./stale.ts";
import { observeSweep, printUntrained } from "./sweep_display.ts";
import { formatTable } from "./table.ts";
import { observeForBoards } from "./tensorboard.ts";
import { canOverwrite, oneLine, terminalSize } from "./terminal.ts";

/** Options of {@linkcode runAndReport}. */
export interface RunAndReportOptions extends RunSweepOptions {
  /** The arguments of the command, for commands that it advises. */
  readonly args: readonly string[];
  /** What methods are compared by. */
  readonly metric: MetricName;
  /** Stale trials among the finished ones, used as they are. */
  readonly accepted: number;
  /** Whether to write Parquet files too. */
  readonly parquet: boolean;
  /** TensorBoard's files, which are closed in the end. */
  readonly events?: EventFiles;
}

/** Failures that a summary names. */
const MOST_FAILURES = 10;

/** The command of these arguments, without some and with others. */
function commandOf(args: readonly string[], ...added: string[]): string {
  const kept = args.filter((one) =>
    one !== "--only-failed" && one !== "--rerun-stale"
  );
  return ["deno task sweep", ...kept.map(quoteForShell), ...added].join(" ");
}

/** Prints which trials failed. */
export function printFailures(failed: readonly SweepFailure[]): void {
  for (const { trial, reason } of failed.slice(0, MOST_FAILURES)) {
    console.log(oneLine(`  ${labelOf(trial)}: ${reason}`));
  }
  if (failed.length > MOST_FAILURES) {
    console.log(`  and ${failed.length - MOST_FAILURES} more`);
  }
  if (failed.length > 0) console.log(`Log of the first: ${failed[0].log}`);
}

/** Prints what methods came to, a line each. */
function printMethods(
  sweep: Sweep,
  { rows }: SweepReport,
  metric: MetricName,
): void {
  const { rows: scores, notes: left } = comparableRows(
    scoreRows(sweep.trials, rows, metric),
  );
  const summaries = summarizeMethods(scores, metric);
  if (summaries.length === 0) return;
  const [{ tasks }] = summaries;
  console.log(
    `\nMethods over ${tasks} task${tasks === 1 ? "" : "s"}, 95 % intervals:`,
  );
  const { table, notes } = methodTable(summaries, scores, metric);
  for (const line of formatTable(table)) console.log(`  ${line}`);
  for (const note of [...left, ...notes]) console.log(`  ${note}`);
  console.log("  (task: one setting of the world; IQM: interquartile mean)");
}

function printReport(
  sweep: Sweep,
  report: SweepReport,
  { args, accepted, metric }: RunAndReportOptions,
  seconds: number,
): void {
  const { before, finished, failed, stopped } = report;
  console.log(
    `${finished} of ${sweep.trials.length} trials are finished: ${
      finished - before
    } now in ${
      formatSeconds(seconds)
    }, ${before} before. ${failed.length} failed.`,
  );
  for (const line of acceptedLine(accepted)) console.log(line);
  printFailures(failed);
  if (failed.length > 0) {
    console.log(`How far each is: ${commandOf(args, "--list")}`);
    console.log(`To run them again: ${commandOf(args, "--only-failed")}`);
  }
  if (stopped) {
    console.log(`Stopped. To continue: ${commandOf(args)}`);
    return;
  }
  printMethods(sweep, report, metric);
  if (report.table === undefined) return;
  console.log(`Table of these ${sweep.trials.length} trials: ${report.table}`);
}

/** Runs a sweep, shows what it does, and tells others. */
export async function runShown(
  sweep: Sweep,
  options: RunSweepOptions,
  others: readonly SweepObserver[] = [],
): Promise<SweepReport> {
  const { clock, dataDirectory, jobs } = options;
  const encoder = new TextEncoder();
  const interactive = canOverwrite();
  const display = observeSweep({
    clock,
    jobs,
    forecast: await readForecast(dataDirectory),
    interactive,
    size: terminalSize,
    // Away from a terminal, texts are whole lines.
    write: (text) =>
      interactive
        ? void Deno.stdout.writeSync(encoder.encode(text))
        : console.log(text.trimEnd()),
  });
  try {
    const begin: SweepObserver = {
      onBegin: (finished, trials) => {
        const { name } = sweep;
        const total = sweep.trials.length;
        console.log(
          `${name}: ${total} trials, of which ${finished} are finished`,
        );
        if (trials.length > 0) {
          const lanes = Math.min(jobs, trials.length);
          console.log(`Running ${trials.length}, ${lanes} at a time`);
        }
        printUntrained(sweep);
      },
    };
    return await runSweep(sweep, {
      ...options,
      ...joinObservers([begin, display, ...others]),
    });
  } finally {
    display.close();
  }
}

/** Writes Parquet files; returns whether that went well. */
async function exportParquet(
  sweep: Sweep,
  { rows }: SweepReport,
  { args, dataDirectory }: RunAndReportOptions,
): Promise<boolean> {
  try {
    const paths = await writeSweepParquet(dataDirectory, sweep, rows);
    for (const path of paths) console.log(`Parquet: ${path}`);
    return true;
  } catch (error) {
    if (!(error instanceof DamagedTrialError)) throw error;
    const trial = basename(error.folder);
    console.error(`Cannot write Parquet files: ${trial}: ${error.problem}`);
    console.error(
      `To set it aside: ${commandOf(args, "--verify", "--repair")}`,
    );
    return false;
  }
}

/** Runs a sweep, shows what it does and what it came to; returns the exit code. */
export async function runAndReport(
  sweep: Sweep,
  options: RunAndReportOptions,
): Promise<number> {
  const { clock } = options;
  const startMs = clock();
  const { events } = options;
  const report = await runShown(
    sweep,
    options,
    events === undefined ? [] : [observeForBoards(events, sweep)],
  ).finally(() => events?.close());
  printReport(sweep, report, options, (clock() - startMs) / 1000);
  const isComplete = !report.stopped && report.failed.length === 0 &&
    report.table !== undefined;
  const isWritten = !options.parquet ||
    await exportParquet(sweep, report, options);
  const areEventsWritten = await events?.close() ?? true;
  return isComplete && isWritten && areEventsWritten ? 0 : 1;
}
