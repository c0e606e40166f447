/**
 * One trial in a process of its own: reads its config from the argument, prints
 * a line of JSON per episode. `runPool` starts it; people use `deno task train`.
 *
 * @module
 */

import type { WorkerMessage } from "../experiments/pool.ts";
import { runStoredTrial } from "../experiments/run_stored_trial.ts";
import type { TrialConfig } from "../experiments/trial.ts";
import { runMain } from "./main.ts";
import { stopOnSignals } from "./signals.ts";

function send(message: WorkerMessage): void {
  console.log(JSON.stringify(message));
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const [dataDirectory, config] = args;
  const directory = await runStoredTrial(JSON.parse(config) as TrialConfig, {
    dataDirectory,
    clock: () => performance.now(),
    signal: stopOnSignals(),
    onEpisode: (row) => send({ type: "episode", row }),
  });
  if (directory === undefined) return 1;
  send({ type: "finished", directory });
  return 0;
}

if (import.meta.main) await runMain(main);
