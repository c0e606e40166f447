/**
 * A worker: a process that runs one trial, talks in lines of JSON on its standard
 * output, and stops when its standard input ends, as it does when the process that
 * started it is gone.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import type { EpisodeRow } from "./rows.ts";

/** A message of a worker: a line of JSON on its standard output. */
export type WorkerMessage =
  | { readonly type: "episode"; readonly row: EpisodeRow }
  | { readonly type: "finished"; readonly directory: string }
  | { readonly type: "busy" }
  | { readonly type: "stopped" }
  | { readonly type: "failed"; readonly reason: string };

/** How a worker ended. */
export type WorkerEnding =
  /** The trial has results. */
  | { readonly type: "finished" }
  /** Another process runs the trial. */
  | { readonly type: "busy" }
  /** It was told to stop, and the trial is not finished. */
  | { readonly type: "stopped" }
  /** The trial failed, or the worker did. */
  | { readonly type: "failed"; readonly reason: string };

/** How {@linkcode runWorker} runs. */
export interface RunWorkerOptions {
  /** Starts a process whose three standard streams are piped. */
  readonly command: Deno.Command;
  /** Called after every episode. */
  readonly onEpisode?: (row: EpisodeRow) => void;
  /** Called with every other line that the worker prints. */
  readonly onOutput?: (line: string) => void;
  /** Tells the worker to stop. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the trial has failed; by default none. */
  readonly timeoutMs?: number;
  /** Milliseconds that a worker may take to stop before it is killed. */
  readonly graceMs?: number;
}

/** Longer than an episode takes, shorter than people like to wait. */
const DEFAULT_GRACE_MS = 3000;

/** Longest timer that there is: 2³¹ - 1 milliseconds. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The lines of a stream of text. */
export async function* linesOf(
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

/** The message that a line is, or `undefined` for anything else. */
function parseMessage(line: string): WorkerMessage | undefined {
  if (!line.startsWith('{"type":')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** In a few words, why a process failed that did not say so itself. */
function reasonOf(lines: readonly string[], status: Deno.CommandStatus) {
  if (lines.some((line) => /heap out of memory|heap limit/i.test(line))) {
    return "ran out of memory";
  }
  if (status.signal === "SIGKILL") {
    return "was killed (SIGKILL), as the system does when memory runs short";
  }
  const said = lines.find((line) => /^error: |panicked at/i.test(line)) ??
    lines[lines.length - 1];
  return said ?? `ended with ${status.signal ?? `exit code ${status.code}`}`;
}

/** Tells a worker to stop, and kills it if it does not. */
class Stopper {
  readonly #worker: Deno.ChildProcess;
  readonly #graceMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(worker: Deno.ChildProcess, graceMs: number) {
    this.#worker = worker;
    this.#graceMs = graceMs;
  }

  readonly stop = () => {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      try {
        this.#worker.kill("SIGKILL");
      } catch {
        // It has ended in the meantime.
      }
    }, this.#graceMs);
    this.#worker.stdin.close().catch(() => {});
  };

  done(): void {
    clearTimeout(this.#timer);
    this.#worker.stdin.close().catch(() => {});
  }
}

/** Last lines of standard error that are kept to find out what went wrong. */
const MOST_LINES = 200;

/** Starts a worker and follows it to its end. */
export async function runWorker(
  options: RunWorkerOptions,
): Promise<WorkerEnding> {
  const { command, signal, timeoutMs, onOutput } = options;
  const worker = command.spawn();
  const stopper = new Stopper(worker, options.graceMs ?? DEFAULT_GRACE_MS);
  let late = false;
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => {
    late = true;
    stopper.stop();
  }, Math.min(timeoutMs, LONGEST_TIMER_MS));
  signal?.addEventListener("abort", stopper.stop);
  if (signal?.aborted) stopper.stop();
  try {
    let last: WorkerMessage | undefined;
    const errors: string[] = [];
    const reading = (async () => {
      for await (const line of linesOf(worker.stderr)) {
        const text = stripVTControlCharacters(line).trimEnd();
        if (text === "") continue;
        onOutput?.(text);
        errors.push(text);
        if (errors.length > MOST_LINES) errors.shift();
      }
    })();
    for await (const line of linesOf(worker.stdout)) {
      const message = parseMessage(line);
      if (message === undefined) onOutput?.(line);
      else if (message.type === "episode") options.onEpisode?.(message.row);
      else last = message;
    }
    await reading;
    const status = await worker.status;
    // Results are in the store before a worker says so: no ending undoes it.
    if (last?.type === "finished" || last?.type === "busy") return last;
    if (late) {
      const reason = `took longer than ${(timeoutMs ?? 0) / 1000} s`;
      return { type: "failed", reason };
    }
    if (last?.type === "failed") return last;
    if (signal?.aborted) return { type: "stopped" };
    if (last?.type === "stopped") {
      return { type: "failed", reason: "was stopped by another process" };
    }
    return { type: "failed", reason: reasonOf(errors, status) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stopper.stop);
    stopper.done();
  }
}
