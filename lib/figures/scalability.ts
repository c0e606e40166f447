/**
 * Figures 6 and 7 of the paper: what methods achieve with more and more users.
 *
 * @module
 */

import type { ShownValue } from "./metric_panels.ts";
import { metricFigure, type MetricFigureOptions } from "./metric_figure.ts";
import { requireRows } from "./require_rows.ts";
import type { UsersRow } from "./rows.ts";
import type { FigureSpec } from "./spec.ts";

/** How {@linkcode scalabilityFigure} draws its rows. */
export interface ScalabilityFigureOptions extends
  Pick<
    MetricFigureOptions,
    "profile" | "scale" | "reference" | "colors" | "notes"
  > {
  /** Hit rate as in Figure 6, or objective as in Figure 7. */
  readonly metric: "hitRate" | "objective";
}

const VALUES: Readonly<Record<"hitRate" | "objective", ShownValue>> = {
  hitRate: {
    title: "Hit rate",
    axis: "Hit rate",
    better: "higher",
    apart: true,
    least: 0,
    greatest: 1,
  },
  objective: {
    title: "Objective",
    axis: "Objective G",
    better: "lower",
    // G rises so steeply that points set apart would change the lines' order.
    apart: false,
    least: 0,
  },
};

/**
 * Figure 6 or 7: a line a method over the number of users, means over seeds with
 * Student's t intervals.
 *
 * Points of one number of users stand side by side where lines are flat enough, so
 * that their intervals can be told apart. As G grows with every user, which buries
 * what the methods differ in, Figure 7 has a second panel: by how many percent G is
 * above the optimum's on the same traces, paired by seed. In worlds where the optimum
 * is no reference there is none, and the subtitle says so. Methods that break
 * constraints are marked, and are not in that panel.
 *
 * @param given One per method, number of users and seed; methods appear in the
 * order of the registry, others after them in that of their first rows.
 * @param options `profile` and `metric` are required.
 * @throws {RangeError} If there are no rows, a number is not finite, or the
 * reference lacks a seed that others have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { scalabilityFigure } from "./scalability.ts";
 *
 * const rows = [5, 10].map((users) => (
 *   { series: "TD3", users, seed: 0, hitRate: 0.4, objective: users }
 * ));
 * const spec = scalabilityFigure(rows, { profile: "An example", metric: "hitRate" });
 * assertEquals(spec.title, {
 *   text: "Hit rate against the number of users",
 *   subtitle: ["An example: test traces, 1 seed, so there is no interval."],
 * });
 * ```
 */
export function scalabilityFigure(
  given: readonly UsersRow[],
  { metric, ...options }: ScalabilityFigureOptions,
): FigureSpec {
  const act = "draw the scalability figure";
  requireRows(given, ["users", "seed", "hitRate", "objective"], act);
  return metricFigure(
    given.map(({ users, hitRate, objective, ...row }) => ({
      ...row,
      x: users,
      value: { hitRate, objective }[metric],
    })),
    {
      ...options,
      value: VALUES[metric],
      x: {
        field: "users",
        title: "Number of users U",
        text: "the number of users",
        symbol: "U",
      },
      ...metric === "objective" ? { gapOf: "G", panel: "As in the paper" } : {},
      act,
    },
  );
}
