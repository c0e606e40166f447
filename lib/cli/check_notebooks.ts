/**
 * Checks types and lints the code of notebooks.
 *
 * @module
 */

import { checkNotebooks, formatProblem } from "../kernel/mod.ts";
import { parseArguments, runMain } from "./command.ts";
import { chooseNotebooks } from "./notebooks.ts";

const HELP = `
Checks types and lints the code cells of notebooks, each notebook as one module.

Usage: lib/cli/check_notebooks.ts [FILE...]

  FILE  notebooks; by default all of notebooks/

Exit code: 0, or 1 if something is wrong, or 2 if a notebook cannot be read.
`;

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments(
    { help: HELP, options: {}, positionals: [0, Infinity] },
    args,
  );
  if (parsed === undefined) return 0;
  const paths = await chooseNotebooks(parsed.positionals);
  const problems = await checkNotebooks(paths);
  for (const problem of problems) console.error(formatProblem(problem));
  if (problems.length > 0) return 1;
  console.log(`Checked ${paths.join(", ")}`);
  return 0;
}

if (import.meta.main) await runMain(main);
