/**
 * Kills sweeps at random moments, starts them again, and compares what is left with
 * an uninterrupted run.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { main as sweepMain } from "../../lib/cli/sweep.ts";
import { expandSweep } from "../../lib/studies/expand.ts";
import type { SweepConfig } from "../../lib/studies/config.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { captureMain } from "../cli/capture.ts";
import { readResults } from "../trials/fixtures.ts";
import { countEvents, readJournal } from "./journal.ts";

/** What a kill hits. */
const VICTIMS = ["sweep", "worker", "both"] as const;

type Victim = typeof VICTIMS[number];

/** Options of {@linkcode killSweep}. */
export interface KillSweepOptions {
  /** An empty folder. */
  readonly folder: string;
  /** What is run. */
  readonly config: SweepConfig;
  /** Kills in all; when the trials are all finished, a new folder is begun. */
  readonly kills: number;
  /** Seed of the moments and victims. */
  readonly seed: number;
  /** Longest time before a kill, in milliseconds. */
  readonly longestMs: number;
  /** Trials at a time. */
  readonly jobs: number;
  /** Sweeps on the folder at a time. */
  readonly sweeps?: number;
  /** Called with a line now and then. */
  readonly onNote?: (line: string) => void;
}

/** What happened. */
export interface KillSweepReport {
  /** Kills by victim. */
  readonly kills: Readonly<Record<Victim, number>>;
  /** Kills while a file or folder was half written. */
  readonly duringWrites: number;
  /** Folders that were filled to the end, and compared. */
  readonly folders: number;
  /** Times that a trial continued or began again. */
  readonly runs: number;
}

const SCRIPT = fileURLToPath(new URL("sweep_process.ts", import.meta.url));

/** Everything of a data folder that an uninterrupted run has too. */
async function readOutcome(data: string, name: string) {
  return {
    trials: await readResults(`${data}/trials`),
    table: await Deno.readTextFile(`${data}/sweeps/${name}/rows.csv`),
  };
}

function startSweep(
  journal: string,
  args: readonly string[],
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--no-lock", "-R", "-W", "--allow-run"],
      ...["--allow-ffi", SCRIPT, journal, ...args],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

function kill(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGKILL");
    return true;
  } catch {
    // It was faster.
    return false;
  }
}

/** Names in a folder; none if it is not there yet. */
function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}

