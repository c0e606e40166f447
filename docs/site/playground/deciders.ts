/**
 * Who else decides the playground's slot.
 *
 * @module
 */

import type { SitePolicy } from "../../../lib/cli/site_data.ts";
import {
  type Decider,
  type Decision,
  evaluateSlot,
  type SlotOutcome,
} from "../../../lib/env/mod.ts";
import {
  createRequestAwareMarginal,
  decideSlot,
  OptimumPolicy,
} from "../../../lib/policies/mod.ts";
import type { SlotModel } from "./slot_model.ts";
import { openActor } from "./actor.ts";

/** A decision maker by name. */
export interface Rival {
  /** One letter, where there is room for no more. */
  readonly sign: string;
  /** Name in the table. */
  readonly label: string;
  /** Who that is, in a sentence. */
  readonly text: string;
  /** What decides. */
  readonly decider: Decider;
}

/** What a rival makes of the slot. */
export interface Decided {
  /** Who decides. */
  readonly rival: Rival;
  /** Its decision. */
  readonly decision: Decision;
  /** Everything that follows. */
  readonly outcome: SlotOutcome;
  /** What G(t) of no decision can be below, where it knows. */
  readonly lowerBound?: number;
}

/** The rivals in a world, the best first. */
export function openRivals(policy: SitePolicy): Rival[] {
  return [
    {
      sign: "O",
      label: "Optimum",
      text:
        "The per-slot optimum: the best caches and shares that a search finds.",
      decider: new OptimumPolicy(),
    },
    {
      sign: "M",
      label: "Marginal rule",
      text:
        "Caches models by what their requests gain, until no hit pays; shares by square roots.",
      decider: createRequestAwareMarginal(),
    },
    {
      sign: "T",
      label: policy.label,
      text: policy.text,
      decider: openActor(policy),
    },
  ];
}

/** Lets a rival decide, as `deno task evaluate --policy` does. */
export function decide(rival: Rival, { visible, slot }: SlotModel): Decided {
  const { decision, lowerBound } = decideSlot(rival.decider, visible, slot);
  const { instance, state } = visible;
  return {
    rival,
    decision,
    outcome: evaluateSlot(instance, state, decision),
    ...lowerBound === undefined ? {} : { lowerBound },
  };
}
