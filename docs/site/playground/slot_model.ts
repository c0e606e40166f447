/**
 * What the playground plays: a slot that can be changed, and a decision in it.
 *
 * @module
 */

import {
  bandwidthMatrix,
  computeMatrix,
  type Decision,
  decisionToJson,
  evaluateSlot,
  type SlotOutcome,
  slotToJson,
} from "../../../lib/env/mod.ts";
import {
  createStaticPopularity,
  decideSlot,
  decisionFor,
} from "../../../lib/policies/mod.ts";
import { nearestServers, type Scenario } from "../../../lib/scenario/mod.ts";
import { generateTrace, type TraceSlot } from "../../../lib/workload/mod.ts";
import type { Instance } from "../../../lib/scenario/mod.ts";
import type { SlotState } from "../../../lib/workload/mod.ts";

/** Where shares come from: a rule that follows every change, or the sliders. */
export type ShareChoice = "equal" | "best" | "by hand";

/** The two things that a server's users share. */
export type Shared = "bandwidth" | "compute";

/** Slots and positions come from the instance of this seed. */
const INSTANCE_SEED = 0;

/** A slot of a test trace, whose users can be moved, and one decision in it. */
export class SlotModel {
  /** The world. */
  readonly scenario: Scenario;
  /** Number of the episode. */
  episode = 0;
  /** Number of the slot in its episode, from 0. */
  slot = 0;
  /** Capacities, sizes and where everybody stands. */
  instance!: Instance;
  /** Requests, sizes and fading. */
  state!: SlotState;
  /** β, `[E][M]`. */
  cache: Float64Array;
  /** α of every user at its own server. */
  bandwidth: Float64Array;
  /** ℓ of every user at its own server. */
  compute: Float64Array;
  /** Where shares come from. */
  rule: ShareChoice = "equal";

  /** Opens the first slot: static popularity caches, equal shares. */
  constructor(scenario: Scenario) {
    this.scenario = scenario;
    const { numUsers, numServers, numModels } = scenario.parameters;
    this.cache = new Float64Array(numServers * numModels);
    this.bandwidth = new Float64Array(numUsers);
    this.compute = new Float64Array(numUsers);
    this.restart();
  }

  /** Everybody back to where the trace has them, and the decision to the first. */
  restart(): void {
    this.open(this.episode, this.slot);
    const { decision } = decideSlot(createStaticPopularity(), this.visible);
    this.cache = decision.cache.slice();
    this.setRule("equal");
  }

  /** Opens a slot; caches stay, and users go back to where the trace has them. */
  open(episode: number, slot: number): void {
    const trace = generateTrace(this.scenario, {
      instanceSeed: INSTANCE_SEED,
      seed: 0,
      split: "test",
      episode,
    });
    const { instance, state } = trace.slots[slot];
    this.episode = episode;
    this.slot = slot;
    this.state = state;
    this.instance = {
      ...instance,
      userPositionsM: instance.userPositionsM.slice(),
    };
    this.#follow();
  }

  /** Opens the next slot, or the one before. */
  step(by: 1 | -1): void {
    const { slotsPerEpisode } = this.scenario.parameters;
    const place = this.episode * slotsPerEpisode + this.slot + by;
    if (place < 0) return;
    this.open(Math.floor(place / slotsPerEpisode), place % slotsPerEpisode);
  }

  /** The nearest server of every user, as the ledger's default has it. */
  get server(): Int32Array {
    return nearestServers(
      this.instance.userPositionsM,
      this.instance.serverPositionsM,
    );
  }

  /** The slot, as whoever decides it sees it. */
  get visible(): TraceSlot {
    return { instance: this.instance, state: this.state, server: this.server };
  }

  /** Puts a user somewhere in the square, in m. */
  moveUser(user: number, xM: number, yM: number): void {
    const { areaSideM } = this.scenario.assumptions;
    const within = (m: number) => Math.min(Math.max(m, 0), areaSideM);
    this.instance.userPositionsM[2 * user] = within(xM);
    this.instance.userPositionsM[2 * user + 1] = within(yM);
    this.#follow();
  }

  /** Whether a server caches a model. */
  isCached(server: number, model: number): boolean {
    return this.cache[server * this.instance.numModels + model] !== 0;
  }

  /** Caches a model on a server, or drops it. */
  toggle(server: number, model: number): void {
    const at = server * this.instance.numModels + model;
    this.cache[at] = 1 - this.cache[at];
    this.#follow();
  }

  /** Sets one share by hand; the others stay as they are. */
  setShare(shared: Shared, user: number, share: number): void {
    this.rule = "by hand";
    this[shared][user] = share;
  }

  /** Lets shares follow a rule, or stay. */
  setRule(rule: ShareChoice): void {
    this.rule = rule;
    this.#follow();
  }

  /** Takes over a decision of this slot. */
  take({ cache, bandwidthShare, computeShare }: Decision): void {
    this.cache = cache.slice();
    this.rule = "by hand";
    this.#takeShares({ bandwidthShare, computeShare });
  }

  /** The decision. */
  get decision(): Decision {
    const { cache, server, instance: { numServers } } = this;
    return {
      cache,
      bandwidthShare: bandwidthMatrix(this.bandwidth, server, numServers),
      computeShare: computeMatrix(this.compute, server, numServers),
      server,
    };
  }

  /** Everything that follows from it: what `deno task evaluate` prints. */
  judge(): SlotOutcome {
    return evaluateSlot(this.instance, this.state, this.decision);
  }

  /** Slot and decision in the form that `deno task evaluate` reads. */
  document(): Record<string, unknown> {
    return {
      ...slotToJson(this),
      decision: decisionToJson(this.decision, this.instance.numServers),
    };
  }

  #follow(): void {
    if (this.rule === "by hand") return;
    const view = { scenario: this.scenario, visible: this.visible };
    this.#takeShares(decisionFor(view, this.cache, this.rule));
  }

  #takeShares(
    { bandwidthShare, computeShare }: Pick<
      Decision,
      "bandwidthShare" | "computeShare"
    >,
  ): void {
    const { numUsers } = this.instance;
    this.server.forEach((server, user) => {
      this.bandwidth[user] = bandwidthShare[server * numUsers + user];
      this.compute[user] = computeShare[server * numUsers + user];
    });
  }
}
