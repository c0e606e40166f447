/**
 * One slot through the model: requests and decision in, response times, costs,
 * objective and reward out.
 *
 * @module
 */

import {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
} from "../scenario/assumptions.ts";
import type { Instance } from "../scenario/instance.ts";
import type { SlotState } from "../workload/slot_state.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { ActionDecoder, type ActionRows } from "./action_decoder.ts";
import { isCached, storageUsedBytes } from "./caching.ts";
import { type ActionChoices, DEFAULT_ACTION } from "./choices.ts";
import { findViolations, storageExcess } from "./constraints.ts";
import { loadingCost, storageCost } from "./cost.ts";
import { downlinkCompletionTimeS } from "./downlink.ts";
import { JUDGED_ARRAYS, type JudgedSlot, judgedSlot } from "./judged_slot.ts";
import { slotObjective } from "./objective.ts";
import { uplinkRateBps } from "./rates.ts";
import { metersPerDistanceUnit } from "./readings.ts";
import {
  cloudResponseTimeS,
  edgeResponseTimeS,
  inferenceTimeS,
  transmissionTimeS,
} from "./response_time.ts";
import { slotReward } from "./reward.ts";
import { ServedShares, sharesLater } from "./served_shares.ts";
import { effectiveShare } from "./shares.ts";
import type { Decision, SlotOutcome } from "./slot.ts";
import {
  floatArrays,
  type SlotConstants,
  slotConstants,
} from "./slot_constants.ts";
import { SlotLinks } from "./slot_links.ts";
import { type SlotMemory, startMemory } from "./slot_memory.ts";

/** How a {@linkcode PreparedSlot} is judged, where not by the defaults. */
export interface SlotOptions {
  /** The world's readings; by default the ledger's defaults. */
  readonly assumptions?: Assumptions;
  /** What the slot before left; by default that of a first slot. */
  readonly memory?: SlotMemory;
  /** How actions are read; by default the ledger's defaults. */
  readonly choices?: ActionChoices;
}

/**
 * A slot that can be judged many times: what no decision changes is computed once.
 *
 * It has two doors to one model. {@linkcode PreparedSlot.outcome} judges a decision
 * and tells everything; {@linkcode PreparedSlot.objective} judges an action as
 * `decodeAction` reads it, tells G(t) alone, takes O(E·M + U·log U) and allocates
 * nothing (unless users follow caches).
 *
 * Results become ready after upload and inference (and, for a miss, both
 * backhaul transfers); the server's downlink then sends them one at a time.
 * A user without bandwidth, or a hit without compute, is never served: its
 * response time and the objective are infinite, other users are not held up.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PAPER_SCENARIO as scenario } from "../scenario/scenario.ts";
 * import { actionSize, decodeAction } from "./action.ts";
 * import { PreparedSlot } from "./prepared_slot.ts";
 * import { generateTrace } from "../workload/trace.ts";
 *
 * const { assumptions } = scenario;
 * const [slot] = generateTrace(scenario, { instanceSeed: 0, seed: 0 }).slots;
 * const prepared = new PreparedSlot(slot, { assumptions });
 * const action = new Float32Array(actionSize(scenario)).fill(0.5);
 * const decision = decodeAction(action, slot, assumptions);
 * assertEquals(
 *   prepared.objective(action),
 *   prepared.outcome(decision).objective,
 * );
 * ```
 */
export class PreparedSlot {
  /** Capacities, sizes and positions. */
  readonly instance: Instance;
  /** Popularity, fading and requests. */
  readonly state: SlotState;
  /** What no decision changes. */
  readonly constants: SlotConstants;
  /** The users' servers and channels: the slot's, then those of the last decision. */
  readonly links: SlotLinks;
  readonly #choices: ActionChoices;
  /** β of the slot before, `[E][M]`; none where loading is free. */
  readonly #cachedBefore: Float64Array | undefined;
  /** Length E; none where downlinks are free at the start. */
  readonly #downlinkFreeAtS: Float64Array | undefined;
  /** What sets shares where servers do so by themselves. */
  readonly #served: ServedShares | undefined;
  readonly #newDecoder: () => ActionDecoder;
  /** Of actions; an outcome has arrays of its own. */
  #decoder: ActionDecoder | undefined;
  #judged: JudgedSlot | undefined;

