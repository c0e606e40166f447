/**
 * What gives a scale in which world: which method counts as 0, which as 1, and why
 * there is none elsewhere.
 *
 * @module
 */

import type { Assumptions } from "../scenario/assumptions.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { waitShare } from "./wait_share.ts";

/** Names of the policy `optimum` in tables and figures. */
export const OPTIMUM_LABELS = {
  /** Where it is what nothing can be better than, up to its gap. */
  reference: "optimum",
  /** Where it does not see what counts. */
  myopic: "myopic optimum",
  /** Where it sees all, but is known to miss much. */
  approximate: "approximate optimum",
} as const;

/** A scale of skill: methods that count as 0 and 1 on the same traces. */
export interface ReferenceScale {
  /** Tells scales from worlds without one. */
  readonly kind: "scale";
  /** The assumptions that decide, with their values. */
  readonly world: string;
  /** Name of the method that counts as 0. */
  readonly zero: string;
  /** Names of the methods of which the best that is there counts as 1. */
  readonly ones: readonly string[];
  /**
   * Whether the 1 is known only to lie between what these methods achieve and the
   * lower bound that they know.
   */
  readonly bracket: boolean;
  /** Part of G beyond which the bracket is too wide for a scale. */
  readonly widest?: number;
  /** Whether the 1 sees the episode in advance, so that no other method reaches it. */
  readonly clairvoyantOnly: boolean;
  /** How close the 1 is to the least that there is. */
  readonly tightness: string;
  /** What 0 and 1 are, a sentence. */
  readonly reason: string;
}

/** A world without a scale. */
export interface NoReference {
  /** Tells worlds without a scale from scales. */
  readonly kind: "none";
  /** The assumptions that decide, with their values. */
  readonly world: string;
  /** Why there is none, a sentence. */
  readonly reason: string;
}

/** What {@linkcode referenceOf} returns. */
export type Reference = ReferenceScale | NoReference;

/** Entries of the ledger that decide which reference holds. */
type Deciding =
  | "requestVisibility"
  | "modelLoading"
  | "downlinkQueue"
  | "association"
  | "redraw"
  | "pathLossDistanceUnit";

/** Part of G that waits may be where a reference leaves them out. */
const MOST_WAITS = 0.01;

/** Part of G by which a bound may be below what its method achieves. */
const WIDEST = 0.01;

function worldOf(
  assumptions: Assumptions,
  ...keys: readonly Deciding[]
): string {
  return keys.map((key) => `${key} = ${assumptions[key]}`).join(", ");
}

function none(world: string, why: string): NoReference {
  return { kind: "none", world, reason: `${world}: ${why}.` };
}

function scale(
  { is, ...rest }:
    & Omit<ReferenceScale, "kind" | "reason" | "bracket" | "clairvoyantOnly">
    & Partial<Pick<ReferenceScale, "bracket" | "clairvoyantOnly">>
    & { readonly is: string },
): ReferenceScale {
  return {
    kind: "scale",
    bracket: false,
    clairvoyantOnly: false,
    ...rest,
    reason: `${rest.world}: ${is}.`,
  };
}

/** The scale of the paper's own world. */
export const PER_SLOT_SCALE: ReferenceScale = scale({
  world:
    "requestVisibility = reactive, modelLoading = free, downlinkQueue = empty",
  zero: "random",
  ones: ["optimum"],
  tightness:
    "0.01 % of G in printed units, 5 to 12 % in balanced ones, where users wait for each other",
  is:
    "0 is random decisions, 1 the per-slot optimum, as no slot leaves anything to the next",
});

/**
 * What tables and figures call the policy `optimum` under these readings.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DEFAULT_ASSUMPTIONS } from "../scenario/assumptions.ts";
 * import { optimumLabel } from "./reference.ts";
 *
 * assertEquals(optimumLabel(DEFAULT_ASSUMPTIONS), "optimum");
 * assertEquals(
 *   optimumLabel({ ...DEFAULT_ASSUMPTIONS, modelLoading: "charged" }),
 *   "myopic optimum",
 * );
 * ```
 */
export function optimumLabel(assumptions: Assumptions): string {
  const { requestVisibility, modelLoading, downlinkQueue } = assumptions;
  const { association, pathLossDistanceUnit } = assumptions;
  return requestVisibility !== "reactive" || modelLoading !== "free" ||
      downlinkQueue !== "empty"
    ? OPTIMUM_LABELS.myopic
    : association === "cached-anywhere" || pathLossDistanceUnit === "meter"
    ? OPTIMUM_LABELS.approximate
    : OPTIMUM_LABELS.reference;
}

