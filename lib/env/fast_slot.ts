/**
 * The hot path of search: actions of a slot in, objectives out, without allocation.
 * It repeats `decodeAction` and `playSlot` bit for bit; those show the model.
 *
 * @module
 */

import type { Assumptions } from "../scenario/assumptions.ts";
import { distancesM } from "../scenario/topology.ts";
import { storageExcess } from "./action.ts";
import {
  associateToCaches,
  groupMembers,
  groupUsers,
  type UserGroups,
} from "./association.ts";
import { storageUsedBytes } from "./caching.ts";
import { storageCost } from "./cost.ts";
import { downlinkCompletionTimeS, waitForDownlink } from "./downlink.ts";
import { linkGain } from "./evaluate_slot.ts";
import { type ActionChoices, DEFAULT_ACTION } from "./choices.ts";
import {
  type ActionRows,
  CacheDecoder,
  decodeServerShares,
} from "./fast_decode.ts";
import { slotObjective } from "./objective.ts";
import {
  type PreparedSlot,
  prepareSlot,
  reorderUsers,
} from "./prepared_slot.ts";
import { downlinkRateBps, uplinkRateBps } from "./rates.ts";
import { metersPerDistanceUnit } from "./readings.ts";
import { inferenceTimeS, transmissionTimeS } from "./response_time.ts";
import { effectiveShare } from "./shares.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { type SlotMemory, startMemory } from "./transition.ts";

/**
 * Judges many actions of one slot: `decodeAction` and `playSlot` in one, for
 * callers that want the objective only.
 *
 * An evaluation takes O(E·M + U·log U) and allocates nothing (unless users follow
 * caches); of the `[E][U]` parts only the entries of a user's own server are read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PAPER_SCENARIO as scenario } from "../scenario/scenario.ts";
 * import { actionSize, decodeAction } from "./action.ts";
 * import { evaluateSlot } from "./evaluate_slot.ts";
 * import { SlotEvaluator } from "./fast_slot.ts";
 * import { generateTrace } from "../workload/trace.ts";
 *
 * const [slot] = generateTrace(scenario, { instanceSeed: 0, seed: 0 }).slots;
 * const action = new Float32Array(actionSize(scenario)).fill(0.5);
 * const decision = decodeAction(action, slot, scenario.assumptions);
 * assertEquals(
 *   new SlotEvaluator(scenario.assumptions, slot).objective(action),
 *   evaluateSlot(slot.instance, slot.state, decision).objective,
 * );
 * ```
 */
export class SlotEvaluator {
  /** Length of an action: E·M + 2·E·U. */
  readonly actionSize: number;
  readonly #assumptions: Assumptions;
  readonly #choices: ActionChoices;
  /** The slot with the users of a server side by side: memory is read in order. */
  readonly #slot: TraceSlot;
  /** Users by place in `#slot`, and places by user. */
  readonly #order: Int32Array;
  readonly #place: Int32Array;
  /** β of the slot before, `[E][M]`; all cached where loading is free. */
  readonly #cachedBefore: Float64Array;
  readonly #downlinkFreeAtS: Float64Array;
  readonly #prepared: PreparedSlot;
  readonly #cacheDecoder: CacheDecoder;
  /** `[U][E]` where users follow caches; else empty. */
  readonly #distancesM: Float64Array;
  readonly #server: Int32Array;
  /** The users of every server, in rising order and in that of sending. */
  #groups: UserGroups;
  #members: Int32Array[] = [];
  #queues: Int32Array[] = [];
  readonly #queue: Int32Array;
  readonly #scratch: Int32Array;
  readonly #gain: Float64Array;
  readonly #downlinkTimeS: Float64Array;
  readonly #cache: Float64Array;
  readonly #usedBytes: Float64Array;
  readonly #hit: Uint8Array;
  readonly #bandwidthShare: Float64Array;
  readonly #computeShare: Float64Array;
  readonly #readyTimeS: Float64Array;
  readonly #waitTimeS: Float64Array;
  #loadingCost = 0;

