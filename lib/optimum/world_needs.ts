/**
 * Worlds in which solvers, bounds and the methods that play them hold.
 *
 * @module
 */

import { describeValue, InputError } from "../input/input_error.ts";
import type { AssumptionKey, Assumptions } from "../scenario/assumptions.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { TraceSlot } from "../workload/trace.ts";

/** A reading of the ledger that rules a method out. */
export interface WorldExclusion {
  /** The entry of the ledger. */
  readonly assumption: AssumptionKey;
  /** What it must be. */
  readonly condition: string;
}

/** A reading of the ledger that is needed. */
interface WorldNeed extends WorldExclusion {
  readonly isMet: (assumptions: Assumptions) => boolean;
}

const CHARGED: WorldNeed = {
  assumption: "modelLoading",
  condition: 'must be "charged"',
  isMet: ({ modelLoading }) => modelLoading === "charged",
};

const ONE_INSTANCE: WorldNeed = {
  assumption: "redraw",
  condition: 'must be "scenario"',
  isMet: ({ redraw }) => redraw === "scenario",
};

const GIVEN_SERVERS: WorldNeed = {
  assumption: "association",
  condition: "must be one that caches do not change",
  isMet: ({ association }) => association !== "cached-anywhere",
};

const LASTING_SERVERS: WorldNeed = {
  assumption: "association",
  condition: "must be one that stays as it is",
  isMet: ({ association }) =>
    association === "nearest" || association === "balanced",
};

const SEEN: WorldNeed = {
  assumption: "requestVisibility",
  condition: 'must be "reactive"',
  isMet: ({ requestVisibility }) => requestVisibility === "reactive",
};

const UNSEEN: WorldNeed = {
  assumption: "requestVisibility",
  condition: 'must be "lagged"',
  isMet: ({ requestVisibility }) => requestVisibility === "lagged",
};

/** Loading is charged, and neither servers nor models change under a plan. */
export const PLAN_NEEDS: readonly WorldNeed[] = [
  CHARGED,
  ONE_INSTANCE,
  GIVEN_SERVERS,
];

/** The same, and who decides sees the requests of the slot. */
export const HOLDING_NEEDS: readonly WorldNeed[] = [...PLAN_NEEDS, SEEN];

/** Requests are not seen. */
export const LAGGED_NEEDS: readonly WorldNeed[] = [UNSEEN];

/** The same, and what is charged for loading is so on servers that last. */
export const CHARGED_CHAIN_NEEDS: readonly WorldNeed[] = [
  UNSEEN,
  CHARGED,
  ONE_INSTANCE,
  LASTING_SERVERS,
];

/** What a chain of popularity needs to be known for. */
export function chainNeeds(
  { assumptions }: Pick<Scenario, "assumptions">,
): readonly WorldNeed[] {
  return assumptions.modelLoading === "charged"
    ? CHARGED_CHAIN_NEEDS
    : LAGGED_NEEDS;
}

/** The first need that a world does not meet, if there is one. */
export function findUnmet(
  { assumptions }: Pick<Scenario, "assumptions">,
  needs: readonly WorldNeed[],
): WorldExclusion | undefined {
  return needs.find(({ isMet }) => !isMet(assumptions));
}

/**
 * Refuses a world.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} Naming the assumption.
 */
export function refuseWorld(
  { assumptions }: Pick<Scenario, "assumptions">,
  { assumption, condition }: WorldExclusion,
  act: string,
): never {
  throw new InputError(
    `Cannot ${act}: scenario.assumptions.${assumption} ${condition}, got ${
      describeValue(assumptions[assumption])
    }`,
  );
}

/**
 * Refuses a world that does not meet some needs.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} Naming the assumption.
 */
export function requireWorld(
  scenario: Pick<Scenario, "assumptions">,
  needs: readonly WorldNeed[],
  act: string,
): void {
  const unmet = findUnmet(scenario, needs);
  if (unmet !== undefined) refuseWorld(scenario, unmet, act);
}

/**
 * A bound where some needs are met, nothing elsewhere.
 *
 * @param needs Those of a world.
 * @param bound What G is not below, of a world and the slots of an episode.
 */
export function boundWhere(
  needs: (scenario: Scenario) => readonly WorldNeed[],
  bound: (scenario: Scenario, slots: readonly TraceSlot[]) => number,
): (
  scenario: Scenario,
) => ((slots: readonly TraceSlot[]) => number) | undefined {
  return (scenario) =>
    findUnmet(scenario, needs(scenario)) === undefined
      ? (slots) => bound(scenario, slots)
      : undefined;
}
