/**
 * From a sweep's config to its trials.
 *
 * @module
 */

import { InputError } from "../input/input_error.ts";
import { type Hyperparameters, type Sees, seesOf } from "../methods/mod.ts";
import type { EngineName } from "../nn/mod.ts";
import {
  parseScenario,
  type ScenarioFile,
} from "../scenario/parse_scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";
import {
  isTraining,
  makeTrial,
  seriesOf,
  type TrialConfig,
  trialId,
} from "../trials/trial.ts";
import { columnOf } from "./columns.ts";
import { seedsOf, specsOf, type SweepConfig } from "./config.ts";
import { partsOf } from "./parts.ts";
import {
  cellsOf,
  countCells,
  EVERY_METHOD,
  type GridCell,
  normalizeGrid,
  USERS_KEY,
} from "./grid.ts";
import { SETTING_SCHEMAS, type SettingName } from "../trials/trial_settings.ts";
import {
  findMethods,
  methodOf,
  refuseSameNames,
  type StudyMethod,
} from "./methods.ts";

/** Most trials of a sweep. */
export const MOST_TRIALS = 100_000;

/** A value in a table. */
export type CellValue = string | number;

/** A trial of a sweep. */
export interface SweepTrial {
  /** Its identity, which takes a while to compute. */
  readonly id: string;
  /** What decides its numbers. */
  readonly config: TrialConfig;
  /** Name of its method in the study. */
  readonly method: string;
  /** Name of its method in tables and figures. */
  readonly label: string;
  /** Color of its method in figures, if it has one of its own. */
  readonly color?: string;
  /** What its method sees. */
  readonly sees: Sees;
  /** What the sweep varies, by column; empty where the method has no such thing. */
  readonly values: Readonly<Record<string, CellValue>>;
  /** Those of the columns that tell its method apart, rather than its world. */
  readonly own: readonly string[];
}

/** A config with its trials. */
export interface Sweep {
  /** Name of the sweep and of its folder. */
  readonly name: string;
  /** What it is for, in a line. */
  readonly title: string;
  /** Names of what varies beside method and seed; columns of the table. */
  readonly columns: readonly string[];
  /** Every trial once, cell by cell, seed by seed, method by method. */
  readonly trials: readonly SweepTrial[];
}

const SETTING_NAMES = Object.keys(SETTING_SCHEMAS) as SettingName[];

/** Keys of a cell that begin with `prefix.`, without it. */
function keysUnder(cell: GridCell, prefix: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(cell).filter(([key]) => key.startsWith(`${prefix}.`))
      .map(([key, value]) => [key.slice(prefix.length + 1), value]),
  );
}

function scenarioOf(
  config: SweepConfig,
  cell: GridCell,
  act: string,
): Scenario {
  const own = typeof config.scenario === "string"
    ? { extends: config.scenario }
    : config.scenario ?? {};
  // A preset varies under what the config says of each; a world stands for itself.
  const { scenario } = cell;
  const file: ScenarioFile = scenario === undefined
    ? own
    : typeof scenario === "string"
    ? { ...own, extends: scenario, name: scenario }
    : scenario as ScenarioFile;
  return parseScenario(
    {
      ...file,
      parameters: {
        ...file.parameters,
        ...keysUnder(cell, "parameters"),
        ...USERS_KEY in cell ? { numUsers: cell[USERS_KEY] } : {},
      },
      assumptions: { ...file.assumptions, ...keysUnder(cell, "assumptions") },
    },
    act,
    ["scenario"],
  );
}

/** Those of some values that a method has, by keys such as `"td3.discount"`. */
function valuesFor(
  { name, method }: StudyMethod,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    ...Object.fromEntries(
      Object.entries(keysUnder(values, EVERY_METHOD)).filter(([key]) =>
        key in (method.hyperparameters ?? {})
      ),
    ),
    ...keysUnder(values, name),
  };
}

/** A trial as the config has it, before the sweep knows what varies. */
interface Described {
  readonly config: TrialConfig;
  readonly method: StudyMethod;
  readonly part?: string;
}

/** What a trial has for a grid's key. */
function valueOf({ config, method, part }: Described, key: string): CellValue {
  const { scenario, hyperparameters = {} } = config;
  const name = key.slice(key.lastIndexOf(".") + 1);
  const owner = key.slice(0, -name.length - 1);
  const values: Readonly<Record<string, unknown>> = owner === method.name ||
      owner === EVERY_METHOD
    ? hyperparameters
    : owner !== "" && owner !== "parameters" && owner !== "assumptions"
    ? {}
    : {
      ...hyperparameters,
      ...scenario.parameters,
      ...scenario.assumptions,
      ...config,
      part,
      scenario: scenario.name,
      [USERS_KEY]: scenario.parameters.numUsers,
    };
  const value = values[name];
  if (value === undefined) return "";
  return typeof value === "string" || typeof value === "number"
    ? value
    : JSON.stringify(value);
}

/** Keys that a study varies and that are neither the world's nor a method's. */
const PART_KEY = "part";

/** Whether a key tells methods apart, rather than the worlds they act in. */
function isOfMethod(key: string, { method }: Described): boolean {
  return key.startsWith(`${method.name}.`) ||
    key.startsWith(`${EVERY_METHOD}.`) ||
    (key in SETTING_SCHEMAS && key !== TEST_KEY);
}

