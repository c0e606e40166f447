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
export { RandomStream, type RandomStreamState } from "./prng.ts";
export {
  evaluatePolynomial,
  fitPolynomial,
  type Polynomial,
} from "./polynomial.ts";
export { ratioInterval } from "./ratio_interval.ts";
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
  studentTQuantile,
} from "./statistics.ts";
