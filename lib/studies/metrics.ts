/**
 * What methods are compared by, and estimates of it.
 *
 * @module
 */

import type { Estimate } from "../stats/statistics.ts";
import type { EvaluationRow } from "../trials/rows.ts";

/** A metric of evaluations, and how it is read. */
export interface MetricDescription {
  /** What tables call it. */
  readonly title: string;
  /** Whether more of it is better. */
  readonly better: "higher" | "lower";
  /** Whether random decisions and the optimum are the ends of its scale. */
  readonly hasScale: boolean;
}

/** Metrics that methods are compared by; the optimum is that of the objective. */
export const METRICS = {
  objective: { title: "objective G", better: "lower", hasScale: true },
  episodeReturn: { title: "episode return", better: "higher", hasScale: true },
  hitRate: { title: "hit rate", better: "higher", hasScale: false },
} as const satisfies Partial<Record<keyof EvaluationRow, MetricDescription>>;

/** A key of {@linkcode METRICS}. */
export type MetricName = keyof typeof METRICS;

/** A number with some digits behind the point; what rounds to 0 has no sign. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/**
 * An estimate as tables write it, with its interval if there is one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { withoutInterval } from "../stats/statistics.ts";
 * import { formatEstimate } from "./metrics.ts";
 *
 * const interval = { estimate: 1.25, lower: -0.01, upper: 2.5 };
 * assertEquals(formatEstimate(interval, 1), "1.3 (0.0 to 2.5)");
 * assertEquals(formatEstimate(withoutInterval(1.25), 2), "1.25");
 * ```
 */
export function formatEstimate(
  { estimate, lower, upper }: Estimate,
  digits: number,
): string {
  return lower === null
    ? fixed(estimate, digits)
    : `${fixed(estimate, digits)} (${fixed(lower, digits)} to ${
      fixed(upper, digits)
    })`;
}
