/**
 * Where the configs of sweeps come from: files, and those that come with the
 * project.
 *
 * @module
 */

import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  checkSweepConfig,
  mapChoices,
  parseSweepConfig,
  specsOf,
  type SweepConfig,
  withProfile,
} from "../experiments/sweep/config.ts";
import { expandSweep, type Sweep } from "../experiments/sweep/expand.ts";
import {
  isMethodFile,
  loadMethods,
  resolveMethods,
} from "../experiments/sweep/methods.ts";
import {
  overrideMethods,
  overrideSweep,
  type SweepOverrides,
} from "../experiments/sweep/overrides.ts";
import { InputError, nearestWord } from "../input/input_error.ts";
import { readJson } from "../input/json.ts";
import { isName, userPath } from "./user_path.ts";

const FOLDER = fileURLToPath(
  new URL("../experiments/configs", import.meta.url),
);

/** Names of the configs that come with the project, in order. */
export async function listSweepConfigs(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(FOLDER));
  return entries.filter(({ name }) => name.endsWith(".json"))
    .map(({ name }) => basename(name, ".json")).sort();
}

/** A study as a command line selects it. */
export interface SelectedSweep {
  /** Its config, with the changes of the command line and absolute paths. */
  readonly config: SweepConfig;
  /** Its trials. */
  readonly sweep: Sweep;
}

/** What a command line changes in a study. */
export interface SelectSweepOptions extends SweepOverrides {
  /** Name of a profile of the study. */
  readonly profile?: string;
}

/**
 * Reads a study: the name of one that comes with the project, or a file. Methods
 * from files are loaded; their paths are relative to the study's file, those of the
 * command line to where the user stands.
 *
 * @throws {InputError} If there is none, or it is not valid.
 */
export async function selectSweep(
  source: string,
  { profile, methods, ...overrides }: SelectSweepOptions = {},
): Promise<SelectedSweep> {
  const names = await listSweepConfigs();
  const act = `read ${source}`;
  const named = isName(source);
  if (named && !names.includes(source)) {
    throw new InputError(
      `Cannot ${act}: ${source} must be a .json file or one of ${
        names.join(", ")
      } (nearest: ${nearestWord(source, names)}), got neither`,
    );
  }
  const path = named ? join(FOLDER, `${source}.json`) : source;
  const given = await readJson(path, act);
  const whole = resolvePaths(parseSweepConfig(given, act), dirname(path));
  const asked = methods?.split(",").map((one) =>
    isMethodFile(one) ? resolve(userPath(one)) : one
  ).join(",");
  const chosen = overrideMethods(
    profile === undefined ? whole : withProfile(whole, profile, act),
    asked,
  );
  const known = await loadMethods(specsOf(chosen), act);
  const config = overrideSweep(
    checkSweepConfig(chosen, known, act),
    overrides,
    known,
  );
  return { config, sweep: expandSweep(config, act, known) };
}

/** The config with the paths of its methods from the root. */
function resolvePaths(config: SweepConfig, folder: string): SweepConfig {
  return mapChoices(
    config,
    (choices) =>
      choices.methods === undefined ? choices : {
        ...choices,
        methods: resolveMethods(choices.methods, folder),
      },
  );
}
