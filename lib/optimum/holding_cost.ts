/**
 * What holding a set of models to the end of the episode is expected to cost.
 *
 * @module
 */

import { SUM_TOLERANCE } from "../env/constraints.ts";
import { inferenceTimeS } from "../env/response_time.ts";
import type { Instance } from "../scenario/instance.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { requestProbabilities } from "../workload/requests.ts";
import {
  expectedMiss,
  expectedSizes,
  loadingTimeS,
} from "./expected_requests.ts";
import { combineForms, type SetForm } from "./set_form.ts";

/** What a server knows of slots to come: M models, K popularity states. */
export interface ExpectedServer {
  /** Users who may be with the server. */
  readonly numUsers: number;
  /** Chance that one of them is with it in a slot. */
  readonly presence: number;
  /** Chance that a user requests each model (Eq. 2), `[K][M]`. */
  readonly probability: readonly Float64Array[];
  /** √(F_m/(K_j·A_8)), length M. */
  readonly rootS: Float64Array;
  /** What a hit saves on average, ω1·(cloud time) + ω2·(backhaul), length M. */
  readonly meanSaving: Float64Array;
  /** ω2·(storage) of a model in a slot, length M. */
  readonly storageCost: Float64Array;
  /** ω1 in 1/s, over 1 + n·floor where shares have a floor. */
  readonly loadWeight: number;
  /** ω2·S_m·C_E,CS, length M. */
  readonly price: Float64Array;
  /** ω1·S_m/R^down_E,CS: what each user adds who waits for a load, length M. */
  readonly waitCost: Float64Array;
  /** S_m in byte, length M. */
  readonly modelBytes: Float64Array;
  /** S_j^E in byte, with the tolerance of the evaluator. */
  readonly capacityBytes: number;
  /** P of Eq. 1, `[K][K]`. */
  readonly transition: readonly (readonly number[])[];
}

/**
 * What server j knows of slots to come. Under random association each user is with it
 * with chance 1/E.
 *
 * @param scenario The world.
 * @param instance Capacities, sizes and prices.
 * @param server The server j.
 * @param numUsers Users of the server, where they never change.
 */
export function expectedServer(
  scenario: Scenario,
  instance: Instance,
  server: number,
  numUsers: number,
): ExpectedServer {
  const { parameters, assumptions } = scenario;
  const { costWeight, responseTimeWeight, modelSizeBytes, modelFlop } =
    instance;
  const moves = assumptions.association === "random";
  const users = moves ? instance.numUsers : numUsers;
  const { cloudS, backhaulCost } = expectedMiss(
    expectedSizes(scenario, instance),
    instance,
  );
  return {
    numUsers: users,
    presence: moves ? 1 / instance.numServers : 1,
    probability: parameters.popularityStates.map((exponent) =>
      requestProbabilities(instance.numModels, exponent)
    ),
    rootS: modelFlop.map((flop) =>
      Math.sqrt(
        inferenceTimeS(
          flop,
          1,
          instance.serverGpus[server],
          instance.gpuFlopPerS,
        ),
      )
    ),
    meanSaving: cloudS.map((timeS, m) =>
      responseTimeWeight * timeS + costWeight * backhaulCost[m]
    ),
    storageCost: modelSizeBytes.map((bytes) =>
      costWeight * instance.storageCostPerByte * bytes
    ),
    loadWeight: responseTimeWeight / (1 + users * instance.shareFloor),
    price: modelSizeBytes.map((bytes) =>
      costWeight * (bytes * instance.backhaulCostPerByte)
    ),
    waitCost: modelSizeBytes.map((_, m) =>
      responseTimeWeight * loadingTimeS(instance, m)
    ),
    modelBytes: modelSizeBytes,
    capacityBytes: instance.serverStorageBytes[server] * (1 + SUM_TOLERANCE),
    transition: parameters.popularityTransition,
  };
}

