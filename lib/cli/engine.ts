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

/** What `--engine` and `--native` say in a command's help. */
export const ENGINE_HELP =
  `--engine NAME  computes the networks: wasm (default; needs nothing installed),
                 blas (needs OpenBLAS or Accelerate), tfjs (reference)
  --native on|off  on (default): the wasm engine takes the kernels of deno task
                 build:native where they are; results are the same to the bit`;

/**
 * Opens the engine that a choice comes to on this machine.
 *
 * @throws {InputError} If the choice is unknown, or the engine cannot run here.
 */
export async function openChosenEngine(
  text: string,
  native = true,
): Promise<Engine> {
  const choice = readChoice("--engine", ENGINE_CHOICES, text);
  try {
    return await openEngine(choice, { native });
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
  const permissions = enginePermissions(engine, false);
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
