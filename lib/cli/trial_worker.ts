/**
 * One trial in a process of its own: reads its config from the argument, prints
 * a line of JSON per episode. `runPool` starts it; people use `deno task train`.
 *
 * @module
 */

import {
  BusyTrialError,
  runStoredTrial,
  type RunStoredTrialOptions,
} from "../trials/run_stored_trial.ts";
import type { TrialConfig } from "../trials/trial.ts";
import { DEFAULT } from "../trials/worker_command.ts";
import type { WorkerMessage } from "../trials/worker.ts";
import { runMain } from "./command.ts";
import { endWithParent, listenToStop, STOP_SIGNALS } from "./signals.ts";

function send(message: WorkerMessage): void {
  console.log(JSON.stringify(message));
}

/**
 * A signal that aborts when standard input ends, or at SIGTERM. What a terminal
 * sends, Ctrl-C and a hangup, is left to the process that started this one: both
 * get it.
 */
function stopWithStarter(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const name of STOP_SIGNALS) {
    if (name === "SIGTERM") listenToStop(stop, [name]);
    else Deno.addSignalListener(name, () => {});
  }
  endWithParent();
  (async () => {
    for await (const _ of Deno.stdin.readable);
  })().then(stop, stop);
  return controller.signal;
}

/** The command; returns its exit code. */
export async function main(
  args: string[],
  { onEpisode, ...checkpoints }: Pick<
    RunStoredTrialOptions,
    "checkpointEvery" | "checkpointLeastMs" | "onEpisode"
  > = {},
): Promise<number> {
  const [dataDirectory, config, checkpointLeastMs = DEFAULT, gitClean] = args;
  try {
    const directory = await runStoredTrial(JSON.parse(config) as TrialConfig, {
      dataDirectory,
      clock: () => performance.now(),
      signal: stopWithStarter(),
      checkpointLeastMs: checkpointLeastMs === DEFAULT
        ? undefined
        : Number(checkpointLeastMs),
      gitClean: gitClean === undefined || gitClean === "null"
        ? null
        : gitClean === "true",
      ...checkpoints,
      onEpisode: async (row) => {
        send({ type: "episode", row });
        await onEpisode?.(row);
      },
      onNote: (line) => console.error(line),
    });
    if (directory === undefined) {
      send({ type: "stopped" });
      return 1;
    }
    send({ type: "finished", directory });
    return 0;
  } catch (error) {
    if (error instanceof BusyTrialError) {
      send({ type: "busy" });
      return 0;
    }
    console.error(error);
    const [reason] = String((error as Error)?.message ?? error).split("\n");
    send({ type: "failed", reason });
    return 1;
  }
}

if (import.meta.main) await runMain(main);
