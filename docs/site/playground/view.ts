/**
 * What every panel of the playground shows, and how panels ask for changes.
 *
 * @module
 */

import type { SlotOutcome } from "../../../lib/env/mod.ts";
import type { Decided } from "./deciders.ts";
import type { SlotModel } from "./slot_model.ts";

/** The slot as it is now. */
export interface View {
  /** Slot and decision. */
  readonly model: SlotModel;
  /** What follows from the decision. */
  readonly outcome: SlotOutcome;
  /** What the others decide. */
  readonly decided: readonly Decided[];
}

/** Changes the slot or the decision, and shows it again. */
export type Change = (change: (model: SlotModel) => void) => void;

/** Shows a view in a panel that is there already. */
export type Show = (view: View) => void;

/** What a request goes through, in its order, and how it is called. */
export const PHASES = [
  ["upload", ["uplinkTimeS"]],
  ["backhaul", ["backhaulUplinkTimeS", "backhaulDownlinkTimeS"]],
  ["inference", ["inferenceTimeS"]],
  ["wait", ["waitTimeS"]],
  ["download", ["downlinkTimeS"]],
] as const;

/** Names of the types of models, by their number. */
export const TYPES = ["text", "speech", "image", "video"] as const;
