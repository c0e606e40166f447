/**
 * `deno task check:method`: checks that a method keeps its contract.
 *
 * @module
 */

import {
  checkMethod,
  type MethodCheck,
} from "../trials/check_method/check_method.ts";
import type { CheckResult } from "../trials/check_method/findings.ts";
import { isMethodFile } from "../trials/method_file.ts";
import { cut, printable } from "../input/input_error.ts";
import { METHOD_NAMES } from "../methods/mod.ts";
import { parseArguments, readCount, readSeed, runMain } from "./command.ts";
import { selectMethod } from "./select_method.ts";
import { stopOnSignals } from "./signals.ts";
import { CHECK_METHOD } from "./study_tasks.ts";
import { jsonText, oneLine } from "./terminal.ts";
import { userPath } from "./user_path.ts";

const HELP = `
Checks that a method keeps its contract, in hundreds of odd worlds: one user, one
model, nothing fits, equal models, every reading of the ledger, random ones.

Usage: deno task check:method FILE|NAME [options]

  FILE             a module whose default export is a method, such as ./mine.ts
  NAME             one of the lab's: ${METHOD_NAMES.join(", ")}

  --set KEY=VALUE  a hyperparameter of it; may be given again. By default networks,
                   replay and searches are small
  --worlds N       in how many worlds; by default 300
  --seed N         root of the random worlds; by default 0
  --limit SECONDS  longest that a call of the method may take; by default 10
  --json           print JSON

  feasible  it decides in every world, and breaks no constraint of Eq. 18
  seeded    the same seed gives the same bytes, in another process too
  restored  a learner that was saved and restored is as one that was not
  sees      what it says that it does not see changes nothing
  disposes  it leaves no networks, files, timers or workers behind
  ends      every call comes back

Each failure names a world that shows it: a scenario file, and the seed of a trial.
A check is not judged where it does not apply, or where the failure of another leaves
nothing to be told by it.

Exit code: 0 if no check has failed, or 1 if one has or all was stopped, or 2 if an
argument or file is not valid.
`;

/** Longest text of a line: a world's scenario file may be long. */
const LONGEST_WORLD = 2000;

/** A check in a line. */
export function formatCheck(
  { name, verdict, worlds, failures, world, message = "", seconds }:
    CheckResult,
): string {
  const head = `${name.padEnd(8)}  ${verdict}`;
  if (verdict === "not judged") return `${head}: ${oneLine(message)}`;
  if (verdict === "passed") {
    const time = seconds === 0 ? "" : `, ${seconds.toFixed(1)} s`;
    const note = message === "" ? "" : ` (${oneLine(message)})`;
    return `${head} in ${worlds} worlds${time}${note}`;
  }
  const example = world === undefined
    ? ""
    : `; first in ${printable(cut(world, LONGEST_WORLD))}`;
  return `${head} in ${failures} of ${worlds} worlds: ${
    oneLine(message)
  }${example}`;
}

function print({ method, passed, checks }: MethodCheck): void {
  for (const check of checks) console.log(formatCheck(check));
  const failed = checks.filter(({ verdict }) => verdict === "failed");
  console.log(
    passed
      ? `${method} keeps its contract as far as these checks tell.`
      : `${method} fails: ${failed.map(({ name }) => name).join(", ")}.`,
  );
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...CHECK_METHOD }, args);
  if (parsed === undefined) return 0;
  const { values, positionals: [text] } = parsed;
  const worlds = readCount("worlds", values.worlds, 1, 100_000);
  const seed = readSeed(values.seed);
  const limitS = readCount("limit", values.limit, 1, 1_000_000);
  const chosen = await selectMethod("the method", text, values.set);
  const signal = stopOnSignals();
  const isWatched = Deno.stderr.isTerminal();
  try {
    const result = await checkMethod(
      isMethodFile(text) ? userPath(text) : chosen.method.name,
      {
        hyperparameters: chosen.hyperparameters,
        worlds,
        seed,
        limitS,
        signal,
        onCheck: (name) => {
          if (isWatched) console.error(`Checking: ${name}`);
        },
      },
    );
    if (values.json) console.log(jsonText(result));
    else print(result);
    return result.passed ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error("Stopped.");
    return 1;
  }
}

if (import.meta.main) await runMain(main);
