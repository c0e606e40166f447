/**
 * Model caching (Section 3.2).
 *
 * @module
 */

/**
 * Eq. 3: the caching matrix β from the sets of models that servers cache.
 *
 * @param cachedModels For each server the models it caches, counted from 0.
 * @param numModels M.
 * @returns β, `[E][M]` row by row, of zeros and ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cachingMatrix } from "./caching.ts";
 *
 * assertEquals([...cachingMatrix([[0, 2], [1]], 3)], [1, 0, 1, 0, 1, 0]);
 * ```
 */
export function cachingMatrix(
  cachedModels: readonly (readonly number[])[],
  numModels: number,
): Float64Array {
  const cache = new Float64Array(cachedModels.length * numModels);
  cachedModels.forEach((models, server) => {
    for (const model of models) cache[server * numModels + model] = 1;
  });
  return cache;
}

/** Whether server j caches model m: β_jm = 1 (Section 3.3.1). */
export function isCached(
  cache: Float64Array,
  numModels: number,
  server: number,
  model: number,
): boolean {
  return cache[server * numModels + model] === 1;
}

/**
 * S_M,j of Eq. 14: storage that the cached models of a server occupy, in byte,
 * Σ_m β_jm S_m.
 */
export function storageUsedBytes(
  cache: Float64Array,
  modelSizeBytes: Float64Array,
  server: number,
): number {
  const numModels = modelSizeBytes.length;
  let used = 0;
  for (let model = 0; model < numModels; model++) {
    used += cache[server * numModels + model] * modelSizeBytes[model];
  }
  return used;
}
