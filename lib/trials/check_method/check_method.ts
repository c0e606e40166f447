/**
 * Does a method keep its contract? Checked in hundreds of odd worlds.
 *
 * @module
 */

import { resolve } from "node:path";
import { InputError, parseInput } from "../../input/input_error.ts";
import { numberSchema, objectSchema } from "../../input/schema.ts";
import { SEED_SCHEMA } from "../../input/seeds.ts";
import { findMethod, type Hyperparameters } from "../../methods/mod.ts";
import { isMethodFile } from "../method_file.ts";
import {
  checkerCommand,
  type CheckerEnding,
  followChecker,
} from "./checker.ts";
import { CHECK_NAMES, type CheckName, type CheckResult } from "./findings.ts";
import type { ChecksConfig, ChecksMessage } from "./run_checks.ts";

/** How {@linkcode checkMethod} checks. */
export interface CheckMethodOptions {
  /**
   * Values that differ from the method's defaults. Where nothing is given, networks,
   * replay and searches are small.
   */
  readonly hyperparameters?: Hyperparameters;
  /** In how many worlds; by default 300. */
  readonly worlds?: number;
  /** Root of the random worlds; by default 0. */
  readonly seed?: number;
  /**
   * Longest in s that a call of the method may take: to be made, to decide, to train
   * an episode; by default 10.
   */
  readonly limitS?: number;
  /** Called when a check begins. */
  readonly onCheck?: (name: CheckName) => void;
  /** Stops. */
  readonly signal?: AbortSignal;
}

/** What {@linkcode checkMethod} returns. */
export interface MethodCheck {
  /** Name of the method. */
  readonly method: string;
  /** Whether no check has failed. */
  readonly passed: boolean;
  /** Every check, in the order feasible, seeded, restored, sees, disposes, ends. */
  readonly checks: readonly CheckResult[];
}

const OPTIONS = objectSchema({
  worlds: numberSchema({ minimum: 1, maximum: 100_000, integer: true })
    .optional(),
  seed: SEED_SCHEMA.optional(),
  limitS: numberSchema({ minimum: 0.1, maximum: 1e6 }).optional(),
}, "an object with worlds, seed, limitS");

/** Where a process that checks is, and what it has come to. */
class Progress {
  readonly results = new Map<CheckName, CheckResult>();
  name: string | undefined;
  worlds: readonly string[] = [];
  check: CheckName | undefined;
  world: string | undefined;
  call = "nothing";
  hashes: readonly string[] = [];
  endless: string | undefined;
  refused: string | undefined;

  take(message: ChecksMessage): void {
    switch (message.type) {
      case "refused":
        this.refused = message.message;
        break;
      case "begun":
        this.name = message.name;
        this.worlds = message.worlds;
        break;
      case "check":
        this.check = message.name;
        break;
      case "world":
        this.world = message.world;
        break;
      case "call":
        this.call = message.what;
        break;
      case "result":
        this.results.set(message.result.name, message.result);
        this.check = undefined;
        break;
      case "fingerprint":
        this.hashes = message.hashes;
        break;
      case "endless":
        this.endless = message.message;
        break;
    }
  }

  /** A failure of a check where the process is. */
  fail(name: CheckName, message: string, world = this.world): void {
    const before = this.results.get(name);
    this.results.set(name, {
      name,
      verdict: "failed",
      worlds: before?.worlds ?? this.worlds.length,
      failures: 1,
      ...world === undefined ? {} : { world },
      message,
      seconds: before?.seconds ?? 0,
    });
  }
}

/** Enters what the end of the process says of the method. */
function judgeEnding(
  progress: Progress,
  ending: CheckerEnding,
  limitS: number,
): void {
  const { call, endless } = progress;
  if (endless !== undefined) progress.fail("ends", endless);
  else if (ending.type === "late") {
    progress.fail("ends", `has not ended after ${limitS} s: ${call}`);
  } else if (ending.type === "died") {
    const {
      check = progress.results.has("disposes") ? "disposes" : "feasible",
    } = progress;
    progress.fail(check, `ends the process (${call}): ${ending.reason}`);
  } else if (ending.type === "stayed") {
    progress.fail(
      "disposes",
      "keeps the process from ending: a timer, a worker or a listener is left",
      progress.worlds[0],
    );
  }
}

