/**
 * Where decision makers meet: learned, searched or hand-written.
 *
 * @module
 */

import type { Scenario } from "../scenario/scenario.ts";
import type { DoorChoices } from "./choices.ts";
import type { Decision, SlotOutcome } from "./slot.ts";
import type { TraceSlot } from "../workload/trace.ts";
import type { SlotMemory } from "./slot_memory.ts";

/** What a decider may look at before it decides a slot. */
export interface SlotView {
  /** The scenario that is played. */
  readonly scenario: Scenario;
  /** Number of the slot in its episode, from 0. */
  readonly slot: number;
  /** Eq. 19 as numbers, for learned deciders. */
  readonly observation: Float32Array;
  /**
   * The slot as far as it is visible: under the ledger's lagged visibility its
   * requests are those of the slot before.
   */
  readonly visible: TraceSlot;
  /** What the slot before left: its caches, and when downlinks are free. */
  readonly previous: SlotMemory;
}

/** What a decider is shown of an episode before it begins. */
export interface EpisodeView {
  /**
   * The slots that will be played, for those that see the episode; else none. Under
   * lagged visibility there are none for anybody: nobody has seen their requests.
   */
  readonly slots: readonly TraceSlot[];
}

/** What a decider is told of a slot once it is over. */
export interface SlotFeedback {
  /** The slot that was played, with the requests actually made. */
  readonly played: TraceSlot;
  /** The decision that was judged. */
  readonly decision: Decision;
  /** Everything that followed from it. */
  readonly outcome: SlotOutcome;
  /** Reward (Eq. 21, minus the storage penalty where its choices have one). */
  readonly reward: number;
}

/** A decision with what its maker knows of any other. */
export interface BoundedDecision {
  /** The decision. */
  readonly decision: Decision;
  /** What G(t) of no decision can be below. */
  readonly lowerBound: number;
  /** (G(t) − lowerBound)/G(t). */
  readonly gap: number;
}

/** A decision maker. */
export interface Decider {
  /** How slots are shown to it and its actions read; else by the defaults. */
  readonly choices?: Partial<DoorChoices>;
  /** Tells that an episode begins. */
  beginEpisode?(episode: EpisodeView): void;
  /**
   * Decides a slot: a decision, or an action (Eq. 20) that the environment
   * decodes.
   */
  decide(view: SlotView): Decision | Float32Array;
  /** Tells how the slot went; called after every slot. */
  feedback?(feedback: SlotFeedback): void;
  /** {@linkcode Decider.decide} with a bound, for deciders that know one. */
  solve?(view: SlotView): BoundedDecision;
}