/** The setting that is no method's: how long the test is. */
const TEST_KEY = "testEpisodes";

function trialsOfPart(
  config: SweepConfig & { readonly part?: string },
  known: readonly StudyMethod[],
  act: string,
): Described[] {
  const methods = config.methods.map((spec) => methodOf(spec, known));
  refuseSameNames(methods, act);
  const grids = [config.grid ?? {}].flat().map(normalizeGrid);
  return grids.flatMap(cellsOf).flatMap((cell) => {
    const scenario = scenarioOf(config, cell, act);
    const settings = Object.fromEntries(
      SETTING_NAMES.map((name) => [name, cell[name] ?? config[name]]),
    );
    const seeds = "seed" in cell ? [Number(cell.seed)] : seedsOf(config);
    return seeds.flatMap((seed) =>
      methods.map((method): Described => ({
        config: makeTrial(
          method.method,
          { scenario, seed, ...settings, split: config.split },
          {
            ...valuesFor(method, config.hyperparameters ?? {}),
            ...method.hyperparameters,
            ...valuesFor(method, cell),
          } as Hyperparameters,
          { act, ...method.file === undefined ? {} : { file: method.file } },
        ),
        method,
        ...config.part === undefined ? {} : { part: config.part },
      }))
    );
  });
}

function countTrials(config: SweepConfig): number {
  return [config.grid ?? {}].flat().reduce(
    (sum, grid) =>
      sum +
      countCells(grid) * ("seed" in grid ? 1 : seedsOf(config).length),
    0,
  ) * config.methods.length;
}

/**
 * Makes the trials of a sweep. A method that a setting does not touch has one
 * trial for all of the setting's values.
 *
 * @param act What the caller is doing, for the error message.
 * @param known The methods that the config names; by default those of the project.
 * @throws {InputError} If a combination of values is not allowed, or there are
 * more than {@linkcode MOST_TRIALS} trials.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expandSweep } from "./expand.ts";
 *
 * const sweep = expandSweep({
 *   name: "mine",
 *   scenario: "small",
 *   methods: ["td3", "random"],
 *   seeds: "0-1",
 *   grid: { users: [2, 3] },
 * }, "read mine.json");
 * assertEquals(sweep.trials.length, 8);
 * assertEquals(sweep.trials[0].values, { users: 2 });
 * ```
 */
export function expandSweep(
  config: SweepConfig,
  act: string,
  known: readonly StudyMethod[] = findMethods(specsOf(config), act),
): Sweep {
  const parts = partsOf(config);
  const count = parts.reduce((sum, part) => sum + countTrials(part), 0);
  if (count > MOST_TRIALS) {
    throw new InputError(
      `Cannot ${act}: the document must be of at most ${MOST_TRIALS} trials, got ${count}`,
    );
  }
  const trials = new Map<string, Described>();
  for (const trial of parts.flatMap((part) => trialsOfPart(part, known, act))) {
    const id = trialId(trial.config);
    if (!trials.has(id)) trials.set(id, trial);
  }
  const keys = parts.flatMap(({ grid = {} }) =>
    [grid].flat().flatMap((one) => Object.keys(normalizeGrid(one)))
  ).filter((key) => key !== "seed");
  return describeTrials(
    config,
    config.parts === undefined ? keys : [PART_KEY, ...keys],
    trials,
  );
}

/** Keeps of the keys those that vary, and puts them beside the trials. */
function describeTrials(
  { name, title = "" }: SweepConfig,
  keys: readonly string[],
  trials: ReadonlyMap<string, Described>,
): Sweep {
  // A method that has no such thing does not make it vary.
  const varying = [...new Set(keys)].filter((key) =>
    new Set(
      [...trials.values()].map((trial) => valueOf(trial, key))
        .filter((value) => value !== ""),
    ).size > 1
  );
  return {
    name,
    title,
    columns: varying.map(columnOf),
    trials: Array.from(trials, ([id, trial]) => ({
      id,
      config: trial.config,
      method: trial.method.name,
      label: trial.method.label ??
        seriesOf(trial.config, trial.method.method),
      ...trial.method.method.color === undefined
        ? {}
        : { color: trial.method.method.color },
      sees: seesOf(
        trial.method.method,
        trial.config.scenario,
        trial.config.hyperparameters,
      ),
      values: Object.fromEntries(
        varying.map((key) => [columnOf(key), valueOf(trial, key)]),
      ),
      own: varying.filter((key) => isOfMethod(key, trial)).map(columnOf),
    })),
  };
}

/** What a trial is called in a line. */
export function labelOf(trial: SweepTrial): string {
  const values = Object.entries(trial.values).filter(([, value]) =>
    value !== ""
  ).map(([key, value]) => `${key}=${value}`);
  return [trial.method, ...values, `seed ${trial.config.seed}`]
    .join(" ");
}

/** The engines that trials of a sweep need. */
export function enginesOf(sweep: Sweep): Set<EngineName> {
  return new Set(
    sweep.trials.flatMap(({ config }) =>
      isTraining(config) ? [config.engine] : []
    ),
  );
}
