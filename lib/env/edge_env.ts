/**
 * The paper's environment behind Gymnasium's contract.
 *
 * @module
 */

import { InputError, parseInput } from "../input/input_error.ts";
import { choiceSchema, objectSchema } from "../input/schema.ts";
import { checkEpisodeSeed, SEED_SCHEMA } from "../input/seeds.ts";
import { drawInstance, type Instance } from "../scenario/instance.ts";
import { checkScenario, type Scenario } from "../scenario/scenario.ts";
import { actionSize, decodeAction } from "./action.ts";
import { checkDecision } from "./check_decision.ts";
import {
  CHOICES_SCHEMA,
  DEFAULT_CHOICES,
  type DoorChoices,
} from "./choices.ts";
import type { HitRates } from "./hit_rate.ts";
import { observationSize, observe } from "./observation.ts";
import type { SlotView } from "./decider.ts";
import type { Decision, SlotOutcome } from "./slot.ts";
import {
  copySlot,
  generateTrace,
  type Split,
  SPLITS,
  type Trace,
  type TraceSlot,
} from "../workload/trace.ts";
import { type SlotMemory, startMemory } from "./slot_memory.ts";
import { type PlayedSlot, playSlot } from "./transition.ts";
import type { Environment, ResetResult, StepResult } from "./types.ts";

/** What {@linkcode EdgeEnv.reset} tells beside the observation. */
export interface EdgeResetInfo {
  /** Number of the episode in the sequence of the seed. */
  readonly episode: number;
  /** The trace that will be played. */
  readonly trace: Trace;
}

/** What {@linkcode EdgeEnv.step} tells beside observation and reward. */
export interface EdgeStepInfo {
  /** Number of the slot that was played, from 0. */
  readonly slot: number;
  /** The slot that was played. */
  readonly played: TraceSlot;
  /** The decision that was judged. */
  readonly decision: Decision;
  /** Everything that follows from it. */
  readonly outcome: SlotOutcome;
  /** G(t) (Eq. 15). */
  readonly objective: number;
  /** Share of requests whose model the user's own server caches. */
  readonly hitRate: number;
  /** Hit rates under every reading. */
  readonly hitRates: HitRates;
  /** Cost of loading models that their server did not hold; 0 where it is free. */
  readonly loadingCost: number;
}

/** Which instance and traces an {@linkcode EdgeEnv} plays. */
export interface EdgeEnvOptions {
  /** Seed of capacities, sizes and positions; by default 0. */
  readonly instanceSeed?: number;
  /** Split of the traces; by default `"train"`. */
  readonly split?: Split;
  /** How slots are observed and actions read, where not by the defaults. */
  readonly choices?: Partial<DoorChoices>;
}

const OPTIONS = objectSchema({
  instanceSeed: SEED_SCHEMA.optional(),
  split: choiceSchema(SPLITS).optional(),
  choices: CHOICES_SCHEMA.optional(),
}, "an object with instanceSeed, split, choices");

/** Says whom a decision never serves, so that its reward is no number. */
function refuseReward(
  { outcome, reward }: PlayedSlot,
  { server, bandwidthShare, computeShare }: Decision,
): never {
  const user = outcome.responseTimeS.indexOf(Infinity);
  if (user < 0) {
    throw new InputError(
      `Cannot step: the reward must be a finite number, got ${reward}`,
    );
  }
  const at = server[user] * server.length + user;
  throw new InputError(
    `Cannot step: the response time of user ${user} must be finite, got Infinity (bandwidth share ${
      bandwidthShare[at]
    }, compute share ${computeShare[at]})`,
  );
}

/**
 * EdgeAIGC as an environment: cache models, share bandwidth and GPUs, slot by
 * slot (Sections 3 and 4.2).
 *
 * | | |
 * |---|---|
 * | observation | Eq. 19, `Float32Array`, 1 + 4U inputs by default; see {@linkcode observe} |
 * | action | Eq. 20, `Float32Array` in [-1, 1], E·M + 2·E·U; see {@linkcode decodeAction} |
 * | reward | Eq. 21, −G/U, minus the storage penalty where the choices have one |
 * | start | a popularity state drawn uniformly (Algorithm 1, line 2) |
 * | terminated | never: popularity and requests go on |
 * | truncated | after T slots |
 * | randomness | a trace per (instance seed, split, seed, episode); actions draw nothing |
 *
 * `reset(seed)` starts the sequence of episodes of `seed`; `reset()` goes on to
 * its next episode. After the last slot `step` throws until `reset`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { EdgeEnv } from "./edge_env.ts";
 *
 * const env = new EdgeEnv(SMALL_SCENARIO);
 * env.reset(7);
 * const step = env.step(new Float32Array(env.actionSize));
 * assertEquals(step.info.outcome.violations, []);
 * assertEquals(step.truncated, false);
 * ```
 */
export class EdgeEnv implements Environment<EdgeResetInfo, EdgeStepInfo> {
  /** The scenario that is played. */
  readonly scenario: Scenario;
  /** The instance that was drawn from it; `redraw: "slot"` draws others later. */
  readonly instance: Instance;
  /** Length of every observation. */
  readonly observationSize: number;
  /** Length of every action. */
  readonly actionSize: number;
  readonly #instanceSeed: number;
  readonly #split: Split;
  readonly #choices: DoorChoices;
  #seed = 0;
  #episode = -1;
  #slot = 0;
  #trace: Trace | undefined;
  #memory: SlotMemory;

