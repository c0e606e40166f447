/**
 * Does a method leave nothing open?
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
} from "./subject.ts";
import type { OddWorld } from "./worlds.ts";

/** In how many worlds it is looked at. */
const WORLDS = 5;

/** How often it is made: what is opened once and for all is no leak. */
const TIMES = 4;

/** What Deno's own tests look at resources by. */
interface DenoInternals {
  readonly internal: symbol;
  readonly [key: symbol]:
    | { readonly core?: { readonly resources?: () => object } }
    | undefined;
}

/** Resources of this process by number: none where Deno does not tell. */
function resources(): ReadonlyMap<string, string> {
  const deno = Deno as unknown as DenoInternals;
  const open = deno[deno.internal]?.core?.resources?.() ?? {};
  return new Map(Object.entries(open));
}

/** What is left of a method in a world, if anything is. */
async function findIn(
  subject: Subject,
  world: OddWorld,
): Promise<string | undefined> {
  const { watch } = subject;
  const make = () =>
    withMethod(subject, world, async (opened) => {
      await trainIn(opened, world, 1);
      await playIn(opened, world);
    });
  await make();
  const networks = watch.networks;
  const before = resources();
  for (let time = 0; time < TIMES; time++) await make();
  if (watch.networks - networks >= TIMES) {
    return "leaves networks of its engine undisposed";
  }
  const left = [...resources()].filter(([id]) => !before.has(id))
    .map(([, name]) => name);
  return left.length < TIMES
    ? undefined
    : `leaves open what it has opened: ${[...new Set(left)].join(", ")}`;
}

/**
 * Makes, trains, plays and disposes of a method several times, and counts networks
 * of the engine that it was given and open resources of Deno: files, sockets,
 * channels, processes. Timers and workers are seen otherwise, when the process does
 * not end by itself. Memory that is kept, and timers that are no reason for the
 * process to stay, are not seen.
 */
export async function checkDisposes(subject: Subject): Promise<Finding> {
  const failures: Failure[] = [];
  const worlds = subject.worlds.slice(0, WORLDS);
  for (const world of worlds) {
    try {
      const message = await findIn(subject, world);
      if (message !== undefined) failures.push({ world, message });
    } catch (error) {
      // Whether it can be made and trained is not asked here.
      describeThrown(error);
    }
  }
  return { worlds: worlds.length, failures };
}
