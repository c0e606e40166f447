/**
 * The plan of a server whose results wait for each other.
 *
 * @module
 */

import { CacheSets, fewModels } from "./cache_sets.ts";
import type { PlannedServer, PlanProblem } from "./plan_problem.ts";
import { dropModels, stepWith } from "./set_passes.ts";
import { countChoices, WaitTable } from "./wait_table.ts";
import type { ServerShares } from "./wait_search.ts";

/** Choices of hits and loads up to which an episode of a server is tabulated. */
const MOST_CHOICES = 2 ** 17;
/** Models that are requested in a slot at most, since each has a digit. */
const MOST_MODELS = 11;
/** Sets up to which an episode of a server is planned. */
const MOST_SETS = 2 ** 16;
/** Plans whose shares are searched. */
const ROUNDS = 24;

/** What {@linkcode planWaits} returns. */
export interface WaitPlan {
  /** What the server's part of Σ_t G(t) is not below. */
  readonly lowerBound: number;
  /** The models of each slot, length T. */
  readonly models: readonly (readonly number[])[];
  /** The shares of each slot, length T. */
  readonly shares: readonly ServerShares[];
}

/**
 * The models that save something in a plan whatever else it holds, by the largest
 * savings that tables have for them, in rising order. Any plan is no worse without
 * one that does not, and then others may be such.
 */
function payingInTables(
  problem: PlanProblem,
  tables: readonly WaitTable[],
): Int32Array {
  const { slots, modelBytes, capacityBytes, loadingCost } = problem;
  const left = Uint8Array.from(
    modelBytes,
    (bytes) => bytes <= capacityBytes ? 1 : 0,
  );
  const pays = (m: number): boolean => {
    let best = 0;
    let holding = -Infinity;
    slots.forEach((slot, t) => {
      const k = tables[t].models.indexOf(m);
      const { held, loaded } = k < 0
        ? { held: slot.saving[m], loaded: slot.saving[m] - loadingCost[m] }
        : tables[t].savings(k, left);
      holding = Math.max(holding + held, best + loaded);
      best = Math.max(best, holding);
    });
    return best > 0;
  };
  let before: number;
  do {
    before = left.reduce((sum, one) => sum + one, 0);
    left.forEach((one, m) => {
      if (one === 1 && !pays(m)) left[m] = 0;
    });
  } while (left.reduce((sum, one) => sum + one, 0) < before);
  return Int32Array.from(left.keys()).filter((m) => left[m] === 1);
}

/** A slot as the program goes through it. */
interface WaitSlot {
  readonly table: WaitTable;
  /** What each choice costs as far as it is known. */
  readonly cost: Float64Array;
  /** Whether each choice has shares. */
  readonly isShared: Uint8Array;
  /** Storage that nobody requests, and the hits of each set as a choice. */
  readonly idleCost: Float64Array;
  readonly hits: Int32Array;
  /** The models that nobody requests, and the others with their digits. */
  readonly idle: readonly number[];
  readonly requested: readonly { readonly m: number; readonly place: number }[];
}

/** The program over the sets of one server. */
class WaitProgram {
  readonly #problem: PlanProblem;
  readonly #models: Int32Array;
  readonly #sets: CacheSets;
  readonly slots: readonly WaitSlot[];

