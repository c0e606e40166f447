/**
 * Hyperparameter searches: random search and successive halving on validation
 * traces.
 *
 * @module
 */

export {
  type HalvingConfig,
  parseTuneConfig,
  type RandomSearchConfig,
  rungsOf,
  type TuneConfig,
  tuneJsonSchema,
} from "./config.ts";
export {
  planTune,
  proposalTrials,
  rungSweep,
  testSweep,
  type TunePlan,
} from "./plan.ts";
export { type RankedConfig, rankingCsv, rankingTable } from "./ranking.ts";
export {
  type HalvingOptions,
  halvingRungs,
  type Proposal,
  randomRungs,
  type Rung,
  RungSearch,
  type ScoredProposal,
} from "./rung_search.ts";
export { runTune, type RunTuneOptions } from "./run_tune.ts";
export {
  type Assignment,
  type Dimension,
  drawAssignment,
  drawAssignments,
  type SearchSpace,
} from "./space.ts";
export {
  type ValidationRow,
  validationRows,
  validationScore,
} from "./validation_score.ts";
