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

/** The wasm engine on native kernels, and not without them under this name. */
async function openNativeEngine(): Promise<Engine> {
  const engine = await openEngine("wasm");
  if (engine.library !== undefined) return engine;
  throw new Error(
    "Cannot time native kernels: deno task build:native must have built them",
  );
}

/** Our engines; those that do not run here are left out. */
export const ENGINES: readonly EngineEntry[] = [
  {
    label: "wasm",
    open: () => openEngine("wasm", { native: false }),
    simd128: true,
  },
  { label: "native", open: openNativeEngine, simd128: false },
  { label: "blas", open: () => openEngine("blas"), simd128: false },
  { label: "tfjs", open: () => openEngine("tfjs"), simd128: true },
];