  /**
   * Prepares a slot.
   *
   * @param assumptions The world's readings.
   * @param slot The slot that is decided.
   * @param memory What the slot before left; by default that of a first slot.
   * @param choices How actions are read; by default the ledger's defaults.
   */
  constructor(
    assumptions: Assumptions,
    slot: TraceSlot,
    memory: SlotMemory = startMemory(slot.instance),
    choices: ActionChoices = DEFAULT_ACTION,
  ) {
    const { instance, instance: { numUsers, numServers, numModels } } = slot;
    const perUser = () => new Float64Array(numUsers);
    this.actionSize = numServers * (numModels + 2 * numUsers);
    [this.#assumptions, this.#choices] = [assumptions, choices];
    const follows = assumptions.association === "cached-anywhere";
    this.#groups = groupUsers(slot.server, numServers);
    this.#order = follows
      ? slot.server.map((_, user) => user)
      : this.#groups.users;
    this.#place = new Int32Array(numUsers);
    this.#order.forEach((user, place) => this.#place[user] = place);
    this.#slot = reorderUsers(slot, this.#order);
    this.#cachedBefore = assumptions.modelLoading === "charged"
      ? memory.cache
      : new Float64Array(numServers * numModels).fill(1);
    this.#downlinkFreeAtS = assumptions.downlinkQueue === "carried"
      ? memory.downlinkFreeAtS
      : new Float64Array(numServers);
    this.#prepared = prepareSlot(this.#slot);
    this.#cacheDecoder = new CacheDecoder(instance, choices);
    this.#distancesM = follows
      ? distancesM(instance.userPositionsM, instance.serverPositionsM)
      : new Float64Array(0);
    this.#server = new Int32Array(numUsers);
    this.#queue = new Int32Array(numUsers);
    this.#scratch = new Int32Array(numUsers);
    this.#gain = perUser();
    this.#downlinkTimeS = perUser();
    this.#cache = new Float64Array(numServers * numModels);
    this.#usedBytes = new Float64Array(numServers);
    this.#hit = new Uint8Array(numUsers);
    this.#bandwidthShare = perUser();
    this.#computeShare = perUser();
    this.#readyTimeS = perUser();
    this.#waitTimeS = perUser();
    this.#slot.server.forEach((server, user) => this.#attach(user, server));
    this.#regroup();
  }

  /**
   * G(t) of the action's decision (Eq. 15), and where a scenario has a storage
   * penalty, U times that: −U times the reward of `playSlot`.
   *
   * @param actions Numbers; an action (Eq. 20) starts at `offset`.
   */
  objective(actions: ActionRows, offset = 0): number {
    const { instance, state } = this.#slot;
    const { numUsers, numServers, numModels } = instance;
    this.#decodeCaches(actions, offset);
    if (this.#assumptions.association === "cached-anywhere") {
      this.#followCaches();
    }
    for (let user = 0; user < numUsers; user++) {
      const entry = this.#server[user] * numModels + state.requestedModel[user];
      this.#hit[user] = this.#cache[entry];
    }
    this.#decodeShares(actions, offset);
    for (let user = 0; user < numUsers; user++) this.#serve(user);
    this.#queue.set(this.#groups.users);
    for (let server = 0; server < numServers; server++) {
      waitForDownlink(
        this.#queues[server],
        this.#readyTimeS,
        this.#downlinkTimeS,
        this.#waitTimeS,
        this.#downlinkFreeAtS[server],
        this.#scratch,
      );
    }
    return this.#total();
  }

  /**
   * {@linkcode SlotEvaluator.objective} of `count` actions.
   *
   * @param actions Row after row, `[count][actionSize]`.
   * @param out Receives `count` objectives.
   */
  objectives(actions: ActionRows, count: number, out: Float64Array): void {
    for (let row = 0; row < count; row++) {
      out[row] = this.objective(actions, row * this.actionSize);
    }
  }

  /** Gives a user a server: gain and downlink follow. */
  #attach(user: number, server: number): void {
    const { instance, state } = this.#slot;
    this.#server[user] = server;
    this.#gain[user] = linkGain(
      instance,
      state,
      user,
      server,
      metersPerDistanceUnit(this.#assumptions),
    );
    this.#downlinkTimeS[user] = transmissionTimeS(
      state.outputBytes[user],
      downlinkRateBps(
        instance.downlinkBandwidthHz[server],
        this.#prepared.serverTxPowerW,
        this.#gain[user],
        this.#prepared.noisePsdWPerHz,
      ),
    );
  }

  #regroup(): void {
    const { numServers } = this.#slot.instance;
    this.#groups = groupUsers(this.#server, numServers);
    const queues = { users: this.#queue, starts: this.#groups.starts };
    const servers = Array.from({ length: numServers }, (_, server) => server);
    this.#members = servers.map((j) => groupMembers(this.#groups, j));
    this.#queues = servers.map((j) => groupMembers(queues, j));
  }

  /** β, S_M,j and, where loading is charged, its cost. */
  #decodeCaches(actions: ActionRows, offset: number): void {
    const { numServers, numModels, modelSizeBytes, backhaulCostPerByte } =
      this.#slot.instance;
    const cache = this.#cache;
    for (let server = 0; server < numServers; server++) {
      const row = offset + server * numModels;
      this.#cacheDecoder.decode(actions, row, server, cache);
      this.#usedBytes[server] = storageUsedBytes(cache, modelSizeBytes, server);
    }
    if (this.#assumptions.modelLoading === "free") return;
    this.#loadingCost = 0;
    for (let entry = 0; entry < cache.length; entry++) {
      if (cache[entry] === 0 || this.#cachedBefore[entry] !== 0) continue;
      this.#loadingCost += modelSizeBytes[entry % numModels] *
        backhaulCostPerByte;
    }
  }

  #followCaches(): void {
    const cache = this.#cache;
    const distances = this.#distancesM;
    associateToCaches(this.#slot, cache, distances).forEach((server, user) => {
      if (server !== this.#server[user]) this.#attach(user, server);
    });
    this.#regroup();
  }

  /** α and ℓ at every user's own server. */
  #decodeShares(actions: ActionRows, offset: number): void {
    const { numUsers, numServers, numModels } = this.#slot.instance;
    const { shareDecoding } = this.#choices;
    const bandwidthOffset = offset + numServers * numModels;
    const computeOffset = bandwidthOffset + numServers * numUsers;
    for (let server = 0; server < numServers; server++) {
      decodeServerShares(
        actions,
        bandwidthOffset + server * numUsers,
        this.#members[server],
        this.#order,
        shareDecoding,
        this.#bandwidthShare,
      );
      decodeServerShares(
        actions,
        computeOffset + server * numUsers,
        this.#members[server],
        this.#order,
        shareDecoding,
        this.#computeShare,
        this.#assumptions.computeShareAmong === "hits" ? this.#hit : undefined,
      );
    }
  }

  /** Uplink, inference and when the result is ready (Eqs. 7, 10 and 11). */
  #serve(user: number): void {
    const { instance, state } = this.#slot;
    const prepared = this.#prepared;
    const server = this.#server[user];
    const uplinkTimeS = transmissionTimeS(
      state.inputBytes[user],
      uplinkRateBps(
        effectiveShare(this.#bandwidthShare[user], instance.shareFloor),
        instance.uplinkBandwidthHz[server],
        prepared.userTxPowerW,
        this.#gain[user],
        prepared.noisePsdWPerHz,
      ),
    );
    if (this.#hit[user] === 0) {
      this.#readyTimeS[user] = uplinkTimeS +
        prepared.backhaulUplinkTimeS[user] +
        prepared.cloudInferenceTimeS[user] +
        prepared.backhaulDownlinkTimeS[user];
      return;
    }
    let timeS = inferenceTimeS(
      prepared.flop[user],
      effectiveShare(this.#computeShare[user], instance.shareFloor),
      instance.serverGpus[server],
      instance.gpuFlopPerS,
    );
    const model = state.requestedModel[user];
    if (this.#cachedBefore[server * instance.numModels + model] === 0) {
      timeS += prepared.loadingTimeS[model];
    }
    this.#readyTimeS[user] = uplinkTimeS + timeS;
  }

  /** Eqs. 9 to 15. */
  #total(): number {
    const { instance } = this.#slot;
    const prepared = this.#prepared;
    let totalResponseTimeS = 0;
    let totalCost = 0;
    for (let i = 0; i < instance.numUsers; i++) {
      // In the order of evaluateSlot, which decides how sums are rounded.
      const user = this.#place[i];
      // Eqs. 10 and 11 both add T^to to the time at which the result is ready.
      totalResponseTimeS += this.#readyTimeS[user] +
        downlinkCompletionTimeS(
          this.#waitTimeS[user],
          this.#downlinkTimeS[user],
        );
      totalCost += this.#hit[user] === 0
        ? prepared.missCost[user]
        : prepared.hitCost[user];
    }
    totalCost += storageCost(this.#usedBytes, instance.storageCostPerByte) +
      this.#loadingCost;
    const objective = slotObjective(
      totalResponseTimeS,
      totalCost,
      instance.responseTimeWeight,
      instance.costWeight,
    );
    if (this.#choices.storageViolation !== "penalty") return objective;
    return objective + instance.numUsers * this.#choices.storagePenalty *
        storageExcess(this.#usedBytes, instance.serverStorageBytes);
  }
}
