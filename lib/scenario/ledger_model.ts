/**
 * Ledger entries on the system: where things stand, what is drawn when, and
 * what carries over from slot to slot.
 *
 * @module
 */

import { choice, type Ledger, quantity } from "../input/ledger_entry.ts";

/** Choices of the section "System model". */
export interface ModelAssumptions {
  /** Which server a user belongs to. */
  readonly association: "nearest" | "random" | "balanced" | "cached-anywhere";
  /** Side of the square in which users and servers stand, in m. */
  readonly areaSideM: number;
  /** Least distance of the path loss model, in m. */
  readonly minDistanceM: number;
  /** Which type a model has. */
  readonly typeOrder: "interleaved" | "blocks";
  /** Whether S_m and F_m are drawn together. */
  readonly sizeFlopCoupling: "independent" | "tied";
  /** How often capacities and sizes are drawn. */
  readonly redraw: "scenario" | "slot";
  /** Whether trial seeds share an instance. */
  readonly instanceDraw: "seed" | "fixed";
  /** Whether loading a model takes time and money. */
  readonly modelLoading: "free" | "charged";
  /** What is left of the downlink queue in the next slot. */
  readonly downlinkQueue: "empty" | "carried";
  /** Length of a slot in s. */
  readonly slotDurationS: number;
  /** Least effective share in Eqs. 7 and 10. */
  readonly shareFloor: number;
}

/** Readings of the system model. */
export const MODEL_ASSUMPTIONS: Ledger<ModelAssumptions> = {
  association: choice({
    paper: 'Section 3: each user "can arbitrarily choose an edge server".',
    options: {
      nearest: "the nearest server",
      random: "a server drawn anew in every slot",
      balanced:
        "the nearest server that has fewer than ceil(U/E) users, closest pairs first",
      "cached-anywhere":
        "the nearest server that caches the requested model, else the nearest",
    },
    default: "nearest",
    reason: "The usual rule, and it needs no further parameter.",
    matters: "medium at U = 10",
  }),
  areaSideM: quantity({
    paper: "Section 3 places the nodes in two dimensions, without a scale.",
    unit: "m",
    default: 1000,
    minimum: 1,
    reason:
      "A cell of common size. Users stand uniformly in the square, servers evenly on its mid-line.",
    matters: "low up to 3 km",
  }),
  minDistanceM: quantity({
    paper: "Eq. 5 diverges at D = 0.",
    unit: "m",
    default: 10,
    minimum: 0.001,
    reason: "A common least distance of the path loss model.",
    matters: "low",
  }),
  typeOrder: choice({
    paper:
      "Sections 3.2 and 5.1 list the four model types in two different orders.",
    options: {
      interleaved: "model m has type m mod 4",
      blocks: "the first quarter of the models has type 0, and so on",
    },
    default: "interleaved",
    reason:
      "Types are text, speech, image, video by rising output size; interleaved, no type is the popular one.",
    matters: "low",
  }),
  sizeFlopCoupling: choice({
    paper: 'Section 3.2: different "scales" have different S_m and F_m.',
    options: {
      independent: "S_m and F_m are drawn independently",
      tied: "one draw places a model in both ranges",
    },
    default: "independent",
    reason: "Table 3 prints two ranges and no relation.",
    matters: "low",
  }),
  redraw: choice({
    paper: "Table 3 prints ranges for S_j, W_j, K_j, S_m and F_m.",
    options: {
      scenario: "drawn once per instance",
      slot: "drawn anew in every slot",
    },
    default: "scenario",
    reason: "None of these symbols carries a time index.",
    matters: "medium",
  }),
  instanceDraw: choice({
    paper: "The paper does not say whether runs share one draw of its ranges.",
    options: {
      seed: "every trial seed draws an instance of its own",
      fixed: "every trial uses instance 0",
    },
    default: "seed",
    reason:
      "A claim should hold over the printed ranges; methods of one seed share the instance.",
    matters: "medium: widens intervals of levels, not of paired differences",
  }),
  modelLoading: choice({
    paper: "Loading a model onto a server is free and immediate.",
    options: {
      free: "no time and no cost",
      charged:
        "a model that its server did not hold in the slot before is loaded over the backhaul: its users wait for it, and the transfer is paid",
    },
    default: "free",
    reason: "The paper's equations have no such term.",
    matters:
      "high: 6 GB at 500 kbit/s take 27 hours; makes the problem a true MDP",
  }),
  downlinkQueue: choice({
    paper:
      "Section 3.3 does not say what is left of the queue in the next slot.",
    options: {
      empty: "the downlink is free at the start of a slot",
      carried: "transmissions that outlast the slot delay the next one",
    },
    default: "empty",
    reason: "The equations of a slot refer to nothing before it.",
    matters: "low in printed units",
  }),
  slotDurationS: quantity({
    paper: "The length of a slot is never given.",
    unit: "s",
    default: 36000,
    minimum: 0.001,
    reason: "Only read when the downlink queue is carried: 1/ω1.",
    matters: "low",
  }),
  shareFloor: quantity({
    paper: "Eqs. 7 and 10 divide by shares that 18c and 18d allow to be 0.",
    unit: "1",
    default: 0,
    maximum: 1,
    alternatives: { "0.001": "no share counts as less than a thousandth" },
    reason:
      "A user without a share is never served (infinite time); the decoder cannot produce that.",
    matters: "none for decoded actions",
  }),
};