  /**
   * Builds the environment; nothing is played before `reset`.
   *
   * @throws {InputError} If the scenario or an option is not valid.
   */
  constructor(scenario: Scenario, options: EdgeEnvOptions = {}) {
    const act = "make the environment";
    const { instanceSeed = 0, split = "train", choices } = parseInput(
      OPTIONS,
      options,
      { act, path: ["options"] },
    );
    this.#choices = { ...DEFAULT_CHOICES, ...choices };
    this.scenario = checkScenario(scenario, act);
    this.#instanceSeed = instanceSeed;
    this.#split = split;
    this.instance = drawInstance(scenario, instanceSeed);
    this.observationSize = observationSize(scenario, this.#choices);
    this.actionSize = actionSize(scenario);
    this.#memory = startMemory(this.instance);
  }

  /**
   * Starts an episode; see {@linkcode EdgeEnv}.
   *
   * @param seed A whole number from 0 on.
   * @throws {InputError} If the seed is none.
   */
  reset(seed?: number): ResetResult<EdgeResetInfo> {
    if (seed === undefined) {
      this.#episode++;
    } else {
      this.#seed = checkEpisodeSeed(seed, "reset the environment");
      this.#episode = 0;
    }
    this.#trace = generateTrace(this.scenario, {
      instanceSeed: this.#instanceSeed,
      seed: this.#seed,
      split: this.#split,
      episode: this.#episode,
    }, this.instance);
    this.#slot = 0;
    this.#memory = startMemory(this.instance);
    return {
      observation: this.#observe(this.#trace),
      info: { episode: this.#episode, trace: this.#trace },
    };
  }

  /**
   * Decodes and judges an action, then moves to the next slot.
   *
   * @throws {Error} Before `reset` and after the last slot.
   * @throws {InputError} If the action does not fit.
   */
  step(action: Float32Array): StepResult<EdgeStepInfo> {
    return this.#advance((played) =>
      decodeAction(action, played, this.scenario.assumptions, this.#choices)
    );
  }

  /**
   * As {@linkcode EdgeEnv.step}, for a decision that needs no decoding.
   *
   * @throws {InputError} If the decision's form is wrong: a type, a shape, a server
   * that is not there, a share that is no number; or if it leaves a user unserved
   * forever, as a share of 0 does, so that the reward is infinite.
   */
  stepDecision(decision: Decision): StepResult<EdgeStepInfo> {
    return this.#advance(({ instance }) =>
      checkDecision(decision, instance, "step")
    );
  }

  /** The slot that the next step plays. */
  get currentSlot(): TraceSlot {
    return this.#playing().slots[this.#slot];
  }

  /**
   * What a decider may look at before it decides the next step. All of it is a copy:
   * whoever sorts it in place does not change the world.
   */
  get view(): SlotView {
    const trace = this.#playing();
    const current = trace.slots[this.#slot];
    const { requestedModel, inputBytes, outputBytes } = this.#requests(
      trace,
    ).state;
    const { cache, downlinkFreeAtS } = this.#memory;
    return {
      scenario: this.scenario,
      slot: this.#slot,
      observation: this.#observe(trace),
      visible: copySlot({
        ...current,
        state: { ...current.state, requestedModel, inputBytes, outputBytes },
      }),
      previous: {
        cache: cache.slice(),
        downlinkFreeAtS: downlinkFreeAtS.slice(),
      },
    };
  }

  #playing(): Trace {
    const { slotsPerEpisode } = this.scenario.parameters;
    if (this.#trace === undefined || this.#slot >= slotsPerEpisode) {
      throw new Error(
        `Cannot step: the episode must be running, got ${
          this.#trace === undefined
            ? "no reset"
            : `${this.#slot} of ${slotsPerEpisode} slots played`
        }`,
      );
    }
    return this.#trace;
  }

  #advance(
    decide: (played: TraceSlot) => Decision,
  ): StepResult<EdgeStepInfo> {
    const trace = this.#playing();
    const slot = this.#slot;
    const played = trace.slots[slot];
    const decision = decide(played);
    const result = playSlot(
      this.scenario,
      played,
      decision,
      this.#memory,
      this.#choices,
    );
    if (!Number.isFinite(result.reward)) refuseReward(result, decision);
    this.#memory = result.memory;
    this.#slot++;
    return {
      observation: this.#observe(trace),
      reward: result.reward,
      terminated: false,
      truncated: this.#slot === this.scenario.parameters.slotsPerEpisode,
      info: {
        slot,
        played,
        decision,
        outcome: result.outcome,
        objective: result.outcome.objective,
        hitRate: result.hitRates.hitRateOwnServer,
        hitRates: result.hitRates,
        loadingCost: result.loadingCost,
      },
    };
  }

  /** The slot whose requests are seen. */
  #requests(trace: Trace): TraceSlot {
    const reactive = this.scenario.assumptions.requestVisibility === "reactive";
    if (reactive) return trace.slots[this.#slot];
    return this.#slot === 0 ? trace.before : trace.slots[this.#slot - 1];
  }

  #observe(trace: Trace): Float32Array {
    return observe(this.scenario, {
      current: trace.slots[this.#slot],
      requests: this.#requests(trace),
      slot: this.#slot,
      previous: this.#memory,
    }, this.#choices);
  }
}
