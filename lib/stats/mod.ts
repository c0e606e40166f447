/**
 * Statistics of runs: intervals, the stratified bootstrap, interquartile means,
 * probabilities of improvement and performance profiles, as rliable has them for
 * Python (Agarwal et al. 2021); Student's t, paired differences, ratios and extremes.
 *
 * @module
 */

export { type BracketedRow, coverBoth, rowsAtBound } from "./bracketed_rows.ts";
export {
  type ExtremeInterval,
  greatestInterval,
  type IntervalAt,
  leastInterval,
} from "./extreme_interval.ts";
export { pairedDifference, pairedDifferences } from "./paired_difference.ts";
export {
  performanceProfile,
  performanceProfileIntervals,
} from "./performance_profile.ts";
export { ratioInterval } from "./ratio_interval.ts";
export {
  pairedImprovement,
  pairedImprovementInterval,
  probabilityOfImprovement,
  probabilityOfImprovementInterval,
} from "./probability_of_improvement.ts";
export {
  gapPercent,
  gapTo,
  positionBetween,
  type ScoreRow,
  scoresBySeries,
  type SeriesScores,
  skillRows,
} from "./score_rows.ts";
export {
  interquartileMeanScore,
  meanScore,
  medianScore,
  optimalityGap,
  type ScoreMatrix,
  type ScoreStatistic,
} from "./scores.ts";
export {
  bootstrapInterval,
  type BootstrapOptions,
  type Estimate,
  interquartileMean,
  type Interval,
  mean,
  meanInterval,
  median,
  overSeeds,
  quantile,
  sampleStandardDeviation,
} from "./statistics.ts";
export { studentTQuantile } from "./student_t.ts";
export {
  stratifiedInterval,
  stratifiedIntervals,
} from "./stratified_bootstrap.ts";