/** Every check, those too that were not come to. */
function allChecks({ results }: Progress): CheckResult[] {
  const failed = CHECK_NAMES.find((name) =>
    results.get(name)?.verdict === "failed"
  );
  return CHECK_NAMES.map((name) =>
    results.get(name) ?? {
      name,
      verdict: "not judged",
      worlds: 0,
      failures: 0,
      message: `the check "${failed}" has failed before`,
      seconds: 0,
    }
  );
}

/** Compares what the method does with what it does in another process. */
async function compareProcesses(
  progress: Progress,
  config: ChecksConfig,
  limitS: number,
  signal?: AbortSignal,
): Promise<void> {
  const other = new Progress();
  const ending = await followChecker({
    command: checkerCommand({ ...config, part: "fingerprint" }),
    onMessage: (message) => other.take(message),
    limitMs: 1000 * limitS,
    signal,
  });
  judgeEnding(
    other,
    ending.type === "stayed" ? { type: "finished" } : ending,
    limitS,
  );
  for (const result of other.results.values()) {
    progress.results.set(result.name, result);
  }
  const differing = progress.hashes.findIndex((hash, index) =>
    other.hashes[index] !== undefined && other.hashes[index] !== hash
  );
  if (differing < 0) return;
  progress.fail(
    "seeded",
    "decides otherwise in another process with the same seed",
    progress.worlds[differing],
  );
}

/**
 * Checks that a method keeps its contract, in hundreds of odd worlds: one user, one
 * model, nothing fits, equal models, every reading of the ledger, random ones.
 *
 * | check | what must hold |
 * |---|---|
 * | `feasible` | it decides in every world, trained and untrained, and no constraint of Eq. 18 is broken |
 * | `seeded` | the same seed gives the same rows and decisions, in another process too |
 * | `restored` | a learner that was saved and restored comes to the same files as one that was not |
 * | `sees` | what it says that it does not see changes nothing: later slots, and lagged requests |
 * | `disposes` | it leaves no networks, files, timers or workers behind |
 * | `ends` | every call comes back within `limitS`, and training ends with its last episode |
 *
 * Each failure names a world that shows it, as a scenario file and a seed: the first
 * test episodes of a trial of that seed. The checks run in a process of their own with
 * the permissions of a worker, since nothing else could stop an endless loop; so the
 * method is a name or a file. Two things are not seen: a copy of the lab's random
 * numbers by which a method foresees a trace, and memory that it never gives back.
 *
 * @param method Name of one of the lab's methods, or a file such as `"./mine.ts"`.
 * @throws {InputError} If there is no such method, it has another form, or an option
 * is not valid.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { checkMethod } from "./check_method.ts";
 *
 * const { passed, checks } = await checkMethod("request-aware-equal", {
 *   worlds: 20,
 * });
 * assertEquals(passed, true);
 * assertEquals(checks.map(({ name }) => name), [
 *   "feasible",
 *   "seeded",
 *   "restored",
 *   "sees",
 *   "disposes",
 *   "ends",
 * ]);
 * ```
 */
export async function checkMethod(
  method: string,
  options: CheckMethodOptions = {},
): Promise<MethodCheck> {
  const { hyperparameters = {}, onCheck, signal, ...counts } = options;
  const { worlds = 300, seed = 0, limitS = 10 } = parseInput(OPTIONS, counts, {
    act: "check the method",
    path: ["options"],
  });
  const config: ChecksConfig = {
    method: isMethodFile(method) ? resolve(method) : findMethod(method).name,
    hyperparameters,
    worlds,
    seed,
    part: "checks",
  };
  const progress = new Progress();
  const ending = await followChecker({
    command: checkerCommand(config),
    onMessage: (message) => {
      progress.take(message);
      if (message.type === "check") onCheck?.(message.name);
    },
    limitMs: 1000 * limitS,
    signal,
  });
  if (progress.refused !== undefined) throw new InputError(progress.refused);
  judgeEnding(progress, ending, limitS);
  const { results } = progress;
  if (results.get("seeded")?.verdict === "passed") {
    await compareProcesses(progress, config, limitS, signal);
  }
  signal?.throwIfAborted();
  if (results.size === CHECK_NAMES.length - 1 && !results.has("ends")) {
    const { length } = progress.worlds;
    // The other checks have made all its calls.
    results.set("ends", {
      name: "ends",
      verdict: "passed",
      worlds: length,
      failures: 0,
      seconds: 0,
    });
  }
  const checks = allChecks(progress);
  return {
    method: progress.name ?? method,
    passed: checks.every(({ verdict }) => verdict !== "failed"),
    checks,
  };
}
