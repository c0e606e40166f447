/**
 * Whether the per-slot optimum gives a scale, and what it is called where it does
 * not.
 *
 * @module
 */

import type { Assumptions } from "../scenario/assumptions.ts";

/** Names of the policy `optimum` in tables and figures. */
export const OPTIMUM_LABELS = {
  /** Where it is what nothing can be better than, up to its gap. */
  reference: "optimum",
  /** Where it does not see what counts. */
  myopic: "myopic optimum",
  /** Where it sees all, but is known to miss much. */
  approximate: "approximate optimum",
} as const;

/** Why the per-slot optimum is no reference in a world. */
export interface NoReference {
  /** Entry of the ledger that is to blame. */
  readonly assumption: keyof Assumptions;
  /** Its value. */
  readonly value: string;
  /** What the policy is then. */
  readonly kind: "myopic" | "approximate";
  /** Why, as a clause that follows the value. */
  readonly reason: string;
}

const NO_REFERENCES: readonly NoReference[] = [
  {
    assumption: "requestVisibility",
    value: "lagged",
    kind: "myopic",
    reason: "the optimum is solved for the requests of the slot before",
  },
  {
    assumption: "modelLoading",
    value: "charged",
    kind: "myopic",
    reason: "the optimum ignores what loading costs now and saves later",
  },
  {
    assumption: "downlinkQueue",
    value: "carried",
    kind: "myopic",
    reason: "the optimum ignores the queue that slots leave to the next",
  },
  {
    assumption: "association",
    value: "cached-anywhere",
    kind: "approximate",
    reason:
      "the optimum is a local search, which other methods beat by up to a quarter",
  },
  {
    assumption: "pathLossDistanceUnit",
    value: "meter",
    kind: "approximate",
    reason:
      "no signal is left, and the optimum's gap exceeds what decisions change",
  },
];

/**
 * Why the per-slot optimum is no reference under these readings: what makes its
 * objective neither a bound nor close to one. Empty where skill 1 and gap 0 mean
 * something.
 *
 * Every other entry of the ledger leaves it valid: association by trace
 * (`nearest`, `random`, `balanced`) and `redraw` are in the slot that is solved,
 * `shareFloor`, units and prices in what is minimized; `storageViolation`,
 * `cacheDecoding`, `shareDecoding` and `computeShareAmong` say how actions become
 * decisions, none of which is below the bound unless it breaks a constraint;
 * `hitRate` and `instanceDraw` change no G of a slot.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DEFAULT_ASSUMPTIONS } from "../scenario/assumptions.ts";
 * import { whyNoReference } from "./reference.ts";
 *
 * assertEquals(whyNoReference(DEFAULT_ASSUMPTIONS), []);
 * const [{ value }] = whyNoReference({
 *   ...DEFAULT_ASSUMPTIONS,
 *   requestVisibility: "lagged",
 * });
 * assertEquals(value, "lagged");
 * ```
 */
export function whyNoReference(
  assumptions: Assumptions,
): readonly NoReference[] {
  return NO_REFERENCES.filter(({ assumption, value }) =>
    assumptions[assumption] === value
  );
}

/** What tables and figures call the policy `optimum` under these readings. */
export function optimumLabel(assumptions: Assumptions): string {
  const kinds = whyNoReference(assumptions).map(({ kind }) => kind);
  if (kinds.length === 0) return OPTIMUM_LABELS.reference;
  return OPTIMUM_LABELS[kinds.includes("myopic") ? "myopic" : "approximate"];
}
