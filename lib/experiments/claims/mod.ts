/**
 * The paper's claims, judged from rows.
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
export {
  judgeClaim,
  judgeClaims,
  type Judgement,
  LEAST_SEEDS,
} from "./judge.ts";
export type { ClaimRows, ReturnRow, TestRow } from "./rows.ts";
export { applyRule, type Finding, type Rule, type Verdict } from "./verdict.ts";
