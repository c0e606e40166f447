/**
 * The choice of an engine by name.
 *
 * @module
 */

import { parseInput } from "../input/input_error.ts";
import { choiceSchema } from "../input/schema.ts";
import { ENGINE_CHOICES, type EngineChoice } from "./engine_name.ts";
import type { Engine, EngineOptions } from "./types.ts";

const CHOICE = choiceSchema(ENGINE_CHOICES);

/**
 * Opens an engine; its code is loaded only now.
 *
 * @param choice `"auto"` opens `wasm` or, where a BLAS is found and permitted, `blas`:
 * whichever a short measurement finds faster here, which the checkout's cache keeps.
 * @param options Whether native kernels may be taken.
 * @returns The engine, whose `name` is never `"auto"`.
 * @throws {Error} If the engine cannot run here; the message says what it needs.
 * @throws {InputError} If there is no engine of that name.
 */
export async function openEngine(
  choice: EngineChoice,
  options: EngineOptions = {},
): Promise<Engine> {
  parseInput(CHOICE, choice, { act: "open an engine", path: ["name"] });
  switch (choice) {
    case "auto":
      return (await import("./fastest_engine.ts")).openFastestEngine([
        (options) => openEngine("wasm", options),
        (options) => openEngine("blas", options),
      ], options);
    case "wasm":
      return (await import("./wasm/wasm_engine.ts")).openWasmEngine(options);
    case "blas":
      return (await import("./wasm/blas_engine.ts")).openBlasEngine(options);
    case "tfjs":
      return (await import("./reference/tfjs_engine.ts")).openTfjsEngine();
  }
}
