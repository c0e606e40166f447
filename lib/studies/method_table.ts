/**
 * What a sweep says of its methods, as a table with notes below it.
 *
 * @module
 */

import { clairvoyantNotes } from "../methods/mod.ts";
import { baselineOf, type MethodSummary } from "./method_summary.ts";
import {
  type Estimate,
  formatEstimate,
  type MetricName,
  METRICS,
} from "./metrics.ts";
import { type MethodRow, skillsOf } from "./skill_score.ts";

/** Digits behind the point in tables. */
const DIGITS = 3;

function show(estimate: Estimate | null): string {
  return estimate === null ? "–" : formatEstimate(estimate, DIGITS);
}

/** A method's name in tables: one that breaks constraints is marked. */
function nameOf({ series, violations }: MethodSummary): string {
  return violations === 0 ? series : `${series} (infeasible)`;
}

/** A table of methods and what has to be said of it. */
export interface MethodTable {
  /** Rows; the first is the head. */
  readonly table: readonly (readonly string[])[];
  /** Sentences that belong below the table. */
  readonly notes: readonly string[];
}

/** Why cells are empty, a sentence each. */
function notesOf(
  summaries: readonly MethodSummary[],
  missing: readonly string[],
): string[] {
  const baseline = baselineOf(summaries);
  const unpaired = summaries.filter(({ improvement, pairs }) =>
    improvement !== null && pairs === "all"
  ).map(({ series }) => series);
  return [
    ...missing.map((reason) => `No skill: ${reason}.`),
    ...summaries.filter(({ violations }) => violations > 0).map((one) =>
      `${nameOf(one)}: broke a constraint of Eq. 18 in ${one.violations} slot${
        one.violations === 1 ? "" : "s"
      } of its tests; not compared.`
    ),
    ...unpaired.length === 0 ? [] : [
      `Over all pairs of seeds, as no trace is shared with ${baseline?.series}: ${
        unpaired.join(", ")
      }.`,
    ],
    ...clairvoyantNotes(summaries.map(({ series }) => series)),
  ];
}

/**
 * Summaries as the rows of a table with a head: every estimate with its 95 %
 * interval. Skill has a column where random decisions and the optimum are among the
 * methods; where it is missing a note says why.
 *
 * @param rows What the summaries are of.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DEFAULT_ASSUMPTIONS } from "../scenario/assumptions.ts";
 * import { whyNoReference } from "../optimum/reference.ts";
 * import { methodTable } from "./method_table.ts";
 * import { summarizeMethods } from "./method_summary.ts";
 *
 * const lagged = whyNoReference({
 *   ...DEFAULT_ASSUMPTIONS,
 *   requestVisibility: "lagged",
 * });
 * const rows = Object.entries({ random: 9, "myopic optimum": 8 }).map(
 *   ([series, value]) =>
 *     ({ series, task: "all", seed: 0, value, noReference: lagged }),
 * );
 * const summaries = summarizeMethods(rows, "objective");
 * const { table, notes } = methodTable(summaries, rows, "objective");
 * assertEquals(table[2].slice(0, 5), ["myopic optimum", "1", "8.000", "8.000", "–"]);
 * assertEquals(notes, [
 *   "No skill: requestVisibility = lagged: the optimum is solved for the requests of the slot before.",
 * ]);
 * ```
 */
export function methodTable(
  summaries: readonly MethodSummary[],
  rows: readonly MethodRow[],
  metric: MetricName,
): MethodTable {
  const { title } = METRICS[metric];
  const { missing } = skillsOf(rows, metric);
  const hasSkill = missing.length > 0 ||
    summaries.some(({ skill }) => skill !== null);
  const baseline = baselineOf(summaries)?.series ?? "none";
  return {
    table: [
      [
        "method",
        "seeds",
        `${title}, mean`,
        "IQM",
        ...hasSkill ? ["skill, IQM"] : [],
        `P(better than ${baseline})`,
        `minus ${baseline}, paired`,
      ],
      ...summaries.map((one) => [
        nameOf(one),
        one.incomplete === 0
          ? String(one.seeds)
          : `${one.seeds} of ${one.seeds + one.incomplete}`,
        show(one.mean),
        show(one.interquartileMean),
        ...hasSkill ? [show(one.skill)] : [],
        show(one.improvement),
        show(one.difference),
      ]),
    ],
    notes: notesOf(summaries, missing),
  };
}
