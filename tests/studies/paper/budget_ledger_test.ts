import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  budgetLedger,
  budgetTable,
} from "../../../lib/studies/paper/budget_ledger.ts";
import type { BudgetRow, ScalabilityRow } from "../../../lib/trials/rows.ts";

/** Random, optimum and TD3 half-way between them, on seeds of different scale. */
const rows: ScalabilityRow[] = ["TD3", "random", "optimum"].flatMap((series) =>
  [0, 1].map((seed) => ({
    series,
    users: 10,
    seed,
    hitRate: 0.2 + 0.2 * seed,
    objective: (seed + 1) * { TD3: 7, random: 10, optimum: 4 }[series]!,
    episodeReturn: 0,
    hitRateOwnServer: 0,
    hitRateAnyServer: 0,
    cacheUtilization: 0,
  }))
);
const budgets: BudgetRow[] = rows.map(({ series, users, seed }) => ({
  series,
  users,
  seed,
  slotEvaluations: series === "TD3" ? 8000 : 0,
  trainingSeconds: series === "TD3" ? 10 + 2 * seed : 0,
  decisionLatencyS: 1e-4 * (1 + seed),
}));

Deno.test("the ledger joins costs and quality, with skill paired by seed", () => {
  const [td3, random, optimum, ...more] = budgetLedger(rows, budgets);
  assertEquals(more, []);
  assertEquals(
    [td3.series, td3.users, td3.slotEvaluations, td3.trainingSeconds],
    ["TD3", 10, 8000, 11],
  );
  assertAlmostEquals(td3.decisionLatencyS, 1.5e-4, 1e-15);
  assertAlmostEquals(td3.hitRate, 0.3, 1e-12);
  assertAlmostEquals(td3.objective, 10.5, 1e-12);
  assertEquals([td3.skill, random.skill, optimum.skill], [0.5, 0, 1]);
});

Deno.test("a row without its budget or its scale is refused", () => {
  assertThrows(
    () => budgetLedger(rows, budgets.slice(1)),
    Error,
    "there must be a row of TD3 with 10 users and seed 0, got none",
  );
  assertThrows(
    () =>
      budgetLedger(rows.filter(({ series }) => series !== "optimum"), budgets),
    Error,
    "there must be a row of optimum with 10 users and seed 0, got none",
  );
});

Deno.test("where the optimum is no reference there is no skill, and no number for it", () => {
  const lagged = <Row extends { series: string }>(table: readonly Row[]) =>
    table.map((row) =>
      row.series === "optimum" ? { ...row, series: "myopic optimum" } : row
    );
  const entries = budgetLedger(lagged(rows), lagged(budgets));
  assertEquals(entries.map(({ skill }) => skill), [null, null, null]);
  assertEquals(
    budgetTable(entries).map((cells) => cells.at(-1)),
    ["skill", "–", "–", "–"],
  );
});
