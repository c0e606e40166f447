/**
 * Does a method decide in every world, and keep every constraint of Eq. 18?
 *
 * @module
 */

import type { Failure, Finding } from "./findings.ts";
import {
  describeThrown,
  playIn,
  type Subject,
  trainIn,
  withMethod,
  worldsOf,
} from "./subject.ts";
import type { OddWorld } from "./worlds.ts";

/** Episodes are of four slots each, some beyond the first update. */
const TRAININGS = { worlds: 60, episodes: 4 };

/** What is wrong in a world, if anything is. */
async function findIn(
  subject: Subject,
  world: OddWorld,
  episodes: number,
): Promise<string | undefined> {
  try {
    return await withMethod(subject, world, async (opened) => {
      await trainIn(opened, world, episodes);
      let broken: string | undefined;
      for (const episode of [1, 2]) {
        await playIn(opened, world, {
          episode,
          onSlot: (slot, { outcome: { violations } }) => {
            if (violations.length === 0) return;
            broken ??= `breaks ${
              violations.join(" and ")
            } of Eq. 18 in slot ${slot} of test episode ${episode}`;
          },
        });
      }
      return broken;
    });
  } catch (error) {
    return describeThrown(error);
  }
}

/**
 * Plays two test episodes in every world, in some after training. A method also
 * fails that throws, returns no decision, or leaves a user unserved forever.
 */
export async function checkFeasible(subject: Subject): Promise<Finding> {
  const failures: Failure[] = [];
  for (const [world, episodes] of worldsOf(subject, TRAININGS)) {
    const message = await findIn(subject, world, episodes);
    if (message !== undefined) failures.push({ world, message });
  }
  return { worlds: subject.worlds.length, failures };
}
