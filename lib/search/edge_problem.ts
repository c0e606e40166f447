/**
 * The environment as something to search, and the searches as decision makers:
 * the only file of this folder that knows the environment.
 *
 * PCRAS and GCRAS (Section 5.1) are {@linkcode SearchPolicy} with a particle
 * swarm and with a genetic algorithm.
 *
 * @module
 */

import { actionSize } from "../env/action.ts";
import { type ActionChoices, DEFAULT_ACTION } from "../env/choices.ts";
import type { Decider, EpisodeView, SlotView } from "../env/decider.ts";
import { generateTrace, type TraceSlot } from "../workload/trace.ts";
import { PreparedSlot } from "../env/prepared_slot.ts";
import type { SlotMemory } from "../env/slot_memory.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { GeneticAlgorithm } from "./ga.ts";
import {
  DEFAULT_GA,
  DEFAULT_PSO,
  type GaHyperparameters,
  type PsoHyperparameters,
  type SearchHyperparameters,
} from "./ledger.ts";
import { minimize } from "./minimize.ts";
import type { PopulationSearch } from "./population_search.ts";
import type { SearchSpace } from "./problem.ts";
import { parseInput } from "../input/input_error.ts";
import { choiceSchema } from "../input/schema.ts";
import { createProblem, type Problem } from "./problem.ts";
import { ParticleSwarm } from "./pso.ts";

/**
 * Minimizes the mean of G(t) (Eq. 15, with the storage penalty where the
 * choices have one) over `slots`, which share one action of [−1, 1]^D through the decoder
 * that agents use, D = E·M + 2·E·U.
 *
 * Components count as 32-bit numbers, as an agent's do: the best point as a
 * `Float32Array` is an action that earns just what was found. A point costs one
 * evaluation per slot.
 *
 * @param slots The slots, at least one.
 * @param memory What the slot before the only one left, where a reading carries
 * something over; otherwise every slot is judged as a first one.
 * @param choices How actions are read; by default the ledger's defaults.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { generateTrace } from "../workload/trace.ts";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { createEdgeProblem, createSearch } from "./edge_problem.ts";
 * import { minimize } from "./minimize.ts";
 *
 * const { slots } = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 0 });
 * const problem = createEdgeProblem(SMALL_SCENARIO, [slots[0]]);
 * const search = createSearch("ga", problem, 0, { generations: 20 });
 * const early = minimize(problem, search, 50).value;
 * assert(minimize(problem, search, 1000).value < early);
 * ```
 */
export function createEdgeProblem(
  scenario: Scenario,
  slots: readonly TraceSlot[],
  memory?: SlotMemory,
  choices: ActionChoices = DEFAULT_ACTION,
): Problem {
  const { assumptions } = scenario;
  const prepared = slots.map((slot) =>
    new PreparedSlot(slot, { assumptions, memory, choices })
  );
  const dimension = actionSize(scenario);
  return createProblem(
    { dimension, evaluationsPerPoint: slots.length },
    (points, count, out) => {
      for (let row = 0; row < count; row++) {
        let sum = 0;
        for (const slot of prepared) {
          sum += slot.objective(points, row * dimension);
        }
        out[row] = sum / prepared.length;
      }
    },
  );
}

/** What searches: PCRAS by `"pso"`, GCRAS by `"ga"`. */
export type SearchAlgorithm = "pso" | "ga";

const ALGORITHM = choiceSchema(["pso", "ga"]);

const PSO_OPTIONS = [
  "populationSize",
  "inertia",
  "finalInertia",
  "cognitive",
  "social",
  "maxVelocity",
] as const;

const GA_OPTIONS = [
  "populationSize",
  "tournamentSize",
  "crossoverProbability",
  "crossoverEta",
  "mutationsPerChild",
  "mutationEta",
  "eliteCount",
] as const;

/** Some values of an object. */
function pick<Values extends object, Key extends keyof Values>(
  keys: readonly Key[],
  values: Values,
): Pick<Values, Key> {
  return Object.fromEntries(keys.map((key) => [key, values[key]])) as Pick<
    Values,
    Key
  >;
}

/** How {@linkcode createSearch} searches. */
export interface CreateSearchOptions {
  /** Generations in which inertia becomes its final value. */
  readonly generations: number;
  /** Hyperparameters that differ from the ledger's defaults. */
  readonly hyperparameters?: Partial<PsoHyperparameters & GaHyperparameters>;
}

/**
 * Starts a search.
 *
 * @param space The box to search.
 * @param seed Root seed: the same seed and options find the same points.
 * @throws {InputError} If there is no such algorithm, or a value is out of range.
 */
export function createSearch(
  algorithm: SearchAlgorithm,
  space: SearchSpace,
  seed: number | string,
  { generations, hyperparameters }: CreateSearchOptions,
): PopulationSearch {
  parseInput(ALGORITHM, algorithm, {
    act: "create a search",
    path: ["algorithm"],
  });
  return algorithm === "pso"
    ? new ParticleSwarm(space, seed, {
      ...pick(PSO_OPTIONS, { ...DEFAULT_PSO, ...hyperparameters }),
      inertiaGenerations: generations,
    })
    : new GeneticAlgorithm(
      space,
      seed,
      pick(GA_OPTIONS, { ...DEFAULT_GA, ...hyperparameters }),
    );
}

