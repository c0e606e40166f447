/**
 * From an interval to a verdict: the rules are the same for every claim.
 *
 * @module
 */

import type { Interval } from "../stats/statistics.ts";

/** What the data say of a claim. */
export type Verdict = "reproduced" | "contradicted" | "undetermined";

/**
 * What a claim says of a number, of which only an interval is known:
 *
 * | kind | the number is | reproduced if the interval | contradicted if the interval |
 * |---|---|---|---|
 * | `above` | above the threshold | lies above it | lies nowhere above it |
 * | `about` | the threshold | lies above 0 and contains the threshold | does not contain the threshold |
 * | `reaches` | the threshold or more | lies above 0 and reaches the threshold | lies below the threshold |
 *
 * Everything else is undetermined. A few seeds can neither hit nor prove a number of
 * three or four digits: `about` and `reaches` ask, as studies of replication do, that
 * there be an effect for certain and that its printed size be not ruled out (Open
 * Science Collaboration 2015, "Estimating the reproducibility of psychological
 * science").
 */
export interface Rule {
  /** How the number compares with the threshold. */
  readonly kind: "above" | "about" | "reaches";
  /** In the unit of the number; at least 0. */
  readonly threshold: number;
}

/** A verdict and what it rests on. */
export interface Finding {
  /** By the table of {@linkcode Rule}. */
  readonly verdict: Verdict;
  /** Where the interval lies, as a clause: "the interval contains 0". */
  readonly because: string;
}

/** A threshold as texts show it. */
function showThreshold(threshold: number, unit: string): string {
  return threshold === 0 || unit === ""
    ? `${threshold}`
    : `${threshold} ${unit}`;
}

/**
 * Judges an interval by a rule.
 *
 * @param unit Unit of the interval and the threshold, for the words.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { applyRule } from "./verdict.ts";
 *
 * const interval = { estimate: 2, lower: 1, upper: 3 };
 * assertEquals(applyRule(interval, { kind: "about", threshold: 1.72 }, "%"), {
 *   verdict: "reproduced",
 *   because: "the interval lies above 0 and contains 1.72 %",
 * });
 * ```
 */
export function applyRule(
  { lower, upper }: Interval,
  { kind, threshold }: Rule,
  unit: string,
): Finding {
  const printed = showThreshold(threshold, unit);
  const find = (verdict: Verdict, where: string): Finding => ({
    verdict,
    because: `the interval ${where}`,
  });
  if (kind === "above") {
    if (lower > threshold) return find("reproduced", `lies above ${printed}`);
    if (upper > threshold) return find("undetermined", `contains ${printed}`);
    return find(
      "contradicted",
      `lies ${upper < threshold ? "below" : "nowhere above"} ${printed}`,
    );
  }
  if (upper < threshold) {
    const sign = lower > 0 ? ", though above 0" : upper < 0 ? " and 0" : "";
    return find("contradicted", `lies below ${printed}${sign}`);
  }
  if (lower > threshold) {
    return find(
      kind === "about" ? "contradicted" : "reproduced",
      `lies above ${printed}`,
    );
  }
  return lower > 0
    ? find(
      "reproduced",
      `lies above 0 and ${
        kind === "about" ? "contains" : "reaches"
      } ${printed}`,
    )
    : find("undetermined", `contains 0 as well as ${printed}`);
}
