/**
 * A process that makes the checks, as the process that started it sees it.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import { configFlags } from "../checkout.ts";
import { folderAround, permissionFlags } from "../permissions.ts";
import { isMethodFile } from "../method_file.ts";
import { linesOf } from "../worker.ts";
import type { ChecksConfig, ChecksMessage } from "./run_checks.ts";

/** The program: a command, which nothing here imports. */
const CHECKER = new URL("../../cli/method_checker.ts", import.meta.url).href;

/**
 * The command that checks a method: it may read what a worker may read that runs a
 * trial of the method, and nothing else.
 */
export function checkerCommand(config: ChecksConfig): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...configFlags(),
      ...permissionFlags(
        isMethodFile(config.method)
          ? { read: [folderAround(config.method)] }
          : {},
      ),
      CHECKER,
      JSON.stringify(config),
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** How a process that checks came to its end. */
export type CheckerEnding =
  /** By itself, with all done. */
  | { readonly type: "finished" }
  /** All is done, but it was still there. */
  | { readonly type: "stayed" }
  /** A call of the method did not come back. */
  | { readonly type: "late" }
  /** It was told to. */
  | { readonly type: "stopped" }
  /** In the midst of a call, or afterwards by an error that nobody caught. */
  | { readonly type: "died"; readonly reason: string };

/** How {@linkcode followChecker} follows. */
export interface FollowOptions {
  /** Starts the process. */
  readonly command: Deno.Command;
  /** Told of every message. */
  readonly onMessage: (message: ChecksMessage) => void;
  /** Longest that a call of the method may take, in ms. */
  readonly limitMs: number;
  /** Kills the process. */
  readonly signal?: AbortSignal;
}

/** How long a process may take to end that has nothing left to do. */
const END_MS = 3000;

function parseMessage(line: string): ChecksMessage | undefined {
  if (!line.startsWith('{"type":')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The last line that is an error, or else the last. */
function reasonOf(text: string, status: Deno.CommandStatus): string {
  const lines = stripVTControlCharacters(text).split("\n")
    .filter((line) => line.trim() !== "");
  return lines.find((line) => /^error: |heap limit|panicked at/i.test(line)) ??
    lines.at(-1) ?? `exit code ${status.code}`;
}

/** Starts a process that checks, and follows it to its end. */
export async function followChecker(
  { command, onMessage, limitMs, signal }: FollowOptions,
): Promise<CheckerEnding> {
  const checker = command.spawn();
  let killed: CheckerEnding | undefined;
  let done = false;
  const kill = (ending: CheckerEnding) => {
    killed ??= ending;
    try {
      checker.kill("SIGKILL");
    } catch {
      // It has ended.
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (milliseconds: number, ending: CheckerEnding) => {
    clearTimeout(timer);
    timer = setTimeout(() => kill(ending), milliseconds);
  };
  const stop = () => kill({ type: "stopped" });
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const errors = new Response(checker.stderr).text();
  try {
    for await (const line of linesOf(checker.stdout)) {
      const message = parseMessage(line);
      if (message === undefined) continue;
      if (message.type === "finished") {
        done = true;
        wait(END_MS, { type: "stayed" });
      } else {
        wait(limitMs, { type: "late" });
      }
      onMessage(message);
    }
    const status = await checker.status;
    const text = await errors;
    if (killed !== undefined) return killed;
    if (done && status.success) return { type: "finished" };
    return { type: "died", reason: reasonOf(text, status) };
  } catch (error) {
    // Whoever was told of a message threw.
    stop();
    await Promise.all([checker.status, errors]);
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
