/**
 * The generated parts of the documentation on claims, readings and budgets, from
 * the paper profile's tables.
 *
 * @module
 */

import { readBudget } from "../studies/paper/budget.ts";
import { budgetLedger, budgetTable } from "../studies/paper/budget_ledger.ts";
import {
  claimsTable,
  countVerdicts,
  describeGrid,
  describeNeeds,
  judgeClaims,
  readFigureRows,
  READINGS,
  readingsMatrix,
  readingsPath,
  readingsTable,
  readMatrix,
  VERDICT_SIGNS,
} from "../claims/mod.ts";
import { FIG06_07 } from "../studies/paper/registry.ts";
import { readScalability } from "../studies/paper/scalability.ts";
import { exists } from "../trials/store.ts";
import { CLAIMS_FIGURE } from "../figures/experiments.ts";
import { PAPER_SCENARIO } from "../scenario/scenario.ts";
import { markdownTable } from "../reports/tables.ts";

/** Every claim with its interval and verdict. */
export async function claims(data: string): Promise<string> {
  const judgements = judgeClaims(await readFigureRows(data, "paper"));
  return [
    countVerdicts(judgements),
    markdownTable(claimsTable(judgements)),
  ].join("\n\n");
}

/** The claims × readings matrix, and which readings claims need. */
export async function readings(data: string): Promise<string> {
  if (!await exists(readingsPath(data, "paper"))) {
    return "Not run yet: `deno task claims --profile paper` writes this part's table.";
  }
  const cells = await readMatrix(data, "paper");
  const legend = Object.entries(VERDICT_SIGNS)
    .map(([verdict, sign]) => `${sign} ${verdict}`).join(", ");
  const matrices = (["figures", "short"] as const).flatMap((grid) => {
    const first = READINGS.find((reading) => reading.grid === grid)!;
    return [
      `${describeGrid(first, "paper")}:`,
      markdownTable(readingsMatrix(cells, grid)),
    ];
  });
  return [
    `![The paper's claims under each reading](figures/${CLAIMS_FIGURE}.png)`,
    `${legend}; in brackets where the reading changes nothing that the claim rests on.`,
    ...matrices,
    describeNeeds(cells).map((sentence) => `- ${sentence}`).join("\n"),
    markdownTable(readingsTable()),
  ].join("\n\n");
}

/** What every method spends beside what it achieves, with Table 3's users. */
export async function budget(data: string): Promise<string> {
  const entries = budgetLedger(
    await readScalability(data, FIG06_07, "paper"),
    await readBudget(data, FIG06_07, "paper"),
  );
  const { numUsers } = PAPER_SCENARIO.parameters;
  return markdownTable(
    budgetTable(entries.filter(({ users }) => users === numUsers)),
  );
}
