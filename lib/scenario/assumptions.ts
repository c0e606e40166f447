/**
 * The assumption ledger: every choice that the paper leaves open, as data.
 *
 * A scenario holds a value for every entry, so that each reading can be
 * switched; the tables of the documentation are generated from here.
 *
 * @module
 */

import {
  DECISION_ASSUMPTIONS,
  type DecisionAssumptions,
} from "./ledger_decisions.ts";
import {
  defaultsOf,
  type Ledger,
  type LedgerEntry,
} from "../input/ledger_entry.ts";
import { MODEL_ASSUMPTIONS, type ModelAssumptions } from "./ledger_model.ts";
import { UNIT_ASSUMPTIONS, type UnitAssumptions } from "./ledger_units.ts";

/** A value for every entry of the ledger. */
export type Assumptions =
  & UnitAssumptions
  & ModelAssumptions
  & DecisionAssumptions;

/** A key of the ledger. */
export type AssumptionKey = keyof Assumptions;

/** Every entry of the ledger by key. */
export const LEDGER: Ledger<Assumptions> = {
  ...UNIT_ASSUMPTIONS,
  ...MODEL_ASSUMPTIONS,
  ...DECISION_ASSUMPTIONS,
};

/** The default of every entry. */
export const DEFAULT_ASSUMPTIONS: Assumptions = defaultsOf(LEDGER);

/**
 * Entries that the ledger gained after trials were stored. A scenario that lacks one
 * has its default, so that such trials stay what they are.
 */
export const LATER_ASSUMPTIONS: readonly AssumptionKey[] = ["shareTiming"];

/**
 * Assumptions without those of {@linkcode LATER_ASSUMPTIONS} that have their
 * defaults: what identities of trials are made of.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DEFAULT_ASSUMPTIONS, decisiveAssumptions } from "./assumptions.ts";
 *
 * assertEquals("shareTiming" in decisiveAssumptions(DEFAULT_ASSUMPTIONS), false);
 * const later = { ...DEFAULT_ASSUMPTIONS, shareTiming: "after-requests" } as const;
 * assertEquals(decisiveAssumptions(later).shareTiming, "after-requests");
 * ```
 */
export function decisiveAssumptions(
  assumptions: Assumptions,
): Partial<Assumptions> {
  return Object.fromEntries(
    Object.entries(assumptions).filter(([key, value]) =>
      !LATER_ASSUMPTIONS.some((later) => later === key) ||
      value !== DEFAULT_ASSUMPTIONS[key as AssumptionKey]
    ),
  );
}

/** The ledger's entries by the part of the paper that they read. */
export const LEDGER_SECTIONS: Readonly<
  Record<string, Readonly<Record<string, LedgerEntry>>>
> = {
  "Units and prices": { ...UNIT_ASSUMPTIONS },
  "System model": { ...MODEL_ASSUMPTIONS },
  "Observation and decision": { ...DECISION_ASSUMPTIONS },
};

/** An error in the paper's text, and what the code does instead. */
export interface Erratum {
  /** Place in the paper. */
  readonly place: string;
  /** What is printed. */
  readonly printed: string;
  /** What the code does. */
  readonly handled: string;
}

/** Errors in the paper's text that are corrected in code. */
export const ERRATA: readonly Erratum[] = [
  {
    place: "Eq. 24",
    printed: "online critics where the target critics belong, no target noise",
    handled: "standard TD3; as printed with eq24 = paper",
  },
  {
    place: "Eq. 25",
    printed: "Q(s, π(s)) is regressed to the reward of the stored action",
    handled: "Q(s, a); as printed with eq25 = paper",
  },
  {
    place: "Algorithm 1, line 1",
    printed: 'episodes run "to M", the number of models',
    handled: "episodes run to N",
  },
  {
    place: "Eqs. 22 and 26",
    printed: "E, the number of servers, is also the batch size",
    handled: "the batch size has a name of its own",
  },
  {
    place: "Eq. 10",
    printed: "𝓔_ji for the compute share ℓ_ji",
    handled: "the compute share",
  },
  {
    place: "Eqs. 5 and 6",
    printed: "a path loss in decibel times a linear |δ|²",
    handled: "the path loss is made linear first",
  },
  {
    place: "Table 2",
    printed: "C_A10^com, the cost of an A800",
    handled: "C_A8^com, as in Eqs. 12 and 13",
  },
  {
    place: "Abstract and Section 6",
    printed: 'the hit rate improves "by at least 41.06%"',
    handled: 'Section 5.2.2 says "a maximum improvement of 41.06%"',
  },
];
