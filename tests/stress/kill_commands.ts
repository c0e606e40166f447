/**
 * Kills commands of `deno task` at random moments: no process may be left, nothing
 * half-written, and the same command must come to the same bytes.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  childrenOf,
  describeProcess,
  findProcesses,
  type MarkedTask,
  startTask,
  waitForEnd,
} from "./processes.ts";

/** A command to kill. */
export interface KillSubject {
  /** Its name, for messages. */
  readonly name: string;
  /** The checkout that it runs in. */
  readonly checkout: (folder: string) => string;
  /** Its arguments, for the results to go into a folder. */
  readonly args: (folder: string) => readonly string[];
  /** Whole files of the results by path; temporary ones, too. */
  readonly read: (folder: string) => Promise<Record<string, Uint8Array>>;
  /** Begins a folder. */
  readonly begin?: (folder: string) => Promise<void>;
}

/** Options of {@linkcode killCommand}. */
export interface KillCommandOptions {
  /** A folder for results. */
  readonly folder: string;
  /** How the command is ended. */
  readonly signal: Deno.Signal;
  /** How often. */
  readonly kills: number;
  /** Seed of the moments and victims. */
  readonly seed: number;
}

/** What happened. */
export interface KillCommandReport {
  /** Kills by victim. */
  readonly victims: Readonly<Record<string, number>>;
  /** Longest time from a kill to the end of the last process. */
  readonly longestMs: number;
  /** Folders that were filled to the end and compared. */
  readonly folders: number;
}

/** Longest time from a kill to the end of the last process, in milliseconds. */
export const LIMIT_MS = 5000;

/** Who is killed: the task, its launcher, or the command that this started. */
const VICTIMS = ["deno task", "launcher", "command"] as const;

const TEMPORARY = /(^|\/)[^/]*\.(tmp|lock|checkpoint)(\/|$)|\/\.[^/]+\//;

/** Names of files that are there for a while only. */
function temporaryNames(files: Record<string, Uint8Array>): string[] {
  return Object.keys(files).filter((name) => TEMPORARY.test(name));
}

async function pick(
  { process }: MarkedTask,
  victim: typeof VICTIMS[number],
): Promise<number | undefined> {
  let pid: number | undefined = process.pid;
  for (let depth = VICTIMS.indexOf(victim); depth > 0 && pid; depth--) {
    // What the task's shell runs before ends first.
    pid = (await childrenOf(pid)).at(-1);
  }
  return pid;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A sweep that stops writes the rows of what has finished so far. */
const TABLE = /^sweeps\/.*\.csv$/;

function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).split("\n");
}

/** Makes sure that every file that is there has the bytes that it should. */
function checkWhole(
  files: Record<string, Uint8Array>,
  expected: Record<string, Uint8Array>,
  complete: boolean,
): void {
  const temporary = new Set(temporaryNames(files));
  for (const [name, bytes] of Object.entries(files)) {
    if (temporary.has(name)) continue;
    assert(name in expected, `${name} is left`);
    if (TABLE.test(name) && !complete) {
      const lines = new Set(linesOf(expected[name]));
      assert(linesOf(bytes).every((line) => lines.has(line)), name);
    } else {assert(
        Buffer.compare(bytes, expected[name]) === 0,
        `${name} differs`,
      );}
  }
}

/** Runs a subject to its end; returns how long that takes. */
export async function runWhole(
  { checkout, args, begin }: KillSubject,
  folder: string,
): Promise<number> {
  await begin?.(folder);
  const startMs = performance.now();
  const task = startTask(
    checkout(folder),
    args(folder),
    crypto.randomUUID(),
  );
  assertEquals((await task.process.status).code, 0);
  assertEquals(await findProcesses(task), []);
  return performance.now() - startMs;
}

/** Kills a running command, if it is still there, and checks what is left. */
async function strike(
  task: MarkedTask,
  victim: typeof VICTIMS[number],
  signal: Deno.Signal,
): Promise<number | undefined> {
  const pid = await pick(task, victim);
  const startMs = performance.now();
  try {
    if (pid === undefined) return undefined;
    Deno.kill(pid, signal);
  } catch {
    return undefined;
  }
  const left = await waitForEnd(task, LIMIT_MS);
  const tookMs = performance.now() - startMs;
  const described = await Promise.all(left.map(describeProcess));
  for (const one of left) Deno.kill(one, "SIGKILL");
  assertEquals(described, [], `left ${signal} of ${victim}`);
  return tookMs;
}

/**
 * Runs the test for one command and one signal.
 *
 * @param expected Results of an uninterrupted run, and how long that takes.
 * @throws {AssertionError} If a process is left, a file half-written or different.
 */
export async function killCommand(
  subject: KillSubject,
  expected: { files: Record<string, Uint8Array>; tookMs: number },
  { folder, signal, kills, seed }: KillCommandOptions,
): Promise<KillCommandReport> {
  const random = new RandomStream(seed, `${subject.name} ${signal}`);
  const victims: Record<string, number> = {};
  let longestMs = 0;
  let folders = 0;
  let done = 0;
  do {
    const own = `${folder}/${folders++}`;
    await subject.begin?.(own);
    for (let complete = false; !complete;) {
      const task = startTask(
        subject.checkout(own),
        subject.args(own),
        crypto.randomUUID(),
      );
      const victim = VICTIMS[done === 0 ? 0 : random.integer(VICTIMS.length)];
      if (done < kills) {
        await sleep(random.uniform() * expected.tookMs);
        const tookMs = await strike(task, victim, signal);
        if (tookMs !== undefined) {
          done++;
          victims[victim] = (victims[victim] ?? 0) + 1;
          longestMs = Math.max(longestMs, tookMs);
        }
      }
      complete = (await task.process.status).code === 0;
      checkWhole(await subject.read(own), expected.files, complete);
    }
    const files = await subject.read(own);
    assertEquals(temporaryNames(files), []);
    assertEquals(Object.keys(files).sort(), Object.keys(expected.files).sort());
  } while (done < kills);
  return { victims, longestMs, folders };
}
