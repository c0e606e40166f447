/**
 * What one server has to decide in an episode whose requests are known.
 *
 * @module
 */

import type { PreparedSlot } from "../env/prepared_slot.ts";
import { CacheCosts } from "./cache_costs.ts";
import { loadingTimeS } from "./expected_requests.ts";
import { type ServerProblem, serverProblem } from "./server_problem.ts";
import { UplinkSolver } from "../env/uplink_shares.ts";

/** A server's part of one slot of an episode: n users, M models. */
export interface PlanSlot {
  /** The server's part of G(t) without caches, waits and loads. */
  readonly cloudOnly: number;
  /** The costs in it, ω2·(fixed and backhaul). */
  readonly cloudOnlyCost: number;
  /** ω1 in 1/s, over 1 + n·floor where shares have a floor. */
  readonly loadWeight: number;
  /** Σ √(F_m/(K_j·A_8)) over the users of each model, length M. */
  readonly load: Float64Array;
  /** ω1·(cloud times) + ω2·(backhaul − storage) of caching each, length M. */
  readonly saving: Float64Array;
  /** The costs in it, ω2·(backhaul − storage), length M. */
  readonly savedCost: Float64Array;
  /** Model of each user, length n. */
  readonly model: Int32Array;
  /** When each user's result is ready at the earliest if it hits, in s, length n. */
  readonly hitS: Float64Array;
  /** And if the cloud serves it, in s, length n. */
  readonly missS: Float64Array;
  /** d^out/R^down in s, length n. */
  readonly downlinkS: Float64Array;
}

/** A server's part of an episode. */
export interface PlanProblem {
  /** Its slots, length T. */
  readonly slots: readonly PlanSlot[];
  /** S_m in byte, length M. */
  readonly modelBytes: Float64Array;
  /** S_j^E in byte, with the tolerance of the evaluator. */
  readonly capacityBytes: number;
  /** S_m/R^down_E,CS: what loading a model takes, in s, length M. */
  readonly loadingS: Float64Array;
  /** ω2·S_m·C_E,CS: what loading a model costs, length M. */
  readonly loadingCost: Float64Array;
  /** ω1 in 1/s. */
  readonly timeWeight: number;
  /** Length of a slot in s where the downlink's queue is carried. */
  readonly slotDurationS: number | undefined;
}

/** A server in a slot, with what its shares are made of. */
export interface PlannedServer {
  /** Its numbers. */
  readonly slot: PlanSlot;
  /** Its part of the slot. */
  readonly problem: ServerProblem;
  /** α of least Σ upload times, length n. */
  readonly bandwidth: Float64Array;
}

/**
 * A server's part of a slot as numbers of a plan. Without waits the best shares
 * are known for every set X of cached models (see `env/compute_shares.ts` and
 * `env/uplink_shares.ts`), and the server's part of G(t) (Eq. 15) is at least
 * cloudOnly + ω1·(Σ_X load)² − Σ_X saving, with equality where shares have no
 * floor and nobody waits for the downlink.
 *
 * @param slot The slot, prepared as if nothing came before it.
 * @param server The server j.
 */
export function planServer(slot: PreparedSlot, server: number): PlannedServer {
  const { instance } = slot;
  const problem = serverProblem(slot, server);
  const costs = new CacheCosts(problem);
  const uplink = new UplinkSolver(problem.uplink);
  const count = problem.users.length;
  const uploads = uplink.solve(new Float64Array(count).fill(1));
  const cloudOnly = costs.withoutCaches(uploads.lowerBound);
  const savedCost = instance.modelSizeBytes.map((bytes) =>
    -problem.costWeight * problem.storageCostPerByte * bytes
  );
  const saving = savedCost.slice();
  const load = new Float64Array(instance.numModels);
  problem.models.forEach((model, m) => {
    savedCost[model] = -costs.addedCost[m];
    saving[model] = costs.knapsack.saving[m];
    load[model] = costs.knapsack.load[m];
  });
  const { fullShareS } = problem.uplink;
  return {
    slot: {
      cloudOnly,
      cloudOnlyCost: costs.objective(0, new Uint8Array(problem.models.length)),
      loadWeight: costs.knapsack.loadWeight,
      load,
      saving,
      savedCost,
      model: problem.item.map((m) => problem.models[m]),
      hitS: fullShareS.map((timeS, i) => timeS + problem.edgeInferenceS[i]),
      missS: fullShareS.map((timeS, i) => timeS + problem.cloudS[i]),
      downlinkS: problem.downlinkS,
    },
    problem,
    bandwidth: uplink.share.slice(),
  };
}

/**
 * A server's part of an episode.
 *
 * @param slots Its slots in order, at least one.
 * @param first The first slot, of whose instance capacities, sizes and prices are.
 * @param slotDurationS Length of a slot in s where the queue is carried.
 */
export function planProblem(
  slots: readonly PlannedServer[],
  { instance }: Pick<PreparedSlot, "instance">,
  slotDurationS?: number,
): PlanProblem {
  const [{ problem }] = slots;
  return {
    slots: slots.map(({ slot }) => slot),
    modelBytes: instance.modelSizeBytes,
    capacityBytes: problem.capacityBytes,
    loadingS: instance.modelSizeBytes.map((_, m) => loadingTimeS(instance, m)),
    loadingCost: instance.modelSizeBytes.map((bytes) =>
      problem.costWeight * (bytes * instance.backhaulCostPerByte)
    ),
    timeWeight: problem.timeWeight,
    slotDurationS,
  };
}