/** Worlds that are refused whatever else they are. */
function whyNone(assumptions: Assumptions): NoReference | undefined {
  const { requestVisibility, modelLoading, downlinkQueue } = assumptions;
  const { association, redraw } = assumptions;
  const isLagged = requestVisibility === "lagged";
  const isCharged = modelLoading === "charged";
  const world = (...keys: Deciding[]) => worldOf(assumptions, ...keys);
  if (assumptions.pathLossDistanceUnit === "meter") {
    return none(
      world("pathLossDistanceUnit"),
      "no signal is left, and what is unknown of the best decision exceeds what decisions change",
    );
  }
  if (association === "cached-anywhere") {
    return isLagged
      ? none(
        world("association", "requestVisibility"),
        "who belongs where hangs on requests that nobody has seen",
      )
      : isCharged
      ? none(
        world("association", "modelLoading"),
        "caches decide who belongs where, so that no server can be planned alone",
      )
      : none(
        world("association"),
        "the optimum is a local search, which other methods beat by up to a quarter",
      );
  }
  if (!isCharged) return undefined;
  if (redraw === "slot") {
    return none(
      world("redraw", "modelLoading"),
      "what a server holds now may not fit in the next slot, which no plan knows",
    );
  }
  if (isLagged && association === "random") {
    return none(
      world("association", "requestVisibility", "modelLoading"),
      "how many users a server has next is not known, and the program for the chain wants it",
    );
  }
  if (isLagged && downlinkQueue === "carried") {
    return none(
      world("downlinkQueue", "requestVisibility", "modelLoading"),
      "a load keeps the downlink busy for slots, which the program for the chain leaves out",
    );
  }
  return undefined;
}

/** Scales of worlds in which requests are seen too late. */
function laggedReference(scenario: Scenario): Reference {
  const { assumptions } = scenario;
  if (!(waitShare(scenario) <= MOST_WAITS)) {
    return none(
      worldOf(assumptions, "requestVisibility"),
      "users wait for the downlink here, and the best decision for the chain leaves waits out",
    );
  }
  const world = worldOf(assumptions, "requestVisibility", "modelLoading");
  return assumptions.modelLoading === "charged"
    ? scale({
      world,
      zero: "cloud-only",
      ones: ["best-for-chain"],
      tightness: "exact in expectation, up to waits",
      is:
        "0 is the cloud alone, 1 the best policy for the chain of popularity, which others can beat by luck on few traces",
    })
    : scale({
      world,
      zero: "random",
      ones: ["best-for-chain"],
      tightness: "exact in expectation, up to waits",
      is:
        "0 is random decisions, 1 the best decision for the chain of popularity, which others can beat by luck on few traces",
    });
}

/** Scales of worlds in which loads are charged and requests are seen in time. */
function chargedReference(scenario: Scenario): Reference {
  const world = worldOf(scenario.assumptions, "modelLoading");
  return waitShare(scenario) <= MOST_WAITS
    ? scale({
      world,
      zero: "cloud-only",
      ones: ["sampled-plan", "hold"],
      bracket: true,
      tightness:
        "0.4 % of G at 10 users, 0.5 % with a carried queue: between a bound and a method, both without the future",
      is:
        "0 is the cloud alone, 1 lies between the better of sampled-plan and hold and a bound on all that do not know the future",
    })
    : scale({
      world,
      zero: "cloud-only",
      ones: ["plan"],
      bracket: true,
      clairvoyantOnly: true,
      tightness:
        "0.9 % of G at 10 users: between a bound and a plan, both with the future",
      is:
        "users wait for the downlink here, so that 0 is the cloud alone and 1 lies between the plan, which knows the future, and its bound: no other method can reach it",
    });
}

/**
 * Which methods give a scale in a world, or why none does.
 *
 * The least G of a slot is that of the per-slot optimum where nothing is left to the
 * next one and the requests are seen. Elsewhere it is no optimum: it loads what will
 * not pay, or caches for requests that are over.
 *
 * All other entries of the ledger leave a reference what it is: association by trace
 * (`nearest`, `random`, `balanced`) is in the slot that is solved, `shareFloor`, units
 * and prices in what is minimized; `storageViolation`, `cacheDecoding`,
 * `shareDecoding` and `computeShareAmong` say how actions become decisions; `hitRate`
 * and `instanceDraw` change no G of a slot. Whether waits count is read off the world
 * ({@linkcode waitShare}), not off the name of a preset.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { deriveScenario, PAPER_SCENARIO } from "../scenario/scenario.ts";
 * import { referenceOf } from "./reference.ts";
 *
 * const known = referenceOf(PAPER_SCENARIO);
 * assert(known.kind === "scale");
 * assertEquals([known.zero, known.ones], ["random", ["optimum"]]);
 * const unknown = referenceOf(deriveScenario(PAPER_SCENARIO, {
 *   assumptions: { association: "cached-anywhere" },
 * }));
 * assertEquals(
 *   unknown.reason,
 *   "association = cached-anywhere: the optimum is a local search, which other methods beat by up to a quarter.",
 * );
 * ```
 */
export function referenceOf(scenario: Scenario): Reference {
  const { assumptions } = scenario;
  const refused = whyNone(assumptions);
  if (refused !== undefined) return refused;
  if (optimumLabel(assumptions) === OPTIMUM_LABELS.reference) {
    return PER_SLOT_SCALE;
  }
  if (assumptions.requestVisibility === "lagged") {
    return laggedReference(scenario);
  }
  if (assumptions.modelLoading === "charged") return chargedReference(scenario);
  return scale({
    world: worldOf(assumptions, "downlinkQueue"),
    zero: "random",
    ones: ["optimum"],
    bracket: true,
    widest: WIDEST,
    tightness: `at most ${100 * WIDEST} % of G, or there is no scale`,
    is:
      "0 is random decisions, 1 lies between the per-slot optimum and its bound, which no queue is below",
  });
}
