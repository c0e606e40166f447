/**
 * Policies whose decisions need no decoding.
 *
 * @module
 */

import type { Decider, SlotView } from "../env/decider.ts";
import type { Decision } from "../env/slot.ts";

/** A policy that decides a slot without an action (Eq. 20) in between. */
export interface DecidingPolicy extends Decider {
  /** Decides a slot; the decision breaks no constraint of Eq. 18. */
  decide(view: SlotView): Decision;
}
