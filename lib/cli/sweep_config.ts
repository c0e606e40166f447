/**
 * Where the configs of sweeps come from: files, and those that come with the
 * project.
 *
 * @module
 */

import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  parseSweepConfig,
  type SweepConfig,
} from "../experiments/sweep/config.ts";
import { InputError, nearestWord } from "../input/input_error.ts";
import { readJson } from "../input/json.ts";
import { isName } from "./user_path.ts";

const FOLDER = fileURLToPath(
  new URL("../experiments/configs", import.meta.url),
);

/** Names of the configs that come with the project, in order. */
export async function listSweepConfigs(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(FOLDER));
  return entries.filter(({ name }) => name.endsWith(".json"))
    .map(({ name }) => basename(name, ".json")).sort();
}

/**
 * Reads a config: the name of one that comes with the project, or a file.
 *
 * @throws {InputError} If there is none, or it is not valid.
 */
export async function readSweepConfig(source: string): Promise<SweepConfig> {
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
  return parseSweepConfig(await readJson(path, act), act);
}
