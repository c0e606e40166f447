/**
 * Readings of the ledger that several files of this folder need as numbers.
 *
 * @module
 */

import type { Assumptions } from "../scenario/assumptions.ts";

/** Meters in the unit of D in Eq. 5, by the ledger's `pathLossDistanceUnit`. */
export function metersPerDistanceUnit(assumptions: Assumptions): number {
  return assumptions.pathLossDistanceUnit === "kilometer" ? 1000 : 1;
}
