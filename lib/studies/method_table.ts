/**
 * What a sweep says of its methods, as a table with notes below it.
 *
 * @module
 */

import { CLAIRVOYANT_MARK, clairvoyantNotes } from "../methods/mod.ts";
import { baselineOf, type MethodSummary } from "./method_summary.ts";
import type { Estimate } from "../stats/statistics.ts";
import { formatEstimate, type MetricName, METRICS } from "./metrics.ts";
import { type Skills, skillsOf } from "./skill_score.ts";
import type { MethodRow } from "./task_scales.ts";

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

/** What a skill above the 1 of its scale means, a sentence for each. */
function aboveNotes(summaries: readonly MethodSummary[]): string[] {
  return summaries.filter(({ skill }) =>
    skill !== null && Number(skill.estimate.toFixed(DIGITS)) > 1
  ).map(({ series }) =>
    `${series}: skill above 1, ${
      series.includes(CLAIRVOYANT_MARK)
        ? "as it sees what the 1 does not, or by a fault."
        : "luck on these traces, or a fault."
    }`
  );
}

/** Why cells are empty or odd, a sentence each. */
function notesOf(
  summaries: readonly MethodSummary[],
  { missing, notes }: Skills,
): string[] {
  const baseline = baselineOf(summaries);
  const unpaired = summaries.filter(({ improvement, pairs }) =>
    improvement !== null && pairs === "all"
  ).map(({ series }) => series);
  return [
    ...missing.map((reason) => `No skill: ${reason}`),
    ...notes,
    ...aboveNotes(summaries),
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
 * interval. Skill has a column where the ends of the world's scale are among the
 * methods; where it is missing a note says why.
 *
 * @param rows What the summaries are of.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { referenceOf } from "../optimum/reference.ts";
 * import { deriveScenario, PAPER_SCENARIO } from "../scenario/scenario.ts";
 * import { methodTable } from "./method_table.ts";
 * import { summarizeMethods } from "./method_summary.ts";
 *
 * const reference = referenceOf(deriveScenario(PAPER_SCENARIO, {
 *   assumptions: { association: "cached-anywhere" },
 * }));
 * const rows = Object.entries({ random: 9, optimum: 8 }).map(
 *   ([series, value]) => ({ series, task: "all", seed: 0, value, reference }),
 * );
 * const summaries = summarizeMethods(rows, "objective");
 * const { table, notes } = methodTable(summaries, rows, "objective");
 * assertEquals(table[2].slice(0, 5), ["optimum", "1", "8.000", "8.000", "–"]);
 * assertEquals(notes, [
 *   "No skill: association = cached-anywhere: the optimum is a local search, which other methods beat by up to a quarter.",
 * ]);
 * ```
 */
export function methodTable(
  summaries: readonly MethodSummary[],
  rows: readonly MethodRow[],
  metric: MetricName,
): MethodTable {
  const { title } = METRICS[metric];
  const skills = skillsOf(rows, metric);
  const hasSkill = skills.missing.length > 0 ||
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
    notes: notesOf(summaries, skills),
  };
}
