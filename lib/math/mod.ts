/**
 * Random streams, distributions, units, statistics and polynomial fits.
 *
 * @module
 */

export { categorical, complexNormal, type Range, uniformIn } from "./distributions.ts";
export { RandomStream, type RandomStreamState } from "./prng.ts";
