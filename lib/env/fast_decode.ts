/**
 * The decoder of the hot path (see `fast_slot.ts`): β from scores without sorting
 * all of them, and the shares that count, without matrices.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";
import { toScore, toShareWeight } from "./action.ts";
import type { ActionChoices } from "./choices.ts";

/** Actions, row after row; 64-bit components count as the nearest 32-bit ones. */
export type ActionRows = Float32Array | Float64Array;

/**
 * Decodes the cache of one server at a time, as `decodeAction` does.
 *
 * Wanted models form a heap by descending score, ties by index; they leave it
 * until nothing more can fit: O(M + k·log M) for k models looked at.
 */
export class CacheDecoder {
  readonly #instance: Instance;
  readonly #all: boolean;
  readonly #repair: boolean;
  readonly #smallestBytes: number;
  readonly #scores: Float64Array;
  readonly #heap: Int32Array;

  /** @param choices `cacheDecoding`, `storageViolation`. */
  constructor(
    instance: Instance,
    choices: Pick<ActionChoices, "cacheDecoding" | "storageViolation">,
  ) {
    this.#instance = instance;
    this.#all = choices.cacheDecoding === "rank";
    this.#repair = choices.storageViolation === "repair";
    this.#smallestBytes = instance.modelSizeBytes.reduce(
      (least, bytes) => Math.min(least, bytes),
      Infinity,
    );
    this.#scores = new Float64Array(instance.numModels);
    this.#heap = new Int32Array(instance.numModels);
  }

  /**
   * Decodes the cache of a server.
   *
   * @param actions Scores of the server's models from `offset` on.
   * @param server Index of the server.
   * @param cache Receives row `server` of β, `[E][M]`.
   */
  decode(
    actions: ActionRows,
    offset: number,
    server: number,
    cache: Float64Array,
  ): void {
    const { numModels, modelSizeBytes, serverStorageBytes } = this.#instance;
    const scores = this.#scores;
    const heap = this.#heap;
    const row = server * numModels;
    let count = 0;
    for (let model = 0; model < numModels; model++) {
      const score = toScore(Math.fround(actions[offset + model]));
      const wanted = this.#all || score >= 0.5;
      cache[row + model] = wanted && !this.#repair ? 1 : 0;
      if (!wanted) continue;
      scores[model] = score;
      heap[count++] = model;
    }
    if (!this.#repair) return;
    for (let parent = (count >> 1) - 1; parent >= 0; parent--) {
      this.#siftDown(parent, count);
    }
    let freeBytes = serverStorageBytes[server];
    while (count > 0 && freeBytes >= this.#smallestBytes) {
      const model = heap[0];
      heap[0] = heap[--count];
      this.#siftDown(0, count);
      if (modelSizeBytes[model] > freeBytes) continue;
      cache[row + model] = 1;
      freeBytes -= modelSizeBytes[model];
    }
  }

  #siftDown(start: number, count: number): void {
    const scores = this.#scores;
    const heap = this.#heap;
    const model = heap[start];
    const score = scores[model];
    let parent = start;
    for (let child = 1; (child = 2 * parent + 1) < count; parent = child) {
      const other = child + 1;
      if (
        other < count &&
        comesBefore(
          scores[heap[other]],
          heap[other],
          scores[heap[child]],
          heap[child],
        )
      ) child = other;
      if (!comesBefore(scores[heap[child]], heap[child], score, model)) break;
      heap[parent] = heap[child];
    }
    heap[parent] = model;
  }
}

/** By descending score, ties by index. */
function comesBefore(
  score: number,
  model: number,
  otherScore: number,
  otherModel: number,
): boolean {
  return score > otherScore || (score === otherScore && model < otherModel);
}

/**
 * Decodes α or ℓ of one server, as `decodeAction` does.
 *
 * @param row Where the server's row of scores starts in `actions`.
 * @param users The users of the server.
 * @param order Where each user's score stands in the row, length U.
 * @param shares Receives the share of each of them, length U.
 * @param among Flags of the users who get a share; by default all.
 */
export function decodeServerShares(
  actions: ActionRows,
  row: number,
  users: Int32Array,
  order: Int32Array,
  method: ActionChoices["shareDecoding"],
  shares: Float64Array,
  among?: Uint8Array,
): void {
  let total = 0;
  for (let i = 0; i < users.length; i++) {
    const user = users[i];
    if (among !== undefined && among[user] === 0) continue;
    const weight = toShareWeight(
      Math.fround(actions[row + order[user]]),
      method,
    );
    shares[user] = weight;
    total += weight;
  }
  for (let i = 0; i < users.length; i++) {
    const user = users[i];
    if (among !== undefined && among[user] === 0) continue;
    shares[user] /= total;
  }
}
