/**
 * Where decision makers meet: learned, searched or hand-written.
 *
 * @module
 */

import type { Scenario } from "../scenario/scenario.ts";
import type { Decision } from "./slot.ts";
import type { TraceSlot } from "./trace.ts";

/** What a policy may look at before it decides a slot. */
export interface SlotView {
  /** The scenario that is played. */
  readonly scenario: Scenario;
  /** Number of the slot in its episode, from 0. */
  readonly slot: number;
  /** Eq. 19 as numbers, for learned policies. */
  readonly observation: Float32Array;
  /**
   * The slot as far as it is visible: under the ledger's lagged visibility its
   * requests are those of the slot before.
   */
  readonly visible: TraceSlot;
}

/** A decision maker. */
export interface Policy {
  /** Name in tables and figures. */
  readonly name: string;
  /**
   * Tells that an episode begins, with the slots that will be played: for
   * policies that plan for a whole episode. Others neither have nor need it. Under
   * lagged visibility there are no slots: nobody has seen their requests.
   */
  beginEpisode?(slots: readonly TraceSlot[]): void;
  /**
   * Decides a slot: a decision, or an action (Eq. 20) that the environment
   * decodes.
   */
  decide(view: SlotView): Decision | Float32Array;
}
