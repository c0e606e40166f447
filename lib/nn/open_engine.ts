/**
 * The choice of an engine by name.
 *
 * @module
 */

import { parseInput } from "../input/input_error.ts";
import { choiceSchema } from "../input/schema.ts";
import { ENGINE_CHOICES, type EngineChoice } from "./engine_name.ts";
import type { Engine } from "./types.ts";

const CHOICE = choiceSchema(ENGINE_CHOICES);

/**
 * Opens an engine; its code is loaded only now.
 *
 * @param choice `"auto"` opens `blas` where a BLAS is found and permitted,
 * otherwise `wasm`.
 * @returns The engine, whose `name` is never `"auto"`.
 * @throws {Error} If the engine cannot run here; the message says what it needs.
 * @throws {InputError} If there is no engine of that name.
 */
export async function openEngine(choice: EngineChoice): Promise<Engine> {
  parseInput(CHOICE, choice, { act: "open an engine", path: ["name"] });
  switch (choice) {
    case "auto":
      return await openEngine("blas").catch(() => openEngine("wasm"));
    case "wasm":
      return (await import("./wasm/wasm_engine.ts")).openWasmEngine();
    case "blas":
      return (await import("./wasm/blas_engine.ts")).openBlasEngine();
    case "tfjs":
      return (await import("./reference/tfjs_engine.ts")).openTfjsEngine();
  }
}
