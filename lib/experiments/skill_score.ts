/**
 * How good a method is between random decisions and the optimum.
 *
 * @module
 */

/** What counts as no skill and as all there is to gain. */
export interface SkillScale {
  /** The objective of random decisions. */
  readonly random: number;
  /** The objective of the per-slot optimum. */
  readonly optimum: number;
}

/**
 * The skill score (G_random − G) / (G_random − G_optimum): 0 for random decisions, 1
 * for the optimum, negative for what is worse than random.
 *
 * All objectives are of the same traces.
 *
 * @throws {RangeError} If the random objective is not above the optimum's.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { skillScore } from "./skill_score.ts";
 *
 * assertEquals(skillScore(7, { random: 10, optimum: 4 }), 0.5);
 * ```
 */
export function skillScore(
  objective: number,
  { random, optimum }: SkillScale,
): number {
  if (!(random > optimum)) {
    throw new RangeError(
      `Cannot compute a skill score: the random objective must be above the optimum's ${optimum}, got ${random}`,
    );
  }
  return (random - objective) / (random - optimum);
}