function isWriting(data: string): boolean {
  return namesIn(`${data}/trials`).some((name) => name.endsWith(".tmp"));
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Names of finished trials. */
function finishedIn(data: string): Set<string> {
  return new Set(
    namesIn(`${data}/trials`).filter((name) => !name.includes(".")),
  );
}

/** Counts of kills. */
class Tally {
  readonly kills: Record<Victim, number> = { sweep: 0, worker: 0, both: 0 };
  duringWrites = 0;

  /** Who has been killed least often so far. */
  get next(): readonly Victim[] {
    const least = Math.min(...Object.values(this.kills));
    return VICTIMS.filter((victim) => this.kills[victim] === least);
  }

  get total(): number {
    return Object.values(this.kills).reduce((sum, one) => sum + one);
  }
}

/** Sweeps that run on one folder, from their start to their end. */
class Session {
  readonly #data: string;
  readonly #journal: string;
  readonly #past: number;
  readonly #finishedBefore: ReadonlySet<string>;
  readonly #processes: Deno.ChildProcess[];
  readonly codes: Promise<number[]>;
  ended = false;

  constructor(data: string, journal: string, sweeps: number, args: string[]) {
    this.#data = data;
    this.#journal = journal;
    this.#finishedBefore = finishedIn(data);
    this.#past = readJournal(journal).length;
    this.#processes = Array.from(
      { length: sweeps },
      () => startSweep(journal, args),
    );
    this.codes = Promise.all(this.#processes.map(({ status }) => status))
      .then((statuses) => {
        this.ended = true;
        return statuses.map(({ code }) => code);
      });
  }

  /** Processes that began trials and have not stored them, as far as is known. */
  #workers(): number[] {
    const entries = readJournal(this.#journal).slice(this.#past);
    const pidsOf = (wanted: string) =>
      entries.filter(({ event }) => event === wanted).map(({ pid }) => pid);
    const stored = new Set(pidsOf("store"));
    return pidsOf("start").filter((pid) => !stored.has(pid));
  }

  /** Waits for a write, but not forever. */
  async untilWriting(): Promise<void> {
    for (let look = 0; look < 1000 && !this.ended; look++) {
      if (isWriting(this.#data)) return;
      await sleep(1);
    }
  }

  /** Waits for a worker that has begun a trial, but not forever. */
  async untilWorking(): Promise<void> {
    for (let look = 0; look < 500 && !this.ended; look++) {
      if (this.#workers().length > 0) return;
      await sleep(20);
    }
  }

  /** Kills, and counts it if something died. */
  strike(victim: Victim, tally: Tally): void {
    const sweeps = this.#processes.map(({ pid }) => pid);
    const pids = {
      sweep: sweeps,
      worker: this.#workers().slice(-1),
      both: [...sweeps, ...this.#workers()],
    }[victim];
    const hitsWrite = isWriting(this.#data);
    if (this.ended || pids.filter(kill).length === 0) return;
    tally.kills[victim]++;
    if (hitsWrite) tally.duringWrites++;
  }

  /** Checks that nothing that was finished is lost or was run again. */
  check(): void {
    const before = this.#finishedBefore;
    for (const id of before) {
      assert(finishedIn(this.#data).has(id), `${id} is lost`);
    }
    for (const entry of readJournal(this.#journal).slice(this.#past)) {
      const again = entry.event === "run" && before.has(entry.trial);
      assert(!again, `${entry.trial} ran again`);
    }
  }
}

/**
 * Runs the test.
 *
 * @throws {AssertionError} If a trial is lost, run to its end twice, or differs.
 */
export async function killSweep(
  options: KillSweepOptions,
): Promise<KillSweepReport> {
  const { folder, config, jobs, longestMs, sweeps = 1 } = options;
  const random = new RandomStream(options.seed, "kills");
  const file = `${folder}/config.json`;
  await Deno.writeTextFile(file, JSON.stringify(config));
  const argsOf = (data: string) => [file, "--data", data, "-j", `${jobs}`];
  const whole = `${folder}/whole`;
  const reference = await captureMain(sweepMain, argsOf(whole));
  assertEquals(reference.code, 0, reference.stdout + reference.stderr);
  const expected = await readOutcome(whole, config.name);
  const ids = expandSweep(config, "expand it").trials.map(({ id }) => id);

  const tally = new Tally();
  let folders = 0;
  let runs = 0;
  do {
    const data = `${folder}/data${folders}`;
    const journal = `${folder}/journal${folders}`;
    for (let complete = false; !complete;) {
      const session = new Session(data, journal, sweeps, argsOf(data));
      while (!session.ended && tally.total < options.kills) {
        const awaitsWrite = random.uniform() < 0.3;
        const victim = tally.next[random.integer(tally.next.length)];
        if (victim !== "sweep") await session.untilWorking();
        await sleep(random.uniform() * longestMs);
        if (awaitsWrite) await session.untilWriting();
        session.strike(victim, tally);
        // A sweep that was killed is gone in a moment.
        await sleep(20);
      }
      complete = (await session.codes).every((code) => code === 0);
      session.check();
      options.onNote?.(
        `${tally.total} kills, ${
          finishedIn(data).size
        } of ${ids.length} finished`,
      );
    }
    assertEquals(await readOutcome(data, config.name), expected);
    assertEquals(namesIn(`${data}/trials`).sort(), ids.toSorted());
    const entries = readJournal(journal);
    for (const [trial, count] of countEvents(entries, "store")) {
      assertEquals(count, 1, `${trial} was run to its end ${count} times`);
    }
    const verified = await captureMain(sweepMain, [
      ...argsOf(data),
      "--verify",
    ]);
    assertEquals(verified.code, 0, verified.stdout);
    runs += entries.filter(({ event }) => event === "run").length;
    folders++;
  } while (tally.total < options.kills);
  const { kills, duringWrites } = tally;
  return { kills, duringWrites, folders, runs };
}
