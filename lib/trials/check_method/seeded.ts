/**
 * Does the same seed give the same bytes?
 *
 * @module
 */

import { createHash } from "node:crypto";
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

const TRAININGS = { worlds: 20, episodes: 6 };

/** All that a method does in a world, slot by slot; rows of training come first. */
async function recordIn(
  subject: Subject,
  world: OddWorld,
  episodes: number,
): Promise<string[]> {
  return await withMethod(subject, world, async (opened) => [
    ...await trainIn(opened, world, episodes),
    ...await playIn(opened, world, { episode: 1 }),
    ...await playIn(opened, world, { episode: 2 }),
  ]);
}

/** The same of several worlds; `undefined` where the method throws. */
async function* records(
  subject: Subject,
): AsyncGenerator<[world: OddWorld, record: string[] | undefined]> {
  for (const [world, episodes] of worldsOf(subject, TRAININGS)) {
    try {
      yield [world, await recordIn(subject, world, episodes)];
    } catch (error) {
      describeThrown(error);
      yield [world, undefined];
    }
  }
}

function hashRecord(record: readonly string[] | undefined): string {
  return record === undefined
    ? "throws"
    : createHash("sha256").update(record.join("\n")).digest("hex");
}

/** Hashes of all that a method does, world by world: to compare processes by. */
export async function fingerprint(subject: Subject): Promise<string[]> {
  const hashes: string[] = [];
  for await (const [, record] of records(subject)) {
    hashes.push(hashRecord(record));
  }
  return hashes;
}

/** Where two records part. */
function describeDifference(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): string {
  if (one === undefined || other === undefined) return "throws only sometimes";
  const at = one.findIndex((part, index) => part !== other[index]);
  return one[at]?.startsWith("{")
    ? `gives another row of training episode ${at + 1}`
    : "decides otherwise";
}

/** What {@linkcode checkSeeded} returns beside its finding. */
export interface SeededFinding {
  /** What was found. */
  readonly finding: Finding;
  /** As of {@linkcode fingerprint}. */
  readonly fingerprint: readonly string[];
}

/**
 * Makes the method twice in every world with the same seed, trains both in some, and
 * compares all rows and decisions.
 */
export async function checkSeeded(subject: Subject): Promise<SeededFinding> {
  const failures: Failure[] = [];
  const hashes: string[] = [];
  const again = records(subject);
  for await (const [world, record] of records(subject)) {
    hashes.push(hashRecord(record));
    const { value } = await again.next();
    const other = value![1];
    if (hashRecord(other) === hashRecord(record)) continue;
    const message = `${
      describeDifference(record, other)
    } when it is made again with the same seed: whatever is random must come from the stream that create is given, not from random() of Math, the clock or what the module keeps`;
    failures.push({ world, message });
  }
  return {
    finding: { worlds: subject.worlds.length, failures },
    fingerprint: hashes,
  };
}
