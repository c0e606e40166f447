/**
 * A pool of worker processes, one trial each: a trial that crashes or runs out
 * of memory takes no other with it.
 *
 * @module
 */

import type { EpisodeRow } from "./rows.ts";
import type { TrialConfig } from "./trial.ts";

/** A message of a worker: a line of JSON on its standard output. */
export type WorkerMessage =
  | { readonly type: "episode"; readonly row: EpisodeRow }
  | { readonly type: "finished"; readonly directory: string };

/** How a pool runs. */
export interface PoolOptions {
  /** Trials to run, in this order. */
  readonly trials: readonly TrialConfig[];
  /** Processes at a time. */
  readonly jobs: number;
  /** The command that runs a trial and prints {@linkcode WorkerMessage}s. */
  readonly command: (trial: TrialConfig) => Deno.Command;
  /** Called after every episode of every trial. */
  readonly onEpisode?: (trial: TrialConfig, row: EpisodeRow) => void;
  /** Called when a trial is finished. */
  readonly onFinished?: (trial: TrialConfig) => void;
  /** Ends all workers, which first write a checkpoint. */
  readonly signal?: AbortSignal;
}

/** A trial that did not finish. */
export interface FailedTrial {
  /** The trial. */
  readonly trial: TrialConfig;
  /** The last line of the worker's standard error, or how it ended. */
  readonly reason: string;
}

async function* linesOf(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  let rest = "";
  for await (
    const text of stream.pipeThrough(
      new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>,
    )
  ) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

async function runWorker(
  trial: TrialConfig,
  options: PoolOptions,
): Promise<FailedTrial | undefined> {
  const worker = options.command(trial).spawn();
  const stop = () => worker.kill("SIGTERM");
  options.signal?.addEventListener("abort", stop);
  try {
    let finished = false;
    let lastError = "";
    const errors = (async () => {
      for await (const line of linesOf(worker.stderr)) {
        if (line.trim() !== "") lastError = line;
      }
    })();
    for await (const line of linesOf(worker.stdout)) {
      const message = JSON.parse(line) as WorkerMessage;
      if (message.type === "episode") options.onEpisode?.(trial, message.row);
      else finished = true;
    }
    await errors;
    const status = await worker.status;
    if (finished && status.success) {
      options.onFinished?.(trial);
      return undefined;
    }
    if (options.signal?.aborted) return undefined;
    const ending = status.signal ?? `exit code ${status.code}`;
    return { trial, reason: lastError || `ended with ${ending}` };
  } finally {
    options.signal?.removeEventListener("abort", stop);
  }
}

/**
 * Runs trials, `jobs` at a time.
 *
 * @returns The trials that failed; a trial that was stopped by `signal` is
 * neither finished nor failed.
 */
export async function runPool(options: PoolOptions): Promise<FailedTrial[]> {
  const waiting = [...options.trials];
  const failed: FailedTrial[] = [];
  const lane = async () => {
    while (waiting.length > 0 && !options.signal?.aborted) {
      const failure = await runWorker(waiting.shift()!, options);
      if (failure) failed.push(failure);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, lane));
  return failed;
}
