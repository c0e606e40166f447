/**
 * Logs of trials: what their workers said, and how they ended.
 *
 * @module
 */

import { dirname } from "node:path";
import { logPath } from "./folder.ts";

/** Options of {@linkcode TrialLogs}. */
export interface TrialLogsOptions {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Name of the sweep. */
  readonly sweep: string;
  /** Called once, when a line cannot be written; trials go on without logs. */
  readonly onProblem: (line: string) => void;
}

/** Appends lines to the logs of a sweep's trials. */
export class TrialLogs {
  readonly #options: TrialLogsOptions;
  #silent = false;

  /** Makes no file yet. */
  constructor(options: TrialLogsOptions) {
    this.#options = options;
  }

  /** Appends a line to a trial's log. */
  write(trial: string, line: string): void {
    const { dataDirectory, sweep, onProblem } = this.#options;
    const path = logPath(dataDirectory, sweep, trial);
    try {
      Deno.mkdirSync(dirname(path), { recursive: true });
      Deno.writeTextFileSync(path, `${line}\n`, { append: true });
    } catch (error) {
      if (!this.#silent) {
        onProblem(`Cannot write ${path}: ${(error as Error).message}`);
      }
      this.#silent = true;
    }
  }
}
