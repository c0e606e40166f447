/**
 * From a sweep's config to its trials.
 *
 * @module
 */

import type { EngineName } from "../../nn/mod.ts";
import { InputError } from "../../input/input_error.ts";
import { parseScenario } from "../../scenario/parse_scenario.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { isTraining, makeTrial, type TrialConfig, trialId } from "../trial.ts";
import { columnOf } from "./columns.ts";
import { seedsOf, type SweepConfig } from "./config.ts";
import {
  cellsOf,
  countCells,
  type GridCell,
  normalizeGrid,
  SETTING_SCHEMAS,
  type SettingName,
  USERS_KEY,
} from "./grid.ts";

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
  /** What the sweep varies, by column; empty where the method has no such thing. */
  readonly values: Readonly<Record<string, CellValue>>;
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

type Settings = Pick<SweepConfig, SettingName>;

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
  const file = typeof config.scenario === "string"
    ? { extends: config.scenario }
    : config.scenario ?? {};
  return parseScenario(
    {
      ...file,
      ..."scenario" in cell
        ? { extends: cell.scenario, name: cell.scenario }
        : {},
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

/** What a trial has for a grid's key. */
function valueOf(config: TrialConfig, key: string): CellValue {
  const { scenario } = config;
  const values: Record<string, unknown> = {
    ...scenario.parameters,
    ...scenario.assumptions,
    ...config,
    ...config.hyperparameters,
    scenario: scenario.name,
    [USERS_KEY]: scenario.parameters.numUsers,
  };
  const value = values[key.slice(key.lastIndexOf(".") + 1)];
  if (value === undefined) return "";
  return typeof value === "string" || typeof value === "number"
    ? value
    : JSON.stringify(value);
}

/**
 * Makes the trials of a sweep. A method that a setting does not touch has one
 * trial for all of the setting's values.
 *
 * @param act What the caller is doing, for the error message.
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
export function expandSweep(config: SweepConfig, act: string): Sweep {
  const seeds = seedsOf(config);
  const grids = [config.grid ?? {}].flat().map(normalizeGrid);
  const count = grids.reduce((sum, grid) => sum + countCells(grid), 0) *
    seeds.length * config.methods.length;
  if (count > MOST_TRIALS) {
    throw new InputError(
      `Cannot ${act}: the document must be of at most ${MOST_TRIALS} trials, got ${count}`,
    );
  }
  const trials = new Map<string, TrialConfig>();
  for (const cell of grids.flatMap(cellsOf)) {
    const scenario = scenarioOf(config, cell, act);
    const settings: Settings = Object.fromEntries(
      SETTING_NAMES.map((name) => [name, cell[name] ?? config[name]]),
    );
    for (const seed of seeds) {
      for (const method of config.methods) {
        const trial = makeTrial(method, { scenario, seed, ...settings });
        const id = trialId(trial);
        if (!trials.has(id)) trials.set(id, trial);
      }
    }
  }
  return describeTrials(config, grids.flatMap(Object.keys), trials);
}

/** Keeps of the keys those that vary, and puts them beside the trials. */
function describeTrials(
  { name, title = "" }: SweepConfig,
  keys: readonly string[],
  trials: ReadonlyMap<string, TrialConfig>,
): Sweep {
  const varying = [...new Set(keys)].filter((key) =>
    new Set([...trials.values()].map((trial) => valueOf(trial, key))).size > 1
  );
  return {
    name,
    title,
    columns: varying.map(columnOf),
    trials: Array.from(trials, ([id, config]) => ({
      id,
      config,
      values: Object.fromEntries(
        varying.map((key) => [columnOf(key), valueOf(config, key)]),
      ),
    })),
  };
}

/** What a trial is called in a line. */
export function labelOf(trial: SweepTrial): string {
  const values = Object.entries(trial.values).filter(([, value]) =>
    value !== ""
  ).map(([key, value]) => `${key}=${value}`);
  return [trial.config.method, ...values, `seed ${trial.config.seed}`]
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
