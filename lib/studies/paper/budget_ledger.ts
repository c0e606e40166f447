/**
 * The budget ledger as a table: what every method spends, beside what it achieves.
 *
 * @module
 */

import { mean, median } from "../../stats/statistics.ts";
import type { BudgetRow, ScalabilityRow } from "../../trials/rows.ts";
import { OPTIMUM_LABELS } from "../../optimum/reference.ts";
import { skillsOf } from "../skill_score.ts";
import { labelOf } from "../../methods/mod.ts";

/** What a method spends and achieves with so many users. */
export interface BudgetEntry {
  /** The method. */
  readonly series: string;
  /** Number of users U. */
  readonly users: number;
  /** Mean number of slot evaluations of a trial. */
  readonly slotEvaluations: number;
  /** Mean seconds of training of a trial. */
  readonly trainingSeconds: number;
  /** Median over seeds of the seconds per decision. */
  readonly decisionLatencyS: number;
  /** Mean hit rate on test traces. */
  readonly hitRate: number;
  /** Mean objective G on test traces. */
  readonly objective: number;
  /** Mean of the seeds' skill scores; null in a world without a reference. */
  readonly skill: number | null;
}

/**
 * Joins what methods achieve with what they spend: a row per method and number of
 * users, in the order of `rows`.
 *
 * @throws {Error} If a row has no budget, or random or the optimum lacks its seed.
 */
export function budgetLedger(
  rows: readonly ScalabilityRow[],
  budgets: readonly BudgetRow[],
): BudgetEntry[] {
  type Key = Pick<ScalabilityRow, "series" | "users" | "seed">;
  const keyOf = ({ series, users, seed }: Key) => `${series} ${users} ${seed}`;
  const find = <Row extends Key>(table: ReadonlyMap<string, Row>, key: Key) => {
    const row = table.get(keyOf(key));
    if (row !== undefined) return row;
    throw new Error(
      `Cannot make the budget ledger: there must be a row of ${key.series} with ${key.users} users and seed ${key.seed}, got none`,
    );
  };
  const results = new Map(rows.map((row) => [keyOf(row), row]));
  const costs = new Map(budgets.map((row) => [keyOf(row), row]));
  const hasReference = !rows.some(({ series }) => isMisnomer(series));
  const { rows: skillRows, missing } = skillsOf(
    rows.map(({ series, users, seed, objective: value }) => (
      { series, task: String(users), seed, value }
    )),
    "objective",
  );
  const skills = new Map(
    skillRows.map(({ series, task, seed, value }) => [
      keyOf({ series, users: Number(task), seed }),
      value,
    ]),
  );
  const skillOf = (row: ScalabilityRow) => {
    for (const end of ["random", "optimum"]) {
      find(results, { ...row, series: labelOf(end) });
    }
    return skills.get(keyOf(row))!;
  };
  const groups = Map.groupBy(rows, ({ series, users }) => `${series} ${users}`);
  return [...groups.values()].map((own): BudgetEntry => {
    const { series, users } = own[0];
    const spent = own.map((row) => find(costs, row));
    return {
      series,
      users,
      slotEvaluations: mean(spent.map((row) => row.slotEvaluations)),
      trainingSeconds: mean(spent.map((row) => row.trainingSeconds)),
      decisionLatencyS: median(spent.map((row) => row.decisionLatencyS)),
      hitRate: mean(own.map((row) => row.hitRate)),
      objective: mean(own.map((row) => row.objective)),
      skill: hasReference && missing.length === 0
        ? mean(own.map(skillOf))
        : null,
    };
  });
}

/** Whether a series is the policy `optimum` in a world where it is none. */
function isMisnomer(series: string): boolean {
  const { myopic, approximate } = OPTIMUM_LABELS;
  return series === myopic || series === approximate;
}

/** A time in a unit that suits it; a dash for none. */
function showTime(seconds: number): string {
  if (seconds === 0) return "–";
  const [value, unit] = seconds >= 1
    ? [seconds, "s"]
    : seconds >= 1e-3
    ? [1e3 * seconds, "ms"]
    : [1e6 * seconds, "µs"];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

/** The ledger as the rows of a table; the first is its head. */
export function budgetTable(entries: readonly BudgetEntry[]): string[][] {
  return [
    [
      ...["method", "U", "slot evaluations", "training", "per decision"],
      ...["hit rate", "G", "skill"],
    ],
    ...entries.map((entry) => [
      entry.series,
      String(entry.users),
      Math.round(entry.slotEvaluations).toLocaleString("en-US"),
      showTime(entry.trainingSeconds),
      showTime(entry.decisionLatencyS),
      entry.hitRate.toFixed(3),
      entry.objective.toFixed(2),
      entry.skill?.toFixed(3) ?? "–",
    ]),
  ];
}