  /** Prepares a slot. */
  constructor(
    slot: TraceSlot,
    {
      assumptions = DEFAULT_ASSUMPTIONS,
      memory = startMemory(slot.instance),
      choices = DEFAULT_ACTION,
    }: SlotOptions = {},
  ) {
    const { instance, state } = slot;
    this.instance = instance;
    this.state = state;
    this.constants = slotConstants(instance, state);
    this.links = new SlotLinks(
      slot,
      this.constants,
      metersPerDistanceUnit(assumptions),
    );
    this.#choices = choices;
    this.#newDecoder = () => new ActionDecoder(slot, assumptions, choices);
    if (sharesLater(assumptions)) this.#served = new ServedShares(this);
    if (assumptions.modelLoading === "charged") {
      this.#cachedBefore = memory.cache;
    }
    if (assumptions.downlinkQueue === "carried") {
      this.#downlinkFreeAtS = memory.downlinkFreeAtS;
    }
  }

  /**
   * G(t) of the action's decision (Eq. 15), and where the choices have a storage
   * penalty, U times that: −U times the reward of `playSlot`.
   *
   * @param actions Numbers; an action (Eq. 20) starts at `offset`.
   */
  objective(actions: ActionRows, offset = 0): number {
    const { instance, instance: { numUsers } } = this;
    const decoder = this.#decoder ??= this.#newDecoder();
    const judged = this.#judged ??= judgedSlot(
      floatArrays(JUDGED_ARRAYS, numUsers),
      instance,
    );
    decoder.decode(actions, offset);
    const { cache, server, bandwidthShare, computeShare } = decoder;
    this.#judge(judged, cache, server, bandwidthShare, computeShare);
    const { objective } = judged;
    return this.#choices.storageViolation === "penalty"
      ? objective + numUsers * this.storagePenalty(judged.storageUsedBytes)
      : objective;
  }

  /**
   * Judges a decision as given: it repairs nothing and reports broken constraints.
   * The outcome's arrays are its own.
   */
  outcome(decision: Decision): SlotOutcome {
    const { instance, constants, links, instance: { numUsers } } = this;
    const { cache, server } = decision;
    const arrays = floatArrays(JUDGED_ARRAYS + 11, numUsers);
    const judged = judgedSlot(arrays, instance);
    let used = JUDGED_ARRAYS;
    const copy = (values: Float64Array) => {
      arrays[used].set(values);
      return arrays[used++];
    };
    const [bandwidthShare, computeShare] = [arrays[used++], arrays[used++]];
    for (let user = 0; user < numUsers; user++) {
      const entry = server[user] * numUsers + user;
      bandwidthShare[user] = decision.bandwidthShare[entry];
      computeShare[user] = decision.computeShare[entry];
    }
    this.#judge(judged, cache, server, bandwidthShare, computeShare);
    const outcome = {
      ...judged,
      channelGain: copy(links.channelGain),
      downlinkRateBps: copy(links.downlinkRateBps),
      downlinkTimeS: copy(links.downlinkTimeS),
      backhaulUplinkTimeS: copy(constants.backhaulUplinkTimeS),
      backhaulDownlinkTimeS: copy(constants.backhaulDownlinkTimeS),
      accessCost: copy(constants.accessCost),
      backhaulCost: copy(constants.backhaulCost),
      gpuCost: copy(constants.gpuCost),
      userCost: copy(constants.missCost),
    };
    let hits = 0;
    for (let user = 0; user < numUsers; user++) {
      if (judged.hit[user] === 0) continue;
      hits++;
      outcome.backhaulUplinkTimeS[user] = 0;
      outcome.backhaulDownlinkTimeS[user] = 0;
      outcome.backhaulCost[user] = 0;
      outcome.userCost[user] = constants.hitCost[user];
    }
    return {
      ...outcome,
      reward: slotReward(judged.objective, numUsers),
      hitRate: hits / numUsers,
      violations: findViolations(
        instance,
        this.#served?.withoutShares(decision) ?? decision,
        judged.storageUsedBytes,
      ),
    };
  }

  /**
   * Cost of loading the models that their server did not hold before, over the
   * backhaul, Σ S_m·C_E,CS; 0 where loading is free.
   *
   * @param cache β, `[E][M]`.
   */
  loadingCost(cache: Float64Array): number {
    const before = this.#cachedBefore;
    return before === undefined ? 0 : loadingCost(this.instance, before, cache);
  }

  /**
   * What the action's reading takes from the reward for caches beyond their
   * servers; 0 where they are repaired.
   */
  storagePenalty(storageUsedBytes: Float64Array): number {
    if (this.#choices.storageViolation !== "penalty") return 0;
    return this.#choices.storagePenalty *
      storageExcess(storageUsedBytes, this.instance.serverStorageBytes);
  }

  /** Judges a decision with its users' shares, which servers may set anew. */
  #judge(
    judged: JudgedSlot,
    cache: Float64Array,
    server: Int32Array,
    bandwidthShare: Float64Array,
    computeShare: Float64Array,
  ): void {
    const { instance: { numServers, modelSizeBytes }, links } = this;
    links.associate(server);
    this.#served?.share(cache, bandwidthShare, computeShare);
    this.#serve(judged, cache, bandwidthShare, computeShare);
    links.wait(judged.readyTimeS, this.#downlinkFreeAtS, judged.waitTimeS);
    for (let j = 0; j < numServers; j++) {
      judged.storageUsedBytes[j] = storageUsedBytes(cache, modelSizeBytes, j);
    }
    this.#total(judged, this.loadingCost(cache));
  }

  /** Uploads (Eq. 7), inference, and when results are ready. */
  #serve(
    judged: JudgedSlot,
    cache: Float64Array,
    bandwidthShare: Float64Array,
    computeShare: Float64Array,
  ): void {
    const { instance, instance: { numUsers, numModels, shareFloor } } = this;
    const { uplinkBandwidthHz, serverGpus, gpuFlopPerS } = instance;
    const { requestedModel, inputBytes } = this.state;
    const { userTxPowerW, noisePsdWPerHz, flop } = this.constants;
    const { backhaulUplinkTimeS, cloudInferenceTimeS, backhaulDownlinkTimeS } =
      this.constants;
    const { server: servers, channelGain } = this.links;
    const { uplinkRateBps: rates, uplinkTimeS: uplinks, hit } = judged;
    const { inferenceTimeS: inferences, readyTimeS } = judged;
    const cachedBefore = this.#cachedBefore;
    for (let user = 0; user < numUsers; user++) {
      const server = servers[user];
      const model = requestedModel[user];
      const rateBps = uplinkRateBps(
        effectiveShare(bandwidthShare[user], shareFloor),
        uplinkBandwidthHz[server],
        userTxPowerW,
        channelGain[user],
        noisePsdWPerHz,
      );
      const uplinkTimeS = transmissionTimeS(inputBytes[user], rateBps);
      rates[user] = rateBps;
      uplinks[user] = uplinkTimeS;
      if (!isCached(cache, numModels, server, model)) {
        hit[user] = 0;
        inferences[user] = cloudInferenceTimeS[user];
        readyTimeS[user] = uplinkTimeS + backhaulUplinkTimeS[user] +
          cloudInferenceTimeS[user] + backhaulDownlinkTimeS[user];
        continue;
      }
      let timeS = inferenceTimeS(
        flop[user],
        effectiveShare(computeShare[user], shareFloor),
        serverGpus[server],
        gpuFlopPerS,
      );
      if (cachedBefore?.[server * numModels + model] === 0) {
        // S_m/R^down_E,CS: the model comes over the backhaul first.
        timeS += transmissionTimeS(
          instance.modelSizeBytes[model],
          instance.backhaulDownlinkBps,
        );
      }
      hit[user] = 1;
      inferences[user] = timeS;
      readyTimeS[user] = uplinkTimeS + timeS;
    }
  }

  /** Eqs. 9 to 15. */
  #total(judged: JudgedSlot, loadingCost: number): void {
    const { instance, constants, links } = this;
    let totalResponseTimeS = 0;
    let totalCost = 0;
    for (let user = 0; user < instance.numUsers; user++) {
      const completionTimeS = downlinkCompletionTimeS(
        judged.waitTimeS[user],
        links.downlinkTimeS[user],
      );
      const hit = judged.hit[user] === 1;
      const responseTimeS = hit
        ? edgeResponseTimeS(
          judged.uplinkTimeS[user],
          judged.inferenceTimeS[user],
          completionTimeS,
        )
        : cloudResponseTimeS(
          judged.uplinkTimeS[user],
          constants.backhaulUplinkTimeS[user],
          judged.inferenceTimeS[user],
          constants.backhaulDownlinkTimeS[user],
          completionTimeS,
        );
      judged.responseTimeS[user] = responseTimeS;
      totalResponseTimeS += responseTimeS;
      totalCost += hit ? constants.hitCost[user] : constants.missCost[user];
    }
    judged.storageCost = storageCost(
      judged.storageUsedBytes,
      instance.storageCostPerByte,
    );
    totalCost += judged.storageCost + loadingCost;
    judged.totalResponseTimeS = totalResponseTimeS;
    judged.totalCost = totalCost;
    judged.objective = slotObjective(
      totalResponseTimeS,
      totalCost,
      instance.responseTimeWeight,
      instance.costWeight,
    );
  }
}
