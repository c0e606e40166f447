/**
 * The action (Section 4.2) and its decoder.
 *
 * @module
 */

import { describeValue, InputError } from "../input/input_error.ts";
import type { Assumptions } from "../scenario/assumptions.ts";
import type { Instance } from "../scenario/instance.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { associateToCaches, groupMembers, groupUsers } from "./association.ts";
import { isCached } from "./caching.ts";
import { type ActionChoices, DEFAULT_ACTION } from "./choices.ts";
import { SUM_TOLERANCE } from "./constraints.ts";
import type { Decision } from "./slot.ts";
import type { TraceSlot } from "../workload/trace.ts";

/** The three parts of an action, as views into it. */
export interface ActionParts {
  /** Scores of β, `[E][M]`. */
  readonly cache: Float32Array;
  /** Scores of α, `[E][U]`. */
  readonly bandwidth: Float32Array;
  /** Scores of ℓ, `[E][U]`. */
  readonly compute: Float32Array;
}

/** Length of an action: E·M + 2·E·U. */
export function actionSize(scenario: Scenario): number {
  const { numUsers, numServers, numModels } = scenario.parameters;
  return numServers * (numModels + 2 * numUsers);
}

/**
 * Eq. 20: the parts of an action a(t) = {β(t), α(t), ℓ(t)}, in this order.
 *
 * @param action Numbers in [-1, 1], length E·M + 2·E·U.
 * @throws {InputError} If it is no Float32Array of that length, or a component is
 * NaN.
 */
export function splitAction(
  action: Float32Array,
  instance: Pick<Instance, "numUsers" | "numServers" | "numModels">,
): ActionParts {
  const cacheSize = instance.numServers * instance.numModels;
  const shareSize = instance.numServers * instance.numUsers;
  const size = cacheSize + 2 * shareSize;
  if (!(action instanceof Float32Array) || action.length !== size) {
    throw new InputError(
      `Cannot decode the action: it must be a Float32Array of ${size} numbers, got ${
        describeValue(action)
      }`,
    );
  }
  for (let i = 0; i < size; i++) {
    if (!Number.isNaN(action[i])) continue;
    throw new InputError(
      `Cannot decode the action: component ${i} must be a number, got NaN`,
    );
  }
  return {
    cache: action.subarray(0, cacheSize),
    bandwidth: action.subarray(cacheSize, cacheSize + shareSize),
    compute: action.subarray(cacheSize + shareSize),
  };
}

/** A score in [0, 1] from an actor's output in [-1, 1]; clipped beyond. */
export function toScore(output: number): number {
  return (Math.min(1, Math.max(-1, output)) + 1) / 2;
}

/**
 * β from scores: models by descending score as far as they fit (ties by index),
 * those below 0.5 left out under `threshold`. A model that does not fit is
 * passed over, and smaller ones may still follow.
 */
function decodeCache(
  outputs: Float32Array,
  instance: Instance,
  choices: ActionChoices,
): Float64Array {
  const { numServers, numModels, modelSizeBytes } = instance;
  const cache = new Float64Array(numServers * numModels);
  for (let server = 0; server < numServers; server++) {
    const offset = server * numModels;
    const least = choices.cacheDecoding === "threshold" ? 0.5 : 0;
    const scores: number[] = [];
    const wanted: number[] = [];
    for (let model = 0; model < numModels; model++) {
      scores.push(toScore(outputs[offset + model]));
      if (scores[model] >= least) wanted.push(model);
    }
    wanted.sort((a, b) => scores[b] - scores[a] || a - b);
    const repair = choices.storageViolation === "repair";
    let freeBytes = instance.serverStorageBytes[server];
    for (const model of wanted) {
      if (repair && modelSizeBytes[model] > freeBytes) continue;
      cache[offset + model] = 1;
      freeBytes -= modelSizeBytes[model];
    }
  }
  return cache;
}

/** Least score under `l1`: no user is left without any share. */
const LEAST_SCORE = 1e-3;

/**
 * What a user's share is proportional to: exp(output) under `softmax`, the score
 * but at least {@linkcode LEAST_SCORE} under `l1`.
 */
export function toShareWeight(
  output: number,
  method: ActionChoices["shareDecoding"],
): number {
  const score = toScore(output);
  return method === "softmax"
    ? Math.exp(2 * score - 1)
    : Math.max(LEAST_SCORE, score);
}

/**
 * Writes shares of one server for `users`: their weights over the sum of these.
 *
 * @param row Where the server's users start in both arrays.
 */
function decodeShares(
  outputs: Float32Array,
  shares: Float64Array,
  row: number,
  users: Int32Array,
  method: ActionChoices["shareDecoding"],
): void {
  let total = 0;
  for (let k = 0; k < users.length; k++) {
    const at = row + users[k];
    shares[at] = toShareWeight(outputs[at], method);
    total += shares[at];
  }
  for (let k = 0; k < users.length; k++) shares[row + users[k]] /= total;
}

/**
 * Decodes an action into a decision under a scenario's readings.
 *
 * With the default readings the decision breaks none of the constraints 18b to
 * 18g, whatever the action: caches are filled only as far as models fit, and
 * shares of the users of a server add up to 1 (to rounding,
 * {@linkcode SUM_TOLERANCE}); other users get 0. Components beyond ±1 count as ±1.
 *
 * @param action Numbers in [-1, 1], length E·M + 2·E·U (Eq. 20).
 * @param slot The slot that is decided.
 * @param assumptions The world's readings: `computeShareAmong`, `association`.
 * @param choices How the action is read; by default the ledger's defaults.
 * @throws {InputError} If it is no Float32Array of that length, or a component is
 * NaN.
 */
export function decodeAction(
  action: Float32Array,
  slot: TraceSlot,
  assumptions: Assumptions,
  choices: ActionChoices = DEFAULT_ACTION,
): Decision {
  const { instance, state } = slot;
  const { numUsers, numServers, numModels } = instance;
  const parts = splitAction(action, instance);
  const cache = decodeCache(parts.cache, instance, choices);
  const server = assumptions.association === "cached-anywhere"
    ? associateToCaches(slot, cache)
    : slot.server;
  const bandwidthShare = new Float64Array(numServers * numUsers);
  const computeShare = new Float64Array(numServers * numUsers);
  const groups = groupUsers(server, numServers);
  for (let j = 0; j < numServers; j++) {
    const row = j * numUsers;
    const users = groupMembers(groups, j);
    const sharing = assumptions.computeShareAmong === "associated"
      ? users
      : users.filter((user) =>
        isCached(cache, numModels, j, state.requestedModel[user])
      );
    const { shareDecoding } = choices;
    decodeShares(parts.bandwidth, bandwidthShare, row, users, shareDecoding);
    decodeShares(parts.compute, computeShare, row, sharing, shareDecoding);
  }
  return { cache, bandwidthShare, computeShare, server };
}

/**
 * How far caches exceed their servers, in servers: Σ_j max(0, used_j/S_j − 1).
 * Rounding within {@linkcode SUM_TOLERANCE} counts as nothing.
 */
export function storageExcess(
  storageUsedBytes: Float64Array,
  serverStorageBytes: Float64Array,
): number {
  let excess = 0;
  storageUsedBytes.forEach((used, server) => {
    const over = used / serverStorageBytes[server] - 1;
    if (over > SUM_TOLERANCE) excess += over;
  });
  return excess;
}
