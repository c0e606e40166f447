/**
 * Our engines as they are timed.
 *
 * @module
 */

import { type Engine, openEngine } from "../lib/nn/mod.ts";

/** A way to open an engine. */
export interface EngineEntry {
  /** What its rows are called: `td3/wasm/64`. */
  readonly label: string;
  /** Opens it. */
  open(): Promise<Engine>;
  /** Whether it has no vectors but those of WebAssembly, of 128 bits. */
  readonly simd128: boolean;
}

/** An engine that is open. */
export interface OpenEngine extends Omit<EngineEntry, "open"> {
  /** The engine. */
  readonly engine: Engine;
}

/** Our engines; those that do not run here are left out. */
export const ENGINES: readonly EngineEntry[] = [
  { label: "wasm", open: () => openEngine("wasm"), simd128: true },
  { label: "blas", open: () => openEngine("blas"), simd128: false },
  { label: "tfjs", open: () => openEngine("tfjs"), simd128: true },
];
