/**
 * What engines are called.
 *
 * @module
 */

/** Names of the engines, the default first. */
export const ENGINE_NAMES = ["wasm", "blas", "tfjs"] as const;

/** A name of {@linkcode ENGINE_NAMES}. */
export type EngineName = typeof ENGINE_NAMES[number];

/**
 * The engine of published results: it needs nothing installed, and gives the same
 * bytes on every machine with fused multiply-add.
 */
export const DEFAULT_ENGINE: EngineName = ENGINE_NAMES[0];

/** What users choose: an engine, or the fastest that runs here. */
export const ENGINE_CHOICES = ["auto", ...ENGINE_NAMES] as const;

/** A name of {@linkcode ENGINE_CHOICES}. */
export type EngineChoice = typeof ENGINE_CHOICES[number];
