/**
 * Which methods see the whole episode in advance, and how tables and figures say so.
 *
 * @module
 */

import type { Scenario } from "../scenario/scenario.ts";
import type { Hyperparameters, MethodDescription, Sees } from "./method.ts";

/** What follows the name of a method that sees the whole episode in advance. */
export const CLAIRVOYANT_MARK = " ◇";

/** What a method sees in a world, with these hyperparameters. */
export function seesOf(
  { sees = "visible" }: Pick<MethodDescription, "sees">,
  scenario: Scenario,
  hyperparameters: Hyperparameters = {},
): Sees {
  return typeof sees === "function" ? sees(scenario, hyperparameters) : sees;
}

/**
 * The name of a series, marked if its method sees the whole episode in advance.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { markClairvoyant } from "./clairvoyant.ts";
 *
 * assertEquals(markClairvoyant("PCRAS", "episode"), "PCRAS ◇");
 * assertEquals(markClairvoyant("PCRAS", "visible"), "PCRAS");
 * ```
 */
export function markClairvoyant(series: string, sees: Sees): string {
  return sees === "episode" ? series + CLAIRVOYANT_MARK : series;
}

/** A line about the mark, if a series has it. */
export function clairvoyantNotes(series: readonly string[]): string[] {
  return series.some((name) => name.includes(CLAIRVOYANT_MARK))
    ? ["◇ sees the whole episode in advance."]
    : [];
}
