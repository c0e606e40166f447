/**
 * The choice of an engine on the command line.
 *
 * @module
 */

import { ENGINE_CHOICES, type EngineName, openEngine } from "../nn/mod.ts";
import { InputError } from "../scenario/input_error.ts";
import { readChoice } from "./main.ts";

/** What `--engine` says in a command's help. */
export const ENGINE_HELP =
  `--engine NAME  computes the networks: wasm (default; needs nothing installed),
                 blas (faster, needs OpenBLAS or Accelerate), tfjs (reference),
                 auto (blas where there is one, else wasm)`;

/**
 * The engine that a choice comes to on this machine.
 *
 * @throws {InputError} If the choice is unknown, or the engine cannot run here.
 */
export async function readEngine(text: string): Promise<EngineName> {
  const choice = readChoice("--engine", ENGINE_CHOICES, text);
  try {
    return (await openEngine(choice)).name as EngineName;
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
