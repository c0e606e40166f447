/**
 * The choice of an engine by name.
 *
 * @module
 */

import type { Engine } from "./types.ts";

/** Names of the engines, the default first. */
export const ENGINE_NAMES = ["tfjs"] as const;

/** A name of {@linkcode ENGINE_NAMES}. */
export type EngineName = typeof ENGINE_NAMES[number];

/**
 * Opens an engine; its code is loaded only now.
 *
 * @throws {Error} If the engine cannot run here; the message says what it needs.
 */
export async function openEngine(name: EngineName): Promise<Engine> {
  switch (name) {
    case "tfjs":
      return (await import("./tfjs_engine.ts")).openTfjsEngine();
  }
}
