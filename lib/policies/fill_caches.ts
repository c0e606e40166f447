/**
 * Caches filled in the order of a ranking.
 *
 * @module
 */

import { describeValue, InputError } from "../input/input_error.ts";
import { SUM_TOLERANCE } from "../env/constraints.ts";
import type { Instance } from "../scenario/instance.ts";

/** Refuses what is no list of models. */
function checkRanking(
  ranking: readonly number[],
  server: number,
  numModels: number,
): readonly number[] {
  const refuse = (path: string, condition: string, got: unknown): never => {
    throw new InputError(
      `Cannot fill the caches: ${path} must be ${condition}, got ${
        describeValue(got)
      }`,
    );
  };
  const name = `the ranking of server ${server}`;
  if (!Array.isArray(ranking) && !ArrayBuffer.isView(ranking)) {
    refuse(name, "an array of models", ranking);
  }
  ranking.forEach((model, place) => {
    if (Number.isInteger(model) && model >= 0 && model < numModels) return;
    refuse(
      `${name}, place ${place},`,
      `a model from 0 to ${numModels - 1}`,
      model,
    );
  });
  return ranking;
}

/**
 * β, where each server caches models in the order of its ranking as far as they
 * fit; a model that does not fit is passed over, and smaller ones may follow.
 *
 * @param rankingOf Models of a server, the most wanted one first.
 * @throws {InputError} If a ranking holds something else than models.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawInstance } from "../scenario/instance.ts";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { fillCaches } from "./fill_caches.ts";
 *
 * const instance = {
 *   ...drawInstance(SMALL_SCENARIO, 0),
 *   numServers: 1,
 *   serverStorageBytes: Float64Array.of(10),
 *   modelSizeBytes: Float64Array.of(5, 6, 3, 1, 1),
 * };
 * assertEquals([...fillCaches(instance, () => [0, 1, 2])], [1, 0, 1, 0, 0]);
 * ```
 */
export function fillCaches(
  instance: Instance,
  rankingOf: (server: number) => readonly number[],
): Float64Array {
  const { numServers, numModels, modelSizeBytes, serverStorageBytes } =
    instance;
  const cache = new Float64Array(numServers * numModels);
  for (let server = 0; server < numServers; server++) {
    const capacityBytes = serverStorageBytes[server] * (1 + SUM_TOLERANCE);
    let usedBytes = 0;
    for (const model of checkRanking(rankingOf(server), server, numModels)) {
      if (usedBytes + modelSizeBytes[model] > capacityBytes) continue;
      cache[server * numModels + model] = 1;
      usedBytes += modelSizeBytes[model];
    }
  }
  return cache;
}
