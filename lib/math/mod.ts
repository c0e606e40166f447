/**
 * Random streams, distributions, units and polynomial fits.
 *
 * @module
 */

export {
  categorical,
  complexNormal,
  type Range,
  uniformIn,
} from "./distributions.ts";
export { RandomStream, type RandomStreamState } from "./prng.ts";
export {
  evaluatePolynomial,
  fitPolynomial,
  type Polynomial,
} from "./polynomial.ts";
