/**
 * The checks themselves, in a process of their own: it tells what it is about to do
 * in lines of JSON, so that the process that started it can name what never ends.
 *
 * @module
 */

import { InputError } from "../../input/input_error.ts";
import {
  findMethod,
  type Hyperparameters,
  type Method,
} from "../../methods/mod.ts";
import { isMethodFile, loadMethodFile } from "../method_file.ts";
import { checkDisposes } from "./disposes.ts";
import { checkFeasible } from "./feasible.ts";
import {
  type CheckName,
  type CheckResult,
  type Finding,
  resultOf,
} from "./findings.ts";
import { checkRestored } from "./restored.ts";
import { checkSeeded, fingerprint } from "./seeded.ts";
import { checkSees } from "./sees.ts";
import { smallHyperparameters, type Subject, watchSubject } from "./subject.ts";
import { EndlessTrainingError, listenToStreams, Watch } from "./watch.ts";
import { describeWorld, oddWorlds } from "./worlds.ts";

/** What is to be checked, as plain JSON. */
export interface ChecksConfig {
  /** Name of one of the lab's methods, or a file. */
  readonly method: string;
  /** Values that differ from the method's defaults. */
  readonly hyperparameters: Hyperparameters;
  /** In how many worlds. */
  readonly worlds: number;
  /** Root of the random ones. */
  readonly seed: number;
  /** What is made: all checks, or a fingerprint to compare with another process's. */
  readonly part: "checks" | "fingerprint";
}

/** A line of what a process that checks prints. */
export type ChecksMessage =
  /** The method is no method, or the config not valid. */
  | { readonly type: "refused"; readonly message: string }
  /** The method is loaded, and the worlds are made. */
  | { readonly type: "begun"; readonly name: string; readonly worlds: string[] }
  /** A check begins. */
  | { readonly type: "check"; readonly name: CheckName }
  /** Something is about to be done in a world. */
  | { readonly type: "world"; readonly world: string }
  /** The method is about to be called. */
  | { readonly type: "call"; readonly what: string }
  /** A check is over. */
  | { readonly type: "result"; readonly result: CheckResult }
  /** What the method does world by world. */
  | { readonly type: "fingerprint"; readonly hashes: readonly string[] }
  /** Training went on after its end. */
  | { readonly type: "endless"; readonly message: string }
  /** All is done: the process has nothing left to do. */
  | { readonly type: "finished" };

/** Where {@linkcode runChecks} tells what it does. */
export interface RunChecksOptions {
  /** Milliseconds. */
  readonly clock: () => number;
  /** Prints a message. */
  readonly send: (message: ChecksMessage) => void;
}

async function load(method: string): Promise<Method> {
  return isMethodFile(method)
    ? (await loadMethodFile(method)).method
    : findMethod(method);
}

/** Loads the method and makes the worlds. */
async function prepare(
  config: ChecksConfig,
  { send }: RunChecksOptions,
): Promise<Subject> {
  send({ type: "call", what: "the module itself" });
  const method = await load(config.method);
  const watch = new Watch((what) => send({ type: "call", what }));
  const subject = watchSubject(
    method,
    smallHyperparameters(method, config.hyperparameters),
    {
      watch,
      worlds: oddWorlds(config.worlds, config.seed),
      onWorld: (world) => send({ type: "world", world: describeWorld(world) }),
    },
  );
  if (subject.worlds.length === 0) {
    throw new InputError(
      `Cannot check ${method.name}: its exclusion must allow a world, got none of ${config.worlds}`,
    );
  }
  const worlds = subject.worlds.map(describeWorld);
  send({ type: "begun", name: method.name, worlds });
  return subject;
}

/** Makes the checks one after another. */
async function check(
  subject: Subject,
  { clock, send }: RunChecksOptions,
): Promise<void> {
  const make = async (name: CheckName, find: () => Promise<Finding>) => {
    send({ type: "check", name });
    const startMs = clock();
    const finding = await find();
    const result = resultOf(name, finding, (clock() - startMs) / 1000);
    send({ type: "result", result });
    return result.verdict;
  };
  await make("feasible", () => checkFeasible(subject));
  let hashes: readonly string[] = [];
  const seeded = await make("seeded", async () => {
    const { finding, fingerprint } = await checkSeeded(subject);
    hashes = fingerprint;
    return finding;
  }) === "passed";
  send({ type: "fingerprint", hashes });
  await make(
    "restored",
    async () =>
      seeded || !subject.method.learns
        ? await checkRestored(subject)
        : { notJudged: "trainings with the same seed differ anyway" },
  );
  await make("sees", () => checkSees(subject, { seeded }));
  await make("disposes", () => checkDisposes(subject));
}

/**
 * Checks a method, and tells of every step before it is made. It returns when all is
 * done; whether the process then ends is itself a check.
 */
export async function runChecks(
  config: ChecksConfig,
  options: RunChecksOptions,
): Promise<void> {
  const { send } = options;
  try {
    const subject = await prepare(config, options);
    const unlisten = listenToStreams(subject.watch);
    try {
      if (config.part === "checks") await check(subject, options);
      else {
        const hashes = await fingerprint(subject);
        send({ type: "fingerprint", hashes });
      }
    } finally {
      unlisten();
    }
    send({ type: "finished" });
  } catch (error) {
    if (error instanceof EndlessTrainingError) {
      send({ type: "endless", message: error.message });
    } else if (error instanceof InputError) {
      send({ type: "refused", message: error.message });
    } else throw error;
  }
}
