/**
 * `deno task play`: plays a trained policy, or a method, slot by slot.
 *
 * @module
 */

import { join, resolve } from "node:path";
import { loadPolicy, makePolicy, type Policy } from "../trials/load_policy.ts";
import { loadMethodFile } from "../trials/method_file.ts";
import {
  type PlayedPolicy,
  playPolicy,
  type PlayPolicyOptions,
} from "../trials/play_policy.ts";
import type { EvaluationRow } from "../trials/rows.ts";
import { exists, trialsDirectory } from "../trials/store.ts";
import { isTraining } from "../trials/trial.ts";
import { InputError } from "../input/input_error.ts";
import { METHODS } from "../methods/mod.ts";
import { DEFAULT_ENGINE, ENGINE_CHOICES, type EngineName } from "../nn/mod.ts";
import { PRESETS } from "../scenario/scenario.ts";
import { readEngine } from "./engine.ts";
import {
  type Arguments,
  parseArguments,
  readCount,
  readSeed,
  runMain,
} from "./command.ts";
import { readScenario } from "./scenario.ts";
import { selectMethod } from "./select_method.ts";
import { readData } from "./sweep_options.ts";
import { formatTable } from "./table.ts";
import { PLAY } from "./study_tasks.ts";
import { jsonText } from "./terminal.ts";
import { isModule, isName } from "./user_path.ts";

/** Names of the methods that decide without being trained, three a line. */
const RULES = METHODS.filter(({ learns }) => !learns)
  .map(({ name }, index) => index % 3 === 0 ? `\n      ${name}` : ` ${name}`)
  .join(",");

const HELP = `
Plays a trained policy, or a method, on test traces: a table slot by slot, and
means. Nothing is stored.

Usage: deno task play TRIAL|METHOD [options]

  TRIAL   a finished trial: its folder, or its name in DIR/trials, as sweep --list
          prints it
  METHOD  a module of your own that needs no training, such as ./mine.ts, or one of${RULES}

  --scenario NAME|FILE  a preset (${
  Object.keys(PRESETS).join(", ")
}) or a scenario file; by
                        default the trial's, or paper. A trained policy fits worlds
                        with as many users, servers and models as its own
  --seed N              seed of servers, models and traces; by default the trial's,
                        or 0
  --episodes N          by default as many as the trial's test, or 1
  --method FILE         the method of a trial whose method is from a file
  --set KEY=VALUE       a hyperparameter of METHOD; may be given again
  --engine NAME         computes a trained policy's networks: ${
  ENGINE_CHOICES.join(", ")
};
                        needed for a trial of another engine than ${DEFAULT_ENGINE}
  --json                print slots and means as JSON, with all digits
  --data DIR            where trials are; by default data

A trial in its own world and on its own seed gives the test row that it stored, to
the last digit: the last line says so, or what differs.
Exit code: 0, or 2 if an argument or file is not valid.
`;

type Values = Arguments<typeof PLAY.options>["values"];

/** Refuses an option that has no meaning for what is played. */
function refuseOption(name: string, option: string, value: unknown): void {
  if (value === undefined) return;
  throw new InputError(
    `Cannot play ${name}: --${option} must be left out, got ${value}`,
  );
}

function isMethodName(text: string): boolean {
  return METHODS.some(({ name }) => name === text.toLowerCase());
}

/** The folder of a trial that is named without it. */
async function folderOf(name: string, data: string): Promise<string> {
  const trials = trialsDirectory(data);
  const folder = join(trials, name);
  if (await exists(folder)) return folder;
  throw new InputError(
    `Cannot play ${name}: it must be a method (${
      METHODS.map(({ name }) => name).join(", ")
    }), a module, or a finished trial in ${trials}, got none of them`,
  );
}

/** The policy that the command line names. */
async function readPolicy(
  text: string,
  { data, method, set }: Values,
): Promise<Policy> {
  if (isModule(text) || isMethodName(text)) {
    refuseOption(text, "method", method);
    const chosen = await selectMethod(
      "the method",
      isModule(text) ? resolve(text) : text,
      set,
    );
    return makePolicy(chosen.method, chosen.hyperparameters);
  }
  refuseOption(text, "set", set);
  const folder = isName(text) ? await folderOf(text, readData(data)) : text;
  return await loadPolicy(
    folder,
    method === undefined
      ? {}
      : { method: await loadMethodFile(method, { act: `play ${text}` }) },
  );
}

/** The engine that is to compute a policy's networks, if it is not the trial's. */
async function engineOf(
  { name, trial }: Policy,
  text?: string,
): Promise<EngineName | undefined> {
  if (text !== undefined) return await readEngine(text);
  if (trial === undefined || !isTraining(trial.config)) return undefined;
  const { engine } = trial.config;
  if (engine === DEFAULT_ENGINE) return undefined;
  throw new InputError(
    `Cannot play ${name}: --engine must be given for a trial of the ${engine} engine (${engine} gives its numbers), got none`,
  );
}

