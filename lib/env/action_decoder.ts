/**
 * The decoder of actions, without allocation: β from scores without sorting all of
 * them, and the shares that count, without matrices.
 *
 * @module
 */

import type { Assumptions } from "../scenario/assumptions.ts";
import { exponential } from "../math/elementary.ts";
import type { Instance } from "../scenario/instance.ts";
import { distancesM } from "../scenario/topology.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { associateToCaches, groupMembers, groupUsers } from "./association.ts";
import { isCached } from "./caching.ts";
import type { ActionChoices } from "./choices.ts";
import { floatArrays } from "./slot_constants.ts";

/** Actions, row after row; 64-bit components count as the nearest 32-bit ones. */
export type ActionRows = Float32Array | Float64Array;

/** A score in [0, 1] from an actor's output in [-1, 1]; clipped beyond. */
export function toScore(output: number): number {
  return ((output < -1 ? -1 : output > 1 ? 1 : output) + 1) / 2;
}

/** Least score under `l1`: no user is left without any share. */
const LEAST_SCORE = 1e-3;

/**
 * What a user's share is proportional to: exp(output) under `softmax`, the score
 * but at least {@linkcode LEAST_SCORE} under `l1`.
 */
function toShareWeight(
  output: number,
  method: ActionChoices["shareDecoding"],
): number {
  const score = toScore(output);
  return method === "softmax"
    ? exponential(2 * score - 1)
    : Math.max(LEAST_SCORE, score);
}

/** Most models that are ranked in pairs; of more a heap looks at fewer. */
const MOST_RANKED = 32;

/**
 * β from scores, a server at a time: models by descending score as far as they fit
 * (ties by index), those below 0.5 left out under `threshold`. A model that does not
 * fit is passed over, and smaller ones may still follow.
 *
 * Few wanted models are ranked, each against each, without a branch that the
 * processor could guess wrong. More of them form a heap by descending score, ties
 * by index; they leave it until nothing more can fit: O(M + k·log M) for k models
 * looked at.
 */
class CacheDecoder {
  readonly #instance: Instance;
  readonly #all: boolean;
  readonly #repair: boolean;
  readonly #smallestBytes: number;
  /** Wanted models in rising order. */
  readonly #models: Int32Array;
  /** Their scores. */
  readonly #scores: Float64Array;
  /** Places in these arrays: by rank, or a heap. */
  readonly #order: Int32Array;
  readonly #ranks: Int32Array;

  /** @param choices `cacheDecoding`, `storageViolation`. */
  constructor(
    instance: Instance,
    choices: Pick<ActionChoices, "cacheDecoding" | "storageViolation">,
  ) {
    this.#instance = instance;
    this.#all = choices.cacheDecoding === "rank";
    this.#repair = choices.storageViolation === "repair";
    let smallestBytes = Infinity;
    for (const bytes of instance.modelSizeBytes) {
      if (bytes < smallestBytes) smallestBytes = bytes;
    }
    this.#smallestBytes = smallestBytes;
    this.#scores = new Float64Array(instance.numModels);
    this.#models = new Int32Array(instance.numModels);
    this.#order = new Int32Array(instance.numModels);
    this.#ranks = new Int32Array(MOST_RANKED);
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
    const models = this.#models;
    const order = this.#order;
    const least = this.#all ? 0 : 0.5;
    const row = server * numModels;
    let count = 0;
    for (let model = 0; model < numModels; model++) {
      const score = toScore(Math.fround(actions[offset + model]));
      cache[row + model] = 0;
      scores[count] = score;
      models[count] = model;
      count += +(score >= least);
    }
    if (!this.#repair) {
      for (let k = 0; k < count; k++) cache[row + models[k]] = 1;
      return;
    }
    const ranked = count <= MOST_RANKED;
    if (ranked) this.#rank(count);
    else this.#heapify(count);
    let freeBytes = serverStorageBytes[server];
    for (let k = 0; k < count && freeBytes >= this.#smallestBytes; k++) {
      const model = models[ranked ? order[k] : this.#pop(count - k)];
      const bytes = modelSizeBytes[model];
      if (bytes > freeBytes) continue;
      cache[row + model] = 1;
      freeBytes -= bytes;
    }
  }

  /** Puts places in order. */
  #rank(count: number): void {
    const scores = this.#scores;
    const ranks = this.#ranks;
    for (let k = 0; k < count; k++) {
      const score = scores[k];
      let rank = k;
      for (let before = 0; before < k; before++) {
        const passes = +(score > scores[before]);
        ranks[before] += passes;
        rank -= passes;
      }
      ranks[k] = rank;
    }
    for (let k = 0; k < count; k++) this.#order[ranks[k]] = k;
  }

  #heapify(count: number): void {
    for (let k = 0; k < count; k++) this.#order[k] = k;
    for (let parent = (count >> 1) - 1; parent >= 0; parent--) {
      this.#siftDown(parent, count);
    }
  }

  /** The best place of the heap, which loses it. */
  #pop(count: number): number {
    const heap = this.#order;
    const best = heap[0];
    heap[0] = heap[count - 1];
    this.#siftDown(0, count - 1);
    return best;
  }

  #siftDown(start: number, count: number): void {
    const scores = this.#scores;
    const heap = this.#order;
    const place = heap[start];
    const score = scores[place];
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
      if (!comesBefore(scores[heap[child]], heap[child], score, place)) break;
      heap[parent] = heap[child];
    }
    heap[parent] = place;
  }
}

