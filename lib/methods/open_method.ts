/**
 * From a method's description to what decides.
 *
 * @module
 */

import type { Decider } from "../env/decider.ts";
import {
  describePath,
  describeValue,
  InputError,
  parseInput,
} from "../input/input_error.ts";
import { objectSchema } from "../input/schema.ts";
import { RandomStream } from "../math/prng.ts";
import {
  DEFAULT_ENGINE,
  type Engine,
  type EngineName,
  openEngine,
} from "../nn/mod.ts";
import { drawInstance, type Instance } from "../scenario/instance.ts";
import { entrySchema } from "../input/ledger_entry.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type {
  EpisodeBound,
  Hyperparameters,
  HyperparameterValue,
  Learner,
  Method,
  Sees,
} from "./method.ts";
import { METHOD_SCHEMA } from "./method_schema.ts";
import { refuseWorld } from "../optimum/world_needs.ts";
import { SlotBudget } from "./slot_budget.ts";

/**
 * A value for every hyperparameter of a method: what is given, else the default.
 *
 * @param given Values that differ from the defaults.
 * @param path Where they stand, for the error message.
 * @throws {InputError} If a key is unknown or a value is not allowed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resolveHyperparameters } from "./open_method.ts";
 * import { findMethod } from "./registry.ts";
 *
 * const pso = findMethod("pso");
 * assertEquals(resolveHyperparameters(pso).actionsPerPlan, 10_000);
 * const { actionsPerPlan } = resolveHyperparameters(pso, { actionsPerPlan: 500 });
 * assertEquals(actionsPerPlan, 500);
 * ```
 */
export function resolveHyperparameters(
  { name, hyperparameters = {} }: Method,
  given: unknown = {},
  act = `set the hyperparameters of ${name}`,
  path: readonly PropertyKey[] = ["hyperparameters"],
): Hyperparameters {
  const entries = Object.entries(hyperparameters);
  const schema = objectSchema(
    Object.fromEntries(
      entries.map(([key, entry]) => [key, entrySchema(entry).optional()]),
    ),
    entries.length === 0
      ? `left out: ${name} has none`
      : `an object with ${entries.map(([key]) => key).join(", ")}`,
  );
  const values = parseInput(schema, given, { act, path });
  return Object.fromEntries(entries.map(([key, entry]) => [
    key,
    (values[key] ?? entry.default) as HyperparameterValue,
  ]));
}

/**
 * Refuses hyperparameters that exclude each other or that the world excludes, and a
 * world that rules the method out.
 *
 * @param values A value for every hyperparameter.
 * @throws {InputError} Naming the first of them.
 */
export function refuseExclusions(
  method: Method,
  scenario: Scenario,
  values: Hyperparameters,
  act = `set the hyperparameters of ${method.name}`,
  path: readonly PropertyKey[] = ["hyperparameters"],
): void {
  const found = method.exclusion?.(scenario, values);
  if (found === undefined) return;
  if ("assumption" in found) refuseWorld(scenario, found, act);
  throw new InputError(
    `Cannot ${act}: ${
      describePath([...path, found.key])
    } ${found.condition}, got ${describeValue(values[found.key])}`,
  );
}

/** Whether a method, by its defaults, is for a world. */
export function isFor(method: Method, scenario: Scenario): boolean {
  const values = resolveHyperparameters(method);
  return method.exclusion?.(scenario, values) === undefined;
}

/**
 * Checks a method that comes from outside: neither a notebook nor an import checks
 * types. Hyperparameters must be entries of the ledger whose defaults they allow.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} Naming the first thing that is wrong, and the nearest key for
 * one that is unknown.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { requireMethod } from "./open_method.ts";
 *
 * assertThrows(
 *   () => requireMethod({ name: "lfu", lable: "LFU" }, "play"),
 *   Error,
 *   'Cannot play: method.lable must be a known key (nearest: label), got "LFU"',
 * );
 * ```
 */
export function requireMethod(value: unknown, act: string): Method {
  parseInput(METHOD_SCHEMA, value, { act, path: ["method"] });
  return value as Method;
}

/** Where {@linkcode openMethod} makes a method. */
export interface OpenMethodOptions {
  /** The world. */
  readonly scenario: Scenario;
  /** Seed of every random stream of the method. */
  readonly seed: number;
  /** Seed of the instance; by default 0. */
  readonly instanceSeed?: number;
  /** The instance, if it is no draw of the scenario. */
  readonly instance?: Instance;
  /** A value for every hyperparameter; by default the defaults. */
  readonly hyperparameters?: Hyperparameters;
  /** What computes networks; by default `wasm`. */
  readonly engine?: EngineName;
  /** Whether it may take native kernels; see `EngineOptions`. */
  readonly native?: boolean;
  /** Aborted when the method is to stop. */
  readonly signal?: AbortSignal;
}

/** A method that has been made. */
export interface OpenedMethod {
  /** What decides. */
  readonly decider: Decider;
  /** The same, if it is trained before. */
  readonly learner?: Learner;
  /** What it sees in this world. */
  readonly sees: Sees;
  /** What it knows of the least G of an episode in this world. */
  readonly bound?: EpisodeBound;
  /** What it spends. */
  readonly budget: SlotBudget;
  /** What the engine that it has opened says of its library. */
  readonly library: () => string | undefined;
}

/** Makes a method. */
export async function openMethod(
  method: Method,
  options: OpenMethodOptions,
): Promise<OpenedMethod> {
  const { scenario, seed, instanceSeed = 0, signal } = options;
  const budget = new SlotBudget();
  let engine: Engine | undefined;
  const setup = {
    scenario,
    instance: options.instance ?? drawInstance(scenario, instanceSeed),
    seed,
    instanceSeed,
    hyperparameters: options.hyperparameters ?? resolveHyperparameters(method),
    stream: (name: string) => new RandomStream(seed, name),
    openEngine: async () =>
      engine ??= await openEngine(options.engine ?? DEFAULT_ENGINE, options),
    budget,
    ...signal === undefined ? {} : { signal },
  };
  const { sees = "visible" } = method;
  const bound = method.bound?.(scenario);
  const opened = {
    sees: typeof sees === "function"
      ? sees(scenario, setup.hyperparameters)
      : sees,
    ...bound === undefined ? {} : { bound },
    budget,
    library: () => engine?.library,
  };
  if (!method.learns) return { ...opened, decider: await method.create(setup) };
  const learner = await method.create(setup);
  return { ...opened, decider: learner, learner };
}
