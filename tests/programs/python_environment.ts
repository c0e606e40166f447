/**
 * Packages of PyPI for tests that are asked for by a word: `deno test PATH -- WORD`.
 *
 * @module
 */

import { join } from "node:path";
import { ProgramFolder } from "./program_folder.ts";

/** A Python with packages, or why there is none. */
export type PythonEnvironment =
  | { readonly python: string; readonly reason?: undefined }
  | { readonly reason: string };

/** Runs a program; returns the last line of what it complains about, if it does. */
async function complaint(
  folder: ProgramFolder,
  ...command: string[]
): Promise<string | undefined> {
  try {
    const { success, stderr } = await folder.run(command);
    return success ? undefined : stderr.trim().split("\n").at(-1);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Makes an environment that is gone when this process is. */
async function makeEnvironment(
  word: string,
  requirements: string,
): Promise<PythonEnvironment> {
  const folder = await ProgramFolder.open(word);
  const environment = join(folder.path, "venv");
  const python = join(environment, "bin", "python");
  const unmade = await complaint(folder, "python3", "-m", "venv", environment);
  if (unmade !== undefined) {
    return { reason: `no python3 with venv (${unmade})` };
  }
  const missing = await complaint(
    ...[folder, python, "-m", "pip", "install", "--quiet"] as const,
    ...["--retries", "1", "--timeout", "20", "--disable-pip-version-check"],
    ...["--requirement", requirements],
  );
  return missing === undefined
    ? { python }
    : { reason: `no packages of PyPI (${missing})` };
}

/** Whether tests are asked for by a word, as tasks do. */
export function isAskedFor(word: string): boolean {
  return Deno.args.includes(word);
}

/**
 * Makes an environment of a file of requirements if its tests are asked for, and
 * says in a line if there can be none.
 */
export async function pythonEnvironment(
  word: string,
  requirements: string,
): Promise<PythonEnvironment> {
  if (!isAskedFor(word)) {
    return { reason: `not asked for (deno task test:${word})` };
  }
  const made = await makeEnvironment(word, requirements);
  if (made.reason !== undefined) console.warn(`${made.reason}: skipped`);
  return made;
}
