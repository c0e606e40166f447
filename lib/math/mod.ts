/**
 * Random streams, distributions, units, statistics and polynomial fits.
 *
 * @module
 */

export {
  categorical,
  complexNormal,
  type Range,
  uniformIn,
} from "./distributions.ts";
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
export { RandomStream, type RandomStreamState } from "./prng.ts";
export {
  evaluatePolynomial,
  fitPolynomial,
  type Polynomial,
} from "./polynomial.ts";
export { ratioInterval } from "./ratio_interval.ts";
export {
  pairedImprovement,
  pairedImprovementInterval,
  probabilityOfImprovement,
  probabilityOfImprovementInterval,
} from "./probability_of_improvement.ts";
export {
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
  interquartileMean,
  type Interval,
  mean,
  meanInterval,
  median,
  quantile,
  sampleStandardDeviation,
} from "./statistics.ts";
export { studentTQuantile } from "./student_t.ts";
export {
  stratifiedInterval,
  stratifiedIntervals,
} from "./stratified_bootstrap.ts";
