/**
 * A stream whose numbers a test writes down.
 *
 * @module
 */

import type { RandomStream } from "../../lib/math/prng.ts";

/** A stream whose `uniform` gives the numbers in turn, and then throws. */
export function scriptedStream(...numbers: number[]): RandomStream {
  let next = 0;
  const uniform = () => {
    if (next === numbers.length) throw new Error("the script has ended");
    return numbers[next++];
  };
  return { uniform } as unknown as RandomStream;
}
