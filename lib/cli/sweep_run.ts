/**
 * Running a sweep on the command line: what is shown meanwhile and at the end.
 *
 * @module
 */

import { labelOf, type Sweep } from "../experiments/sweep/expand.ts";
import { readForecast } from "../experiments/sweep/forecast.ts";
import {
  runSweep,
  type RunSweepOptions,
  type SweepReport,
} from "../experiments/sweep/run_sweep.ts";
import { formatSeconds } from "./progress.ts";
import { observeSweep } from "./sweep_display.ts";

/** Options of {@linkcode runAndReport}. */
export interface RunAndReportOptions extends RunSweepOptions {
  /** The arguments of the command, for commands that it advises. */
  readonly args: readonly string[];
}

/** Failures that a summary names. */
const MOST_FAILURES = 10;

/** An argument as a shell reads it back. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument)
    ? argument
    : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** The command of these arguments, without some and with others. */
function commandOf(args: readonly string[], ...added: string[]): string {
  const kept = args.filter((one) => one !== "--only-failed");
  return ["deno task sweep", ...kept.map(quote), ...added].join(" ");
}

function printReport(
  sweep: Sweep,
  report: SweepReport,
  args: readonly string[],
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
  for (const { trial, reason } of failed.slice(0, MOST_FAILURES)) {
    console.log(`  ${labelOf(trial)}: ${reason}`);
  }
  if (failed.length > MOST_FAILURES) {
    console.log(`  and ${failed.length - MOST_FAILURES} more`);
  }
  if (report.table !== undefined) console.log(`Table: ${report.table}`);
  if (failed.length > 0) {
    console.log(`Log of the first: ${failed[0].log}`);
    console.log(`How far each is: ${commandOf(args, "--list")}`);
    console.log(`To run them again: ${commandOf(args, "--only-failed")}`);
  }
  if (stopped) console.log(`Stopped. To continue: ${commandOf(args)}`);
}

/** Runs a sweep, shows what it does and what it came to; returns the exit code. */
export async function runAndReport(
  sweep: Sweep,
  options: RunAndReportOptions,
): Promise<number> {
  const { args, clock, dataDirectory, jobs } = options;
  const startMs = clock();
  const encoder = new TextEncoder();
  const interactive = Deno.stdout.isTerminal();
  const display = observeSweep({
    clock,
    jobs,
    forecast: await readForecast(dataDirectory),
    interactive,
    // Some terminals do not know how wide they are.
    width: () => Deno.consoleSize().columns || 80,
    // Away from a terminal, texts are whole lines.
    write: (text) =>
      interactive
        ? void Deno.stdout.writeSync(encoder.encode(text))
        : console.log(text.trimEnd()),
  });
  try {
    const report = await runSweep(sweep, {
      ...options,
      ...display,
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
        display.onBegin?.(finished, trials);
      },
    });
    display.close();
    printReport(sweep, report, args, (clock() - startMs) / 1000);
    const { stopped, failed, table } = report;
    return stopped || failed.length > 0 || table === undefined ? 1 : 0;
  } catch (error) {
    display.close();
    throw error;
  }
}
