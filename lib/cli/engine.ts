/**
 * The choice of an engine on the command line.
 *
 * @module
 */

import {
  type Engine,
  ENGINE_CHOICES,
  type EngineName,
  openEngine,
} from "../nn/mod.ts";
import { InputError } from "../input/input_error.ts";
import { readChoice } from "./main.ts";

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
