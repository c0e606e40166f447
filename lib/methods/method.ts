/**
 * The contract of every method: rules, searches, learners, the reference solver.
 *
 * @module
 */

import type { AgentState, TrainingRow } from "../agents/mod.ts";
import type { Decider, SlotView } from "../env/decider.ts";
import type { EdgeEnv } from "../env/edge_env.ts";
import type { RandomStream } from "../math/prng.ts";
import type { Engine } from "../nn/mod.ts";
import type { Instance } from "../scenario/instance.ts";
import type { LedgerEntry } from "../input/ledger_entry.ts";
import type { WorldExclusion } from "../optimum/world_needs.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { TraceSlot } from "../workload/trace.ts";
import type { SlotBudget } from "./slot_budget.ts";

/** A value of a hyperparameter. */
export type HyperparameterValue = string | number | readonly number[];

/** Values of a method's hyperparameters, by key. */
export type Hyperparameters = Readonly<Record<string, HyperparameterValue>>;

/**
 * What a method sees: `"visible"`, a slot when it is its turn, as far as the ledger's
 * `requestVisibility` shows it; or `"episode"`, all slots of the episode in advance.
 * The latter is marked as clairvoyant wherever it is shown.
 */
export type Sees = "visible" | "episode";

/** What a method is made from. */
export interface MethodSetup {
  /** The world. */
  readonly scenario: Scenario;
  /** Capacities, sizes and positions of the trial. */
  readonly instance: Instance;
  /** Seed of the trial: the root of {@linkcode MethodSetup.stream}. */
  readonly seed: number;
  /** Seed of {@linkcode MethodSetup.instance}. */
  readonly instanceSeed: number;
  /** A value for every hyperparameter of the method. */
  readonly hyperparameters: Hyperparameters;
  /** Opens the random stream of the trial that has this name. */
  readonly stream: (name: string) => RandomStream;
  /** Opens what computes networks; a trial records which. */
  readonly openEngine: () => Promise<Engine>;
  /** Where slots are evaluated before deciding, which is counted. */
  readonly budget: SlotBudget;
  /** Aborted when the trial is to stop. */
  readonly signal?: AbortSignal;
}

/** What a learner trains in, and how far. */
export interface TrainingSession {
  /** The environment, on traces of training. */
  readonly environment: EdgeEnv;
  /** First episode: 1, or later to continue from a checkpoint. */
  readonly firstEpisode: number;
  /** Last episode: N of Algorithm 1. */
  readonly episodes: number;
  /** The seed that each episode's `reset` gets. */
  readonly episodeSeed: (episode: number) => number;
  /** Milliseconds; decides only when the event loop gets its turn. */
  readonly clock: () => number;
  /** Ends training after the episode in which it is aborted. */
  readonly signal?: AbortSignal;
}

/** A decider that is trained before it decides. */
export interface Learner extends Decider {
  /**
   * Trains, and yields a row an episode. When a row is yielded the learner stands at
   * the episode's end: it may be saved, and decides greedily for an evaluation.
   */
  train(session: TrainingSession): AsyncIterable<TrainingRow>;
  /** The greedy action or decision. */
  decide(view: SlotView): ReturnType<Decider["decide"]>;
  /** All that its future depends on, hyperparameters apart. */
  save(): AgentState;
  /**
   * Continues from a state that a learner with the same setup saved.
   *
   * @param slots Slots of training until then.
   * @throws {Error} If the state is not one that it can have had after so many slots.
   */
  restore(state: AgentState, slots: number): void;
  /**
   * Looks at all that has been learned; called before an evaluation.
   *
   * @throws {Error} If a number is not finite.
   */
  requireFinite?(): void;
  /** Gradient updates so far, for the trial's manifest. */
  readonly updates?: number;
  /** Files that the trial keeps besides its tables, by name: the trained policy. */
  files?(): Readonly<Record<string, string | Uint8Array>>;
  /** Frees what it holds; it is of no use afterwards. */
  dispose?(): void;
}

/** A hyperparameter's value that another value, or the world, excludes. */
export interface HyperparameterExclusion {
  /** The hyperparameter. */
  readonly key: string;
  /** What it must be, in view of the other value. */
  readonly condition: string;
}

/**
 * What the mean of G(t) over an episode of these slots is not below, in expectation
 * over traces, for all deciders that the bound is about. Not finite where it says
 * nothing.
 */
export type EpisodeBound = (slots: readonly TraceSlot[]) => number;

/** What every method says of itself. */
export interface MethodDescription {
  /** Name on the command line, in configs and in identities of trials. */
  readonly name: string;
  /** Name in tables and figures. */
  readonly label: string;
  /** Color in figures; by default one that is free. */
  readonly color?: string;
  /** What it is called in worlds where the label would say too much. */
  readonly labelIn?: (scenario: Scenario) => string;
  /** What it sees; by default `"visible"`. */
  readonly sees?:
    | Sees
    | ((scenario: Scenario, hyperparameters: Hyperparameters) => Sees);
  /**
   * What the method knows of the least G of an episode; `undefined` in worlds where
   * it knows nothing. A decider that solves slots ({@linkcode Decider.solve}) and is
   * shown those that are played is asked for its bounds instead, so that nothing is
   * solved twice: their mean must be what this gives.
   */
  readonly bound?: (scenario: Scenario) => EpisodeBound | undefined;
  /** Its hyperparameters as entries of the ledger, by key. */
  readonly hyperparameters?: Readonly<Record<string, LedgerEntry>>;
  /**
   * A hyperparameter whose value another or the world excludes, or a reading of the
   * world that rules the method out, if there is one.
   */
  readonly exclusion?: (
    scenario: Scenario,
    hyperparameters: Hyperparameters,
  ) => HyperparameterExclusion | WorldExclusion | undefined;
}

/** A method that decides without being trained. */
export interface DecidingMethod extends MethodDescription {
  /** Whether it is trained. */
  readonly learns?: false;
  /** Makes a decider for a trial. */
  readonly create: (setup: MethodSetup) => Decider | Promise<Decider>;
}

/** A method that is trained. */
export interface LearningMethod extends MethodDescription {
  /** Whether it is trained. */
  readonly learns: true;
  /** Makes an untrained learner for a trial. */
  readonly create: (setup: MethodSetup) => Learner | Promise<Learner>;
}

/**
 * A method: what it is called, what it can be told, and how it is made. It is the
 * default export of a module.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decisionFor, fillCaches } from "../policies/mod.ts";
 * import type { Method } from "./method.ts";
 *
 * const smallestFirst: Method = {
 *   name: "smallest-first",
 *   label: "smallest first",
 *   create: ({ instance }) => {
 *     const { modelSizeBytes } = instance;
 *     const ranking = [...modelSizeBytes.keys()]
 *       .sort((a, b) => modelSizeBytes[a] - modelSizeBytes[b]);
 *     const caches = fillCaches(instance, () => ranking);
 *     return { decide: (view) => decisionFor(view, caches, "equal") };
 *   },
 * };
 * assertEquals(smallestFirst.learns, undefined);
 * ```
 */
export type Method = DecidingMethod | LearningMethod;
