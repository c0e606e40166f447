/**
 * The choice of an engine on the command line; as a program, whether one runs here.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import {
  type Engine,
  ENGINE_CHOICES,
  type EngineName,
  openEngine,
} from "../nn/mod.ts";
import { InputError } from "../input/input_error.ts";
import { readChoice, runMain } from "./command.ts";
import { enginePermissions, permissionFlags } from "../trials/permissions.ts";

/** What `--engine` says in a command's help. */
export const ENGINE_HELP =
  `--engine NAME  computes the networks: wasm (default; needs nothing installed),
                 blas (faster, needs OpenBLAS or Accelerate), tfjs (reference),
                 auto (blas where there is one, else wasm)`;

/**
 * Opens the engine that a choice comes to on this machine.
 *
 * @throws {InputError} If the choice is unknown, or the engine cannot run here.
 */
export async function openChosenEngine(text: string): Promise<Engine> {
  const choice = readChoice("--engine", ENGINE_CHOICES, text);
  try {
    return await openEngine(choice);
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}

/** Name of the engine that {@linkcode openChosenEngine} opens. */
export async function readEngine(text: string): Promise<EngineName> {
  return (await openChosenEngine(text)).name;
}

/**
 * Makes sure that an engine runs here, where others will open it: in a process that
 * may do what it needs, as this one may not.
 *
 * @throws {InputError} If it does not.
 */
export async function requireEngine(engine: EngineName): Promise<void> {
  const permissions = enginePermissions(engine);
  if (Object.keys(permissions).length === 0) {
    await openChosenEngine(engine);
    return;
  }
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...permissionFlags(permissions),
      fileURLToPath(import.meta.url),
      engine,
    ],
    stdin: "null",
    stdout: "null",
  }).output();
  if (!success) throw new InputError(new TextDecoder().decode(stderr).trim());
}

if (import.meta.main) {
  await runMain(async ([engine]) => {
    await openChosenEngine(engine);
    return 0;
  });
}
