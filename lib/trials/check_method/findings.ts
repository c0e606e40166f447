/**
 * What a check comes to.
 *
 * @module
 */

import { describeWorld, type OddWorld } from "./worlds.ts";

/** Name of a check. */
export type CheckName =
  | "feasible"
  | "seeded"
  | "restored"
  | "sees"
  | "disposes"
  | "ends";

/** Names of the checks, in the order in which they are told. */
export const CHECK_NAMES: readonly CheckName[] = [
  "feasible",
  "seeded",
  "restored",
  "sees",
  "disposes",
  "ends",
];

/**
 * Whether a method passes a check; a check is `"not judged"` if it does not apply, or
 * if the failure of another leaves nothing to be told by it.
 */
export type CheckVerdict = "passed" | "failed" | "not judged";

/** What a check came to. */
export interface CheckResult {
  /** Name of the check. */
  readonly name: CheckName;
  /** Whether the method passes. */
  readonly verdict: CheckVerdict;
  /** In how many worlds it was made. */
  readonly worlds: number;
  /** In how many of them the method fails, as far as that is known. */
  readonly failures: number;
  /** The first world that shows the failure: a preset, what differs, and a seed. */
  readonly world?: string;
  /** What is wrong there, why nothing is judged, or why a pass says little. */
  readonly message?: string;
  /** How long it took by itself, in s. */
  readonly seconds: number;
}

/** What is wrong with a method in a world. */
export interface Failure {
  /** The world. */
  readonly world: OddWorld;
  /** What is wrong. */
  readonly message: string;
}

/** What a check has found. */
export type Finding =
  | {
    readonly worlds: number;
    readonly failures: readonly Failure[];
    /** Why it says little if there are none. */
    readonly note?: string;
  }
  /** Why there is nothing to judge. */
  | { readonly notJudged: string };

/** The result of a check that has found this. */
export function resultOf(
  name: CheckName,
  finding: Finding,
  seconds: number,
): CheckResult {
  if ("notJudged" in finding) {
    const message = finding.notJudged;
    const counts = { worlds: 0, failures: 0 };
    return { name, verdict: "not judged", ...counts, message, seconds };
  }
  const { worlds, failures: [first] } = finding;
  const failures = finding.failures.length;
  if (first === undefined) {
    const message = finding.note === undefined ? {} : { message: finding.note };
    return {
      name,
      verdict: "passed",
      worlds,
      failures,
      ...message,
      seconds,
    };
  }
  return {
    name,
    verdict: "failed",
    worlds,
    failures,
    world: describeWorld(first.world),
    message: first.message,
    seconds,
  };
}
