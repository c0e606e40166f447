/**
 * The paper's claims, judged from rows, by default and under other readings.
 *
 * @module
 */

export {
  type Claim,
  CLAIMS,
  PAPER_LEARNING_RATES,
  PAPER_METHODS,
  type PaperMethod,
} from "./claims.ts";
export {
  type Effect,
  hitRateImprovements,
  hitRateLeads,
  returnImprovements,
  trends,
} from "./effects.ts";
export { readFigureRows, readMatrix } from "./figure_rows.ts";
export { finalReturn, finalReturns } from "./final_returns.ts";
export {
  judgeClaim,
  judgeClaims,
  type Judgement,
  LEAST_SEEDS,
} from "./judge.ts";
export {
  type FigureRows,
  judgeReadings,
  type MatrixCell,
  rowsUnder,
} from "./matrix.ts";
export {
  DEFAULT_READING,
  isDefault,
  type Reading,
  READINGS,
  readingsOf,
  SHORT_DEFAULT_READING,
} from "./readings.ts";
export { PAPER_WORDS } from "./quotes.ts";
export {
  aggregateReadings,
  gridOf,
  type GridPoint,
  readingsPath,
  type ReadingTrial,
  readingTrials,
  readReadings,
} from "./readings_table.ts";
export type { ReadingRow } from "../trials/rows.ts";
export type { ClaimRows, ReturnRow, TestRow } from "./rows.ts";
export {
  claimsTable,
  countVerdicts,
  describeGrid,
  describeNeeds,
  readingsMatrix,
  readingsTable,
  VERDICT_SIGNS,
} from "./tables.ts";
export { applyRule, type Finding, type Rule, type Verdict } from "./verdict.ts";
export type { SweepConfig } from "../studies/study_form.ts";
