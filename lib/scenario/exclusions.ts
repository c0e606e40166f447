/**
 * Values of a scenario that exclude each other, each allowed for itself.
 *
 * @module
 */

import type { Assumptions } from "./assumptions.ts";
import type { Parameters } from "./parameters.ts";

/** The values of a scenario. */
export interface ScenarioValues {
  /** Table 3 and the constants of Sections 3.1 and 5.1, as printed. */
  readonly parameters: Parameters;
  /** A choice for every entry of the ledger. */
  readonly assumptions: Assumptions;
}

/** A value that another one excludes. */
export interface Exclusion {
  /** Where it stands in the scenario. */
  readonly path: readonly PropertyKey[];
  /** What it must be, in view of the other value. */
  readonly condition: string;
}

/** Longest action, E·M + 2·E·U: what an array of numbers can hold in memory. */
const LONGEST_ACTION = 1e8;

/** How far probabilities may miss a sum of 1. */
const SUM_TOLERANCE = 1e-9;

function findInPopularity({ parameters }: ScenarioValues): Exclusion[] {
  const { popularityStates, popularityTransition } = parameters;
  const path = ["parameters", "popularityTransition"];
  const size = popularityStates.length;
  if (
    popularityTransition.length !== size ||
    popularityTransition.some((row) => row.length !== size)
  ) {
    const condition = `must be ${size} rows of ${size}, as popularityStates`;
    return [{ path, condition }];
  }
  return popularityTransition.flatMap((row, index) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return Math.abs(sum - 1) <= SUM_TOLERANCE ? [] : [{
      path: [...path, index],
      condition: `must be probabilities that sum to 1, not ${sum}`,
    }];
  });
}

function findInSizes({ parameters }: ScenarioValues): Exclusion[] {
  const { numUsers, numServers, numModels } = parameters;
  const length = numServers * (numModels + 2 * numUsers);
  return length <= LONGEST_ACTION ? [] : [{
    path: ["parameters", "numServers"],
    condition:
      `must give actions of at most ${LONGEST_ACTION} numbers, E·M + 2·E·U, not ${length}`,
  }];
}

/** Readings that look at the requests of the slot that is decided. */
const NEED_REQUESTS = {
  association: "cached-anywhere",
  computeShareAmong: "hits",
} as const satisfies Partial<Assumptions>;

/**
 * Under lagged visibility an action would be decoded by requests that a policy is
 * not shown; shares that servers set later may need them.
 */
function findUnseen({ assumptions }: ScenarioValues): Exclusion[] {
  if (assumptions.requestVisibility !== "lagged") return [];
  const sharesLater = assumptions.shareTiming === "after-requests";
  return Object.entries(NEED_REQUESTS).filter(([key, value]) =>
    assumptions[key as keyof typeof NEED_REQUESTS] === value &&
    !(sharesLater && key === "computeShareAmong")
  ).map(([key]) => ({
    path: ["assumptions", key],
    condition:
      'must be another with requestVisibility "lagged", which hides the requests that it needs',
  }));
}

/** The values of a scenario that others of its values exclude. */
export function findExclusions(values: ScenarioValues): Exclusion[] {
  return [
    ...findInPopularity(values),
    ...findInSizes(values),
    ...findUnseen(values),
  ];
}