/**
 * The expected cost of holding X in a slot of each popularity state, next to no
 * caching and without waits. Requests are independent given the state: with n users
 * who ask for model m with chance q_m, and root f_m and mean saving s_m,
 *
 * E[ω1·(Σ f)² − Σ s + storage]
 *   = Σ_X [n·q·(ω1·f² − s) + storage] + ω1·n·(n − 1)·(Σ_X q·f)².
 *
 * The sizes of data add linearly, so that their means are enough; fading does not
 * enter what depends on caches.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expectedSlotForms } from "./holding_cost.ts";
 * import { costOfSet } from "./set_form.ts";
 *
 * const [form] = expectedSlotForms({
 *   numUsers: 2,
 *   presence: 1,
 *   probability: [Float64Array.of(0.5, 0.5)],
 *   rootS: Float64Array.of(1, 3),
 *   meanSaving: Float64Array.of(0, 0),
 *   storageCost: Float64Array.of(0, 0),
 *   loadWeight: 1,
 * });
 * // 1 + 1, 1 + 3 twice, or 3 + 3, squared.
 * assertEquals(costOfSet(form, [0, 1]), (4 + 16 + 16 + 36) / 4);
 * // 1 + 1, 1 twice, or nothing.
 * assertEquals(costOfSet(form, [0]), (4 + 1 + 1) / 4);
 * ```
 */
export function expectedSlotForms(
  server: Pick<
    ExpectedServer,
    | "numUsers"
    | "presence"
    | "probability"
    | "rootS"
    | "meanSaving"
    | "storageCost"
    | "loadWeight"
  >,
): SetForm[] {
  const { numUsers, presence, rootS, meanSaving, storageCost, loadWeight } =
    server;
  return server.probability.map((probability) => {
    const chance = probability.map((one) => presence * one);
    return {
      linear: chance.map((q, m) =>
        numUsers * q * (loadWeight * rootS[m] * rootS[m] - meanSaving[m]) +
        storageCost[m]
      ),
      squares: [{
        weight: loadWeight * numUsers * (numUsers - 1),
        root: chance.map((q, m) => q * rootS[m]),
      }],
    };
  });
}

/**
 * How often each popularity state is expected in the slots that are left.
 *
 * @param transition P, `[K][K]`.
 * @param numSlots Slots that are left.
 * @returns `[left][z][k]`: expected slots in state k among the `left` ones that follow
 * a slot in state z, for 0 to `numSlots`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expectedVisits } from "./holding_cost.ts";
 *
 * const visits = expectedVisits([[0, 1], [0.5, 0.5]], 2);
 * // From 0 to 1, and on to either.
 * assertEquals([...visits[2][0]], [0.5, 1.5]);
 * ```
 */
export function expectedVisits(
  transition: readonly (readonly number[])[],
  numSlots: number,
): Float64Array[][] {
  const visits = [transition.map((row) => new Float64Array(row.length))];
  for (let left = 1; left <= numSlots; left++) {
    visits.push(transition.map((row) => {
      const expected = new Float64Array(row.length);
      row.forEach((probability, next) => {
        expected[next] += probability;
        visits[left - 1][next].forEach((slots, k) =>
          expected[k] += probability * slots
        );
      });
      return expected;
    }));
  }
  return visits;
}

/**
 * W: the expected cost of holding a set of models from the next slot to the end of the
 * episode, by the popularity state that is seen now and the number of slots left.
 */
export class HoldingCost {
  /** The expected cost of a slot in each state. */
  readonly slotForms: readonly SetForm[];
  readonly #visits: readonly (readonly Float64Array[])[];

  /**
   * Prepares an episode.
   *
   * @param server What the server knows of slots to come.
   * @param numSlots Slots of the episode.
   */
  constructor(server: ExpectedServer, numSlots: number) {
    this.slotForms = expectedSlotForms(server);
    this.#visits = expectedVisits(server.transition, numSlots);
  }

  /** Expected slots in each state among the `left` ones that follow state z. */
  visits(left: number, state: number): Float64Array {
    return this.#visits[left][state];
  }

  /**
   * W as a cost of sets, next to no caching.
   *
   * @param left Slots that follow.
   * @param state Index of γ(t).
   */
  form(left: number, state: number): SetForm {
    const visits = this.visits(left, state);
    return combineForms(
      this.slotForms.map((form, k) => [visits[k], form] as const),
    );
  }
}