/** What stands in a cell of a table. */
function shown(value: number | string | null): string {
  if (value === null) return "infinite";
  if (typeof value === "string" || Number.isInteger(value)) return `${value}`;
  return value.toPrecision(6);
}

function slotTable({ slots }: PlayedPolicy): string[] {
  const columns: Record<
    string,
    (slot: PlayedPolicy["slots"][number]) => number | string | null
  > = {
    episode: ({ episode }) => episode,
    slot: ({ slot }) => slot,
    reward: ({ reward }) => reward,
    objective: ({ objective }) => objective,
    "hit rate": ({ hitRate }) => hitRate,
    "response s": ({ responseTimeS }) => responseTimeS,
    "cost currency": ({ totalCost }) => totalCost,
    violations: ({ violations }) =>
      violations.length === 0 ? "none" : violations.join(" "),
  };
  return formatTable([
    Object.keys(columns),
    ...slots.map((slot) =>
      Object.values(columns).map((cell) => shown(cell(slot)))
    ),
  ]);
}

/** What a column of a test row is measured in, where that is not a plain number. */
function unitOf(column: string): string {
  if (column.endsWith("S")) return "s";
  if (column.endsWith("Cost")) return "currency per slot";
  return column === "violations" ? "slots" : "";
}

/** A mean with all of its digits; an empty cell in the words of its column. */
function meanText(column: string, value: number | string | null): string {
  if (value !== null) return String(value);
  return column === "lowerBound" ? "unknown" : "infinite";
}

/** Every mean with all of its digits. */
function totalsTable({ totals }: PlayedPolicy): string[] {
  return formatTable([
    ["mean", "value", "unit"],
    ...Object.entries(totals)
      .filter(([column]) => column !== "split" && column !== "episode")
      .map(([column, value]) => [
        column,
        meanText(column, value),
        unitOf(column),
      ]),
  ]);
}

function valueIn(row: EvaluationRow, column: keyof EvaluationRow): string {
  return meanText(column, row[column]);
}

/** Whether what was played is what the trial stored, in words. */
function verdict({ trial }: Policy, played: PlayedPolicy): string | undefined {
  if (trial === undefined) return undefined;
  const { stored, totals } = played;
  if (stored === undefined) {
    return `Not compared: the stored ${totals.split} row is of the trial's own world, seed ${trial.config.seed} and ${trial.config.testEpisodes} episodes.`;
  }
  const { row, differing } = stored;
  if (differing.length === 0) {
    return `Equals the stored ${totals.split} row to the last digit.`;
  }
  const all = differing.map((column) =>
    `${column} (${valueIn(totals, column)}, stored ${valueIn(row, column)})`
  );
  const why = isTraining(trial.config) && played.engine !== trial.config.engine
    ? `the ${trial.config.engine} engine computed it`
    : "other code or another machine may have computed it; sweep --list says if it is stale";
  return `Differs from the stored ${totals.split} row in ${
    all.join(", ")
  }: ${why}.`;
}

function print(policy: Policy, played: PlayedPolicy): void {
  const { series, scenario, seed, engine, totals, slots } = played;
  const by = engine === undefined ? "" : `, computed by the ${engine} engine`;
  const episodes = slots[slots.length - 1].episode;
  console.log(
    `${policy.name}: ${series} on ${episodes} ${totals.split} episode${
      episodes === 1 ? "" : "s"
    } of seed ${seed}, ${scenario.name}${by}`,
  );
  for (const line of slotTable(played)) console.log(line);
  console.log("");
  for (const line of totalsTable(played)) console.log(line);
  const last = verdict(policy, played);
  if (last !== undefined) console.log(`\n${last}`);
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...PLAY }, args);
  if (parsed === undefined) return 0;
  const { values, positionals: [text] } = parsed;
  const { scenario, seed, episodes } = values;
  const policy = await readPolicy(text, values);
  const engine = await engineOf(policy, values.engine);
  const options: PlayPolicyOptions = {
    ...scenario === undefined ? {} : { scenario: await readScenario(scenario) },
    ...seed === undefined ? {} : { seed: readSeed(seed) },
    ...episodes === undefined
      ? {}
      : { episodes: readCount("episodes", episodes, 1, 1_000_000) },
    ...engine === undefined ? {} : { engine },
    clock: () => performance.now(),
  };
  const played = await playPolicy(policy, options);
  if (values.json) console.log(jsonText(played));
  else print(policy, played);
  return 0;
}

if (import.meta.main) await runMain(main);
