/**
 * What methods are compared by, and estimates of it.
 *
 * @module
 */

import type { Interval } from "../stats/statistics.ts";
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

/** An estimate over seeds; of a single seed there is no interval. */
export type Estimate =
  | Interval
  | { readonly estimate: number; readonly lower: null; readonly upper: null };

/** An estimate alone, where there are too few seeds for an interval. */
export function withoutInterval(estimate: number): Estimate {
  return { estimate, lower: null, upper: null };
}