/** By descending score, ties by place. */
function comesBefore(
  score: number,
  place: number,
  otherScore: number,
  otherPlace: number,
): boolean {
  return score > otherScore || (score === otherScore && place < otherPlace);
}

/**
 * Writes shares of one server: the users' weights over the sum of these.
 *
 * @param row Where the server's row of scores starts in `actions`.
 * @param users The users of the server.
 * @param shares Receives the share of each of them, length U.
 * @param among Flags of the users who get a share, the others get 0; by default all.
 */
function decodeServerShares(
  actions: ActionRows,
  row: number,
  users: Int32Array,
  method: ActionChoices["shareDecoding"],
  shares: Float64Array,
  among?: Uint8Array,
): void {
  let total = 0;
  for (let i = 0; i < users.length; i++) {
    const user = users[i];
    shares[user] = 0;
    if (among !== undefined && among[user] === 0) continue;
    const weight = toShareWeight(Math.fround(actions[row + user]), method);
    shares[user] = weight;
    total += weight;
  }
  for (let i = 0; i < users.length; i++) {
    const user = users[i];
    if (among !== undefined && among[user] === 0) continue;
    shares[user] /= total;
  }
}

/**
 * Decodes actions (Eq. 20) of one slot; what `decode` finds stands in its arrays
 * until the next action.
 */
export class ActionDecoder {
  /** β, `[E][M]`. */
  readonly cache: Float64Array;
  /** α of every user at its own server, length U. */
  readonly bandwidthShare: Float64Array;
  /** ℓ of every user at its own server, length U. */
  readonly computeShare: Float64Array;
  readonly #slot: TraceSlot;
  readonly #choices: ActionChoices;
  readonly #caches: CacheDecoder;
  /** Whose GPUs are shared, where not all users share them. */
  readonly #hit: Uint8Array | undefined;
  /** `[U][E]` where users follow caches. */
  readonly #distancesM: Float64Array | undefined;
  #server: Int32Array;
  /** The users of every server, in rising order. */
  #members: Int32Array[];

  /**
   * Prepares a slot.
   *
   * @param assumptions `computeShareAmong`, `association`.
   */
  constructor(
    slot: TraceSlot,
    assumptions: Assumptions,
    choices: ActionChoices,
  ) {
    const { instance, instance: { numUsers, numServers, numModels } } = slot;
    this.#slot = slot;
    this.#choices = choices;
    this.#caches = new CacheDecoder(instance, choices);
    this.#distancesM = assumptions.association === "cached-anywhere"
      ? distancesM(instance.userPositionsM, instance.serverPositionsM)
      : undefined;
    this.#server = slot.server;
    this.#members = membersOf(slot.server, numServers);
    if (assumptions.computeShareAmong === "hits") {
      this.#hit = new Uint8Array(numUsers);
    }
    this.cache = new Float64Array(numServers * numModels);
    [this.bandwidthShare, this.computeShare] = floatArrays(2, numUsers);
  }

  /** Server of every user, length U: the slot's, or where users follow caches theirs. */
  get server(): Int32Array {
    return this.#server;
  }

  /** Decodes the action that starts at `offset`. */
  decode(actions: ActionRows, offset: number): void {
    const { instance } = this.#slot;
    const { numUsers, numServers, numModels } = instance;
    const { shareDecoding } = this.#choices;
    for (let server = 0; server < numServers; server++) {
      const row = offset + server * numModels;
      this.#caches.decode(actions, row, server, this.cache);
    }
    if (this.#distancesM !== undefined) {
      this.#server = associateToCaches(
        this.#slot,
        this.cache,
        this.#distancesM,
      );
      this.#members = membersOf(this.#server, numServers);
    }
    const among = this.#sharing();
    const bandwidthOffset = offset + numServers * numModels;
    const computeOffset = bandwidthOffset + numServers * numUsers;
    for (let server = 0; server < numServers; server++) {
      decodeServerShares(
        actions,
        bandwidthOffset + server * numUsers,
        this.#members[server],
        shareDecoding,
        this.bandwidthShare,
      );
      decodeServerShares(
        actions,
        computeOffset + server * numUsers,
        this.#members[server],
        shareDecoding,
        this.computeShare,
        among,
      );
    }
  }

  /** Who shares the GPUs, where not all do. */
  #sharing(): Uint8Array | undefined {
    const hit = this.#hit;
    if (hit === undefined) return undefined;
    const { instance: { numModels }, state } = this.#slot;
    for (let user = 0; user < hit.length; user++) {
      const server = this.#server[user];
      const model = state.requestedModel[user];
      hit[user] = isCached(this.cache, numModels, server, model) ? 1 : 0;
    }
    return hit;
  }
}

/** The users of every server in rising order. */
function membersOf(server: Int32Array, numServers: number): Int32Array[] {
  const groups = groupUsers(server, numServers);
  const members: Int32Array[] = [];
  for (let j = 0; j < numServers; j++) members.push(groupMembers(groups, j));
  return members;
}
