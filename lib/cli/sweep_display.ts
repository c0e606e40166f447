/**
 * What a running sweep shows: a table that is drawn again and again on a terminal,
 * plain lines elsewhere.
 *
 * @module
 */

import { labelOf, type Sweep } from "../studies/expand.ts";
import { formatProgress, formatSeconds } from "../studies/progress_text.ts";
import { SweepProgress } from "../studies/sweep_progress.ts";
import type { SweepProgressOptions } from "../studies/sweep_progress.ts";
import type { SweepObserver } from "../studies/run_sweep.ts";
import { firstLearningEpisode, isTraining } from "../trials/trial.ts";
import { formatShort } from "./progress.ts";
import { formatTable } from "./table.ts";
import { oneLine, type TerminalSize } from "./terminal.ts";

/** Options of {@linkcode observeSweep}. */
export interface SweepDisplayOptions extends SweepProgressOptions {
  /** Whether lines can be overwritten. */
  readonly interactive: boolean;
  /** Columns and rows of the terminal, if there is one. */
  readonly size: () => TerminalSize;
  /** Writes text as it is. */
  readonly write: (text: string) => void;
}

const TERMINAL_INTERVAL_MS = 500;
const PLAIN_INTERVAL_MS = 30_000;

/** Prints how many learners of a sweep end before their first update, if any. */
export function printUntrained({ trials }: Sweep): void {
  const untrained = trials.filter(({ config }) =>
    isTraining(config) && config.episodes < firstLearningEpisode(config)
  );
  if (untrained.length === 0) return;
  console.log(
    `${untrained.length} of the trials train too few episodes to learn anything: updates begin after minReplaySize slots`,
  );
}

/** A line for every trial that runs. */
function runningLines(progress: SweepProgress, nowMs: number): string[] {
  if (progress.running.length === 0) return [];
  return formatTable(
    progress.running.map(({ trial, episode, episodes, startedMs }) => [
      `  ${labelOf(trial)}`,
      `${episode}/${episodes}`.padStart(2 * `${episodes}`.length + 1),
      `${Math.floor(100 * episode / episodes)} %`.padStart(5),
      formatSeconds((nowMs - startedMs) / 1000),
    ]),
  );
}

/** Shows what a sweep does; `close` leaves the terminal as it should be. */
export function observeSweep(
  options: SweepDisplayOptions,
): SweepObserver & { readonly close: () => void } {
  const { clock, interactive, write } = options;
  const progress = new SweepProgress(options);
  let drawn = 0;
  let shownMs = clock();
  const erase = () => {
    if (drawn > 0) write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    const { columns, rows } = options.size();
    const all = [
      formatProgress(progress),
      ...runningLines(progress, clock()),
    ];
    // The cursor stands in the row below, and what is above cannot be erased.
    const room = Math.max(1, rows - 1);
    const lines = all.length <= room || room < 3 ? all.slice(0, room) : [
      ...all.slice(0, room - 1),
      `  and ${all.length - room + 1} more`,
    ];
    const width = Math.max(1, columns - 1);
    lines.forEach((line, index) => lines[index] = line.slice(0, width));
    write(lines.map((line) => `${line}\n`).join(""));
    drawn = lines.length;
  };
  const refresh = () => {
    const interval = interactive ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS;
    if (clock() - shownMs < interval) return;
    shownMs = clock();
    if (interactive) draw();
    else write(`${formatProgress(progress)}\n`);
  };
  const say = (line: string) => {
    erase();
    write(`${oneLine(line)}\n`);
    if (interactive && progress.running.length > 0) draw();
  };
  const count = () => `[${progress.done + progress.failed}/${progress.total}]`;
  return {
    onBegin: (finished, trials) => {
      progress.begin(finished, trials);
      shownMs = clock();
    },
    onStarted: (trial) => {
      progress.start(trial);
      refresh();
    },
    onEpisode: (trial, row) => {
      progress.step(trial, row.episode);
      refresh();
    },
    onFinished: (trial) => {
      const running = progress.running.find((one) => one.trial === trial);
      const took = running === undefined
        ? "finished by another process"
        : `finished in ${formatShort((clock() - running.startedMs) / 1000)}`;
      progress.finish(trial);
      say(`${count()} ${labelOf(trial)} ${took}`);
    },
    onFailed: ({ trial, reason }) => {
      progress.fail(trial);
      say(`${count()} ${labelOf(trial)} failed: ${reason}`);
    },
    onLeft: (trial) => progress.leave(trial),
    onNote: say,
    close: erase,
  };
}