/** How a {@linkcode SearchPolicy} searches. */
export interface SearchPolicyOptions {
  /** PCRAS searches by `"pso"`, GCRAS by `"ga"`. */
  readonly algorithm: SearchAlgorithm;
  /** Seed of the searches, and of the training slots that they see. */
  readonly seed: number;
  /** Instance of the training slots of `static` and `one-shot`. */
  readonly instanceSeed: number;
  /** Hyperparameters that differ from the ledger's defaults. */
  readonly hyperparameters?: Partial<PsoHyperparameters & GaHyperparameters>;
  /** How actions are read, where not by the ledger's defaults. */
  readonly choices?: Partial<ActionChoices>;
  /** Counts slot evaluations. */
  readonly budget?: { readonly spend: (evaluations: number) => void };
}

/**
 * A policy that searches for actions, by its protocol:
 *
 * | `protocol` | searches | over |
 * |---|---|---|
 * | `per-slot` | at every decision | the slot as far as it is visible |
 * | `per-episode` | at {@linkcode SearchPolicy.beginEpisode} | the slots of the episode, which it is shown in advance; not where requests are lagged |
 * | `static` | once | the slots of training episodes |
 * | `one-shot` | once | the first slot of the first training episode |
 *
 * A plan is one action for all slots that it is found on. Decisions depend on
 * options and slots only, not on earlier decisions: what a search draws is named
 * after the fading of its first slot. It starts from nothing: no heuristic, no
 * earlier plan.
 *
 * Where a reading carries something over, `per-slot` knows what the slot before left. The other protocols judge every slot as a first one.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { EdgeEnv } from "../env/edge_env.ts";
 * import { SMALL_SCENARIO as scenario } from "../scenario/scenario.ts";
 * import { SearchPolicy } from "./edge_problem.ts";
 *
 * const policy = new SearchPolicy(scenario, {
 *   algorithm: "ga",
 *   seed: 0,
 *   instanceSeed: 0,
 *   hyperparameters: { actionsPerPlan: 500 },
 * });
 * const env = new EdgeEnv(scenario);
 * env.reset(0);
 * assert(env.step(policy.decide(env.view)).reward < 0);
 * ```
 */
export class SearchPolicy implements Decider {
  /** Which slots a plan is for. */
  readonly protocol: SearchHyperparameters["protocol"];
  readonly #scenario: Scenario;
  /** How its actions are read. */
  readonly choices: ActionChoices;
  readonly #options: SearchPolicyOptions;
  readonly #hyperparameters: SearchHyperparameters;
  #plan: Float32Array | undefined;

  /** Prepares a policy; nothing is searched yet. */
  constructor(scenario: Scenario, options: SearchPolicyOptions) {
    this.#hyperparameters = {
      ...options.algorithm === "pso" ? DEFAULT_PSO : DEFAULT_GA,
      ...options.hyperparameters,
    };
    this.protocol = this.#hyperparameters.protocol;
    this.choices = { ...DEFAULT_ACTION, ...options.choices };
    this.#scenario = scenario;
    this.#options = options;
  }

  /**
   * Tells that an episode begins; `per-episode` plans for its slots.
   */
  beginEpisode({ slots }: EpisodeView): void {
    if (this.protocol !== "per-episode") return;
    this.#plan = slots.length === 0 ? undefined : this.#search(slots);
  }

  /**
   * An action for the slot.
   *
   * @throws {Error} Under `per-episode`, before an episode has begun.
   */
  decide(view: SlotView): Float32Array {
    if (this.protocol === "per-slot") {
      return this.#search([view.visible], view.previous);
    }
    if (this.#plan === undefined) {
      if (this.protocol === "per-episode") {
        throw new Error(
          "Cannot decide: the episode must have begun, got no slots of it",
        );
      }
      this.#plan = this.#search(this.#trainingSlots());
    }
    return this.#plan.slice();
  }

  /** Slots to plan on, from the training split. */
  #trainingSlots(): TraceSlot[] {
    const { instanceSeed, seed } = this.#options;
    const { parameters } = this.#scenario;
    const [episodes, slotsPerEpisode] = this.protocol === "one-shot"
      ? [1, 1]
      : [this.#hyperparameters.trainingEpisodes, parameters.slotsPerEpisode];
    const slots: TraceSlot[] = [];
    for (let episode = 0; episode < episodes; episode++) {
      const key = { instanceSeed, seed, split: "train", episode } as const;
      const trace = generateTrace(this.#scenario, key);
      slots.push(...trace.slots.slice(0, slotsPerEpisode));
    }
    return slots;
  }

  #search(slots: readonly TraceSlot[], memory?: SlotMemory): Float32Array {
    const { algorithm, seed, hyperparameters } = this.#options;
    const { actionsPerPlan, populationSize } = this.#hyperparameters;
    const problem = createEdgeProblem(
      this.#scenario,
      slots,
      memory,
      this.choices,
    );
    const [re, im] = slots[0].state.fading;
    const root = `${seed}/${re}/${im}`;
    const search = createSearch(algorithm, problem, root, {
      generations: Math.ceil(actionsPerPlan / populationSize),
      hyperparameters,
    });
    const budget = actionsPerPlan * problem.evaluationsPerPoint;
    const { point } = minimize(problem, search, budget);
    this.#options.budget?.spend(budget);
    return Float32Array.from(point);
  }
}
