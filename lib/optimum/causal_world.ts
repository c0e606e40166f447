/**
 * Worlds in which what is loaded now pays later, and the future is not seen.
 *
 * @module
 */

import { describeValue, InputError } from "../input/input_error.ts";
import type { Scenario } from "../scenario/scenario.ts";

/**
 * Refuses a world in which there is nothing to hold, or in which caches decide who
 * belongs to which server or what models are changes from slot to slot.
 *
 * @param act What the caller is doing, for the error message.
 * @param options Whether the requests of a slot must be seen before it is decided.
 * @throws {InputError} Naming the assumption.
 */
export function checkCausalWorld(
  { assumptions }: Scenario,
  act: string,
  { requestsSeen = false }: { readonly requestsSeen?: boolean } = {},
): void {
  const refuse = (path: string, condition: string, got: unknown): never => {
    throw new InputError(
      `Cannot ${act}: scenario.assumptions.${path} must be ${condition}, got ${
        describeValue(got)
      }`,
    );
  };
  const { modelLoading, redraw, association, requestVisibility } = assumptions;
  if (modelLoading !== "charged") {
    refuse("modelLoading", '"charged"', modelLoading);
  }
  if (redraw !== "scenario") refuse("redraw", '"scenario"', redraw);
  if (association === "cached-anywhere") {
    refuse("association", "one that caches do not change", association);
  }
  if (requestsSeen && requestVisibility !== "reactive") {
    refuse("requestVisibility", '"reactive"', requestVisibility);
  }
}
