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
  parseSweepConfig,
  specsOf,
  type SweepConfig,
} from "./config.ts";
import { mapChoices, withProfile } from "./parts.ts";
import { expandSweep, type Sweep } from "./expand.ts";
import { isMethodFile } from "../trials/method_file.ts";
import { loadMethods, resolveMethods, type StudyMethod } from "./methods.ts";
import { METHOD_NAMES } from "../methods/mod.ts";
import {
  overrideMethods,
  overrideSweep,
  type SweepOverrides,
} from "./overrides.ts";
import { InputError, nearestWord } from "../input/input_error.ts";
import { readJson } from "../input/json.ts";

const FOLDER = fileURLToPath(new URL("./paper/configs", import.meta.url));

/** What is a name of a study that comes with the project, where a file may stand. */
const NAME = /^[\w-]+$/;

/** Names of the configs that come with the project, in order. */
export async function listSweepConfigs(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(FOLDER));
  return entries.filter(({ name }) => name.endsWith(".json"))
    .map(({ name }) => basename(name, ".json")).sort();
}

/** A study as it was selected. */
export interface SelectedSweep {
  /** Its config, with all changes and with absolute paths. */
  readonly config: SweepConfig;
  /** Its trials. */
  readonly sweep: Sweep;
}

/** What is selected of a study, and changed in it. */
export interface SelectSweepOptions extends SweepOverrides {
  /** Name of a profile of the study. */
  readonly profile?: string;
}

/** The parsed JSON of a study, and the folder that its files are relative to. */
async function readStudy(
  source: string | SweepConfig,
  act: string,
): Promise<{ readonly given: unknown; readonly folder: string }> {
  if (typeof source !== "string") return { given: source, folder: Deno.cwd() };
  const names = await listSweepConfigs();
  const named = NAME.test(source);
  if (named && !names.includes(source)) {
    throw new InputError(
      `Cannot ${act}: ${source} must be a .json file or one of ${
        names.join(", ")
      } (nearest: ${nearestWord(source, names)}), got neither`,
    );
  }
  const path = named ? join(FOLDER, `${source}.json`) : source;
  return { given: await readJson(path, act), folder: dirname(path) };
}

/**
 * Reads a study: the name of one that comes with the project, a file, or the content
 * of one. Methods from files are loaded; their paths are relative to the study's
 * file, those of changes and of content to the working directory.
 *
 * @throws {InputError} If there is none, or it is not valid.
 */
export async function selectSweep(
  source: string | SweepConfig,
  { profile, methods, ...overrides }: SelectSweepOptions = {},
): Promise<SelectedSweep> {
  const act = `read ${typeof source === "string" ? source : "the study"}`;
  const { given, folder } = await readStudy(source, act);
  const whole = resolvePaths(parseSweepConfig(given, act), folder);
  const asked = methods?.split(",").map((one) =>
    isMethodFile(one) ? resolve(one) : one
  ).join(",");
  const profiled = profile === undefined
    ? whole
    : withProfile(whole, profile, act);
  const chosen = overrideMethods(
    profiled,
    asked,
    await loadNamed(asked?.split(",") ?? [], profiled, act),
  );
  const known = await loadMethods(specsOf(chosen), act);
  const config = overrideSweep(
    checkSweepConfig(chosen, known, act),
    overrides,
    known,
  );
  return { config, sweep: expandSweep(config, act, known) };
}

/** Methods of a study, if a text may be the name of one of its files. */
async function loadNamed(
  texts: readonly string[],
  config: SweepConfig,
  act: string,
): Promise<StudyMethod[]> {
  const mayBe = texts.some((text) =>
    !isMethodFile(text) && !METHOD_NAMES.includes(text)
  );
  return mayBe ? await loadMethods(specsOf(config), act) : [];
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
