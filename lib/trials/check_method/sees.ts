/**
 * Does a method see nothing but what it says that it sees?
 *
 * @module
 */

import {
  generateTrace,
  type Trace,
  type TraceSlot,
} from "../../workload/trace.ts";
import { seesOf } from "../../methods/mod.ts";
import { instanceSeedOf } from "../trial.ts";
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

const TRAININGS = { worlds: 10, episodes: 4 };

/** Seed of the slots that take the place of those that are not to be seen. */
const POISON_SEED = 987_654_321;

/** Whether all of an episode may be seen in advance. */
function seesAll(
  { method, hyperparameters }: Subject,
  { scenario }: OddWorld,
): boolean {
  return seesOf(method, scenario, hyperparameters) === "episode" &&
    scenario.assumptions.requestVisibility === "reactive";
}

/**
 * Puts other slots in the place of all after one; where requests are lagged, other
 * requests in its own place, too.
 */
function poisonAfter(
  slot: number,
  trace: Trace,
  poison: Trace,
  lagged: boolean,
): void {
  const slots = trace.slots as TraceSlot[];
  for (let later = slot + 1; later < slots.length; later++) {
    slots[later] = poison.slots[later];
  }
  if (!lagged) return;
  const { requestedModel, inputBytes, outputBytes } = poison.slots[slot].state;
  const state = {
    ...slots[slot].state,
    requestedModel,
    inputBytes,
    outputBytes,
  };
  slots[slot] = { ...slots[slot], state };
}

/** What a method sees in a world that it must not, if anything. */
async function findIn(
  subject: Subject,
  world: OddWorld,
  episodes: number,
): Promise<string | undefined> {
  const { scenario } = world;
  const { slotsPerEpisode } = scenario.parameters;
  const lagged = scenario.assumptions.requestVisibility === "lagged";
  const play = (change?: (trace: Trace) => void) =>
    withMethod(subject, world, async (opened) => {
      await trainIn(opened, world, episodes);
      const hashes: string[] = [];
      try {
        await playIn(opened, world, {
          ...change === undefined ? {} : { change },
          onHash: (hash) => hashes.push(hash),
        });
      } catch (error) {
        // What comes after the poison may be no world for it.
        describeThrown(error);
      }
      return hashes;
    });
  const before = await play();
  const poison = generateTrace(scenario, {
    instanceSeed: instanceSeedOf(world),
    seed: POISON_SEED,
    split: "test",
  });
  const last = lagged ? slotsPerEpisode - 1 : slotsPerEpisode - 2;
  for (const slot of new Set([0, Math.floor(last / 2), last])) {
    if (slot < 0 || slot > last) continue;
    const after = await play((trace) =>
      poisonAfter(slot, trace, poison, lagged)
    );
    const other = before.findIndex((hash, index) =>
      index <= slot && hash !== after[index]
    );
    if (other < 0) continue;
    return `decides slot ${other} otherwise when ${
      lagged ? `the requests of slot ${slot} and what follows` : "later slots"
    } ${lagged ? "are others" : `(from ${slot + 1} on) are others`}`;
  }
}

/** The test trace that a method has drawn for itself since this was last asked. */
function takeTestTrace({ watch }: Subject): string | undefined {
  const { testTrace } = watch;
  watch.testTrace = undefined;
  return testTrace;
}

/** What {@linkcode checkSees} is told of the checks before it. */
export interface CheckSeesOptions {
  /** Whether the same seed gives the same decisions; else none are compared. */
  readonly seeded: boolean;
}

/**
 * Plays each world anew with other slots after some slot, and compares the decisions
 * up to it; where requests are lagged, those of the slot itself are others too.
 *
 * A method that draws the trace for itself from the trial's seeds is not misled by
 * that; but it must open the random streams of a test trace, which it has no reason
 * for, and this is seen whenever the lab's `RandomStream` opens them.
 */
export async function checkSees(
  subject: Subject,
  { seeded }: CheckSeesOptions,
): Promise<Finding> {
  const worlds = subject.worlds.filter((world) => !seesAll(subject, world));
  const failures: Failure[] = [];
  if (worlds.length === 0) {
    return { notJudged: "it says that it sees the whole episode" };
  }
  for (const [world, episodes] of worldsOf({ worlds }, TRAININGS)) {
    takeTestTrace(subject);
    let message: string | undefined;
    try {
      message = await findIn(subject, world, episodes);
    } catch (error) {
      // Whether it can be made and trained is not asked here.
      describeThrown(error);
    }
    const trace = takeTestTrace(subject);
    const drawn = trace === undefined
      ? undefined
      : `draws the test trace ${trace} for itself, and so knows its future`;
    const found = drawn ?? (seeded ? message : undefined);
    if (found !== undefined) failures.push({ world, message: found });
  }
  return seeded || failures.length > 0
    ? { worlds: worlds.length, failures }
    : { notJudged: "decisions with the same seed differ anyway" };
}
