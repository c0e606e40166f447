/**
 * `deno task scenario`: prints a scenario in full, or checks a scenario file.
 *
 * @module
 */

import { exists } from "../trials/store.ts";
import { InputError } from "../input/input_error.ts";
import { readJson } from "../input/json.ts";
import { parseScenario } from "../scenario/parse_scenario.ts";
import { PRESETS, type Scenario } from "../scenario/scenario.ts";
import { parseArguments, runMain } from "./command.ts";
import { SCENARIO } from "./study_tasks.ts";
import { jsonText } from "./terminal.ts";
import { isName, userPath } from "./user_path.ts";

const HELP = `
Prints a scenario as JSON: every parameter of Table 3 and every assumption.

Usage: deno task scenario [NAME|FILE|-]

  NAME  a preset: ${Object.keys(PRESETS).join(", ")}; by default paper
  FILE  a scenario file: {"extends": NAME, "parameters": {...},
        "assumptions": {...}}, every part optional

Exit code: 0, or 2 if the file is not valid.
`;

/** A scenario by the name of a preset, or from a file (standard input for `-`). */
export async function readScenario(source: string): Promise<Scenario> {
  if (Object.hasOwn(PRESETS, source)) return PRESETS[source];
  const path = isName(source) ? userPath(source) : source;
  const act = `read scenario ${source === "-" ? "standard input" : source}`;
  if (isName(source) && !await exists(path)) {
    throw new InputError(
      `Cannot ${act}: ${source} must be a file or one of ${
        Object.keys(PRESETS).join(", ")
      }, got neither`,
    );
  }
  return parseScenario(await readJson(path, act), act);
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...SCENARIO }, args);
  if (parsed === undefined) return 0;
  const scenario = await readScenario(parsed.positionals[0] ?? "paper");
  console.log(jsonText(scenario));
  return 0;
}

if (import.meta.main) await runMain(main);