  constructor(
    problem: PlanProblem,
    tables: readonly WaitTable[],
    models: Int32Array,
  ) {
    this.#problem = problem;
    this.#models = models;
    this.#sets = new CacheSets(
      Float64Array.from(models, (m) => problem.modelBytes[m]),
      problem.capacityBytes,
    );
    const { count, parent, last } = this.#sets;
    this.slots = tables.map((table, t): WaitSlot => {
      const places = Array.from(models, (model) => {
        const k = table.models.indexOf(model);
        return k < 0 ? 0 : table.place[k];
      });
      const idleCost = new Float64Array(count);
      const hits = new Int32Array(count);
      for (let set = 1; set < count; set++) {
        const m = last[set];
        hits[set] = hits[parent[set]] + places[m];
        idleCost[set] = idleCost[parent[set]] -
          (places[m] === 0 ? problem.slots[t].saving[models[m]] : 0);
      }
      const all = Array.from(models.keys());
      return {
        table,
        cost: table.cost.slice(),
        isShared: new Uint8Array(table.cost.length),
        idleCost,
        hits,
        idle: all.filter((m) => places[m] === 0),
        requested: all.filter((m) => places[m] > 0)
          .map((m) => ({ m, place: places[m] })),
      };
    });
  }

  /** The best way by what choices cost as far as it is known. */
  solve(): { cost: number; sets: number[]; choices: number[] } {
    const { count, joined } = this.#sets;
    const { loadingCost } = this.#problem;
    let cost = new Float64Array(count).fill(Infinity);
    cost[0] = 0;
    const history = this.slots.map((slot) => {
      const from = Int32Array.from(cost.keys());
      dropModels(this.#sets, cost, from);
      for (const m of slot.idle) {
        const price = loadingCost[this.#models[m]];
        stepWith(this.#sets, m, price, cost, from);
      }
      const next = new Float64Array(count).fill(Infinity);
      const origin = new Int32Array(count);
      const choices = new Int32Array(count);
      const { requested, idleCost, hits } = slot;
      const extend = (
        set: number,
        first: number,
        choice: number,
        start: number,
      ): void => {
        const total = cost[start] + idleCost[set] + slot.cost[choice];
        if (total < next[set]) {
          next[set] = total;
          origin[set] = from[start];
          choices[set] = choice;
        }
        for (let k = first; k < requested.length; k++) {
          const { m, place } = requested[k];
          const larger = joined[m][set];
          if (larger >= 0) extend(larger, k + 1, choice + 2 * place, start);
        }
      };
      for (let set = 0; set < count; set++) {
        if (cost[set] < Infinity) extend(set, 0, hits[set], set);
      }
      cost = next;
      return { origin, choices };
    });
    let state = 0;
    for (let set = 1; set < count; set++) {
      if (cost[set] < cost[state]) state = set;
    }
    const best: { cost: number; sets: number[]; choices: number[] } = {
      cost: cost[state],
      sets: [],
      choices: [],
    };
    for (const { origin, choices } of history.reverse()) {
      best.sets.unshift(state);
      best.choices.unshift(choices[state]);
      state = origin[state];
    }
    return best;
  }

  /** The models of a set. */
  modelsOf(set: number): number[] {
    return this.#sets.modelsOf(set).map((m) => this.#models[m]);
  }
}

/**
 * A plan for a server where waits count, on a downlink that is free when a slot
 * begins: the dynamic program over sets with what {@linkcode WaitTable} says of each
 * change of sets. With these costs, which no shares are below, its value is a bound;
 * a queue that is carried makes nothing cheaper.
 *
 * Then the shares of the plan are searched, their costs take the place of the bounds,
 * and another plan is made, until all choices of a plan have shares: it is the best
 * one by the shares that are found.
 *
 * @returns Nothing if tables or sets are too large.
 */
export function planWaits(
  planned: readonly PlannedServer[],
  problem: PlanProblem,
): WaitPlan | undefined {
  const { capacityBytes, modelBytes } = problem;
  let choices = 0;
  for (const { problem: server } of planned) {
    choices += countChoices(
      server.modelBytes,
      capacityBytes,
      MOST_CHOICES - choices,
    );
    if (choices > MOST_CHOICES) return undefined;
    if (server.models.length > MOST_MODELS) return undefined;
  }
  const tables = planned.map((one) => new WaitTable(one, problem));
  const models = payingInTables(problem, tables);
  const bytes = Float64Array.from(models, (m) => modelBytes[m]);
  if (fewModels(bytes, capacityBytes, MOST_SETS) < models.length) {
    return undefined;
  }
  const program = new WaitProgram(problem, tables, models);
  let plan = program.solve();
  const lowerBound = plan.cost;
  let best: { cost: number; plan: typeof plan } | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    let isKnown = true;
    let { cost } = plan;
    program.slots.forEach((slot, t) => {
      const choice = plan.choices[t];
      if (slot.isShared[choice] === 0) {
        isKnown = false;
        slot.isShared[choice] = 1;
        const shared = tables[t].shared(choice).cost;
        cost += shared - slot.cost[choice];
        slot.cost[choice] = shared;
      }
    });
    if (best === undefined || cost < best.cost) best = { cost, plan };
    if (isKnown) break;
    plan = program.solve();
  }
  const { sets, choices: chosen } = best!.plan;
  return {
    lowerBound,
    models: sets.map((set) => program.modelsOf(set)),
    shares: chosen.map((choice, t) => tables[t].shared(choice).shares),
  };
}
