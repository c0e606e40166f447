/**
 * `--tensorboard DIR`: event files of what a command runs.
 *
 * @module
 */

import type { BoardTrial } from "../studies/event_records.ts";
import type { Sweep } from "../studies/expand.ts";
import type { SweepObserver } from "../studies/run_sweep.ts";
import { EventFiles } from "./event_files.ts";
import { wallClockMs } from "./wall_clock.ts";

/**
 * The event files of a command, if `--tensorboard` is given.
 *
 * @throws {InputError} If they cannot be written.
 */
export async function openEventFiles(
  directory: string | undefined,
  dataDirectory: string,
): Promise<EventFiles | undefined> {
  if (directory === undefined) return undefined;
  return await EventFiles.open({
    directory,
    dataDirectory,
    now: wallClockMs,
    onProblem: (line) => console.error(line),
  });
}

/**
 * Lets event files follow a sweep.
 *
 * @param also What else tells its trials apart, as that of a search's rung.
 */
export function observeForBoards(
  files: EventFiles,
  { trials }: Sweep,
  also: BoardTrial["values"] = {},
): SweepObserver {
  const shown = (trial: BoardTrial): BoardTrial => ({
    ...trial,
    values: { ...trial.values, ...also },
  });
  return {
    onBegin: (_, going) => {
      const ids = new Set(going.map(({ id }) => id));
      for (const trial of trials) {
        if (!ids.has(trial.id)) files.finished(shown(trial));
      }
    },
    onEpisode: (trial, row) => void files.episode(shown(trial), row),
    onFinished: (trial) => void files.finished(shown(trial)),
    onFailed: ({ trial }) => void files.left(trial),
    onLeft: (trial) => void files.left(trial),
  };
}
