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
  isDefault,
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

/** The claim whose number stands for all of them in the README. */
const SHOWN_CLAIM = "td3-ahead-by";

/**
 * The verdict in three lines: all claims, the one on the paper's 1.72 %, and how
 * many hold together under another reading.
 */
export async function verdict(data: string): Promise<string> {
  const judgements = judgeClaims(await readFigureRows(data, "paper"));
  const shown = judgements.find(({ claim }) => claim.key === SHOWN_CLAIM)!;
  const { estimate, lower, upper } = shown.interval!;
  const [ours, from, to] = [estimate, lower, upper].map((x) => x.toFixed(2));
  const cells = (await readMatrix(data, "paper"))
    .filter(({ reading }) => !isDefault(reading));
  const counts = [...Map.groupBy(cells, ({ reading }) => reading).values()]
    .map((own) => own.filter((cell) => cell.verdict === "reproduced").length);
  return [
    countVerdicts(judgements),
    `"${shown.claim.text}" is ${shown.verdict}: ours is ${ours} % (${from} to ${to} %).`,
    `No other reading of the ${counts.length} tried reproduces more than ${
      Math.max(...counts)
    } of the ${judgements.length}.`,
  ].map((line) => `- ${line}`).join("\n");
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
    `![The paper's claims under each reading](../figures/${CLAIMS_FIGURE}.png)`,
    `${legend}; in brackets where the reading changes nothing that the claim rests on.`,
    ...matrices,
    describeNeeds(cells).map((sentence) => `- ${sentence}`).join("\n"),
    markdownTable(readingsTable()),
  ].join("\n\n");
}

/** What every method spends for what it achieves, with Table 3's users. */
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
