/**
 * `deno task lab`: installs Deno's Jupyter kernel and says how to open the
 * notebooks.
 *
 * @module
 */

import { join } from "node:path";
import { parseArguments, runMain } from "./command.ts";

const HELP = `
Installs Deno's kernel for Jupyter and says how to open the notebooks.

Usage: deno task lab

Exit code: 0, or 1 if the kernel could not be installed.
`;

const STEPS = `
In JupyterLab:
  1. pip install jupyterlab, if it is not installed
  2. jupyter lab notebooks
  3. open a notebook; its kernel is "Deno"

In VS Code:
  1. install the extension "Jupyter" (ms-toolsai.jupyter)
  2. open this folder, then a file of notebooks/
  3. Select Kernel > Jupyter Kernel... > Deno

With neither: deno task notebooks runs them all and saves their outputs.
`;

/** Runs `deno jupyter --install`; returns whether it worked and what it said. */
async function install(...args: string[]) {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--install", ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  return { success, text: new TextDecoder().decode(stderr) };
}

/** Where the kernel is, if it was installed now or before. */
function installedFolder(text: string): string | undefined {
  return /(?:successfully|already exists) at (.*?)(?:\.$|, run again)/m
    .exec(text)?.[1];
}

/** The program that an installed kernel starts, links followed, if it is there. */
async function installedProgram(folder: string): Promise<string | undefined> {
  try {
    const text = await Deno.readTextFile(join(folder, "kernel.json"));
    return await Deno.realPath(JSON.parse(text).argv[0]);
  } catch {
    return undefined;
  }
}

function failureReason(text: string): string {
  const reason = /^error: (.*)$/m.exec(text)?.[1] ?? text.trim();
  const cause = /Caused by:\s+(.*)/.exec(text)?.[1];
  return cause === undefined ? reason : `${reason} (${cause})`;
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const command = { help: HELP, options: {}, positionals: [0, 0] } as const;
  if (parseArguments(command, args) === undefined) return 0;
  let result = await install();
  let folder = installedFolder(result.text);
  // A kernel whose Deno is gone cannot start.
  if (folder !== undefined && await installedProgram(folder) === undefined) {
    result = await install("--force");
    folder = installedFolder(result.text);
  }
  if (folder === undefined) {
    console.error(`Cannot install the kernel: ${failureReason(result.text)}`);
    return 1;
  }
  const program = await installedProgram(folder);
  console.log(`The kernel "Deno" is installed in ${folder}.`);
  if (program !== await Deno.realPath(Deno.execPath())) {
    console.log(
      `It starts another Deno, ${program}; to replace it: deno jupyter --install --force`,
    );
  } else if (program.includes("_npx")) {
    console.log(
      "It starts the Deno in npx's cache; should that be emptied, run this again.",
    );
  }
  console.log(STEPS.trimEnd());
  return 0;
}

if (import.meta.main) await runMain(main);
