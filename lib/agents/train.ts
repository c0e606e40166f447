/**
 * Algorithm 1: the training loop, for any agent and environment.
 *
 * @module
 */

import type { Environment } from "../env/types.ts";
import type { Agent } from "./agent.ts";
import { evaluate, type EvaluationResult } from "./evaluate.ts";
import { createPause } from "./event_loop.ts";
import { EpisodeTotals, type Metrics } from "./episode_totals.ts";
import { type LearningMeans, LearningTotals } from "./learning_totals.ts";
import { naming } from "./not_finite_error.ts";
import { checkTrainOptions } from "./options.ts";

/** A greedy evaluation now and then, apart from training. */
export interface EvaluationOptions<StepInfo> {
  /** An environment of its own. */
  readonly environment: Environment<unknown, StepInfo>;
  /** Evaluate after every so many episodes. */
  readonly every: number;
  /** Seeds of the held-out episodes. */
  readonly seeds: readonly number[];
  /** Whether a step's action broke a constraint (Eq. 18). */
  readonly isViolated: (info: StepInfo) => boolean;
}

/** Options of {@linkcode train}. */
export interface TrainOptions<StepInfo> {
  /** The agent to be trained. */
  readonly agent: Agent;
  /** What it is trained in. */
  readonly environment: Environment<unknown, StepInfo>;
  /** First episode, by default 1; later to continue from a checkpoint. */
  readonly firstEpisode?: number;
  /** Last episode: N of Algorithm 1. */
  readonly episodes: number;
  /** The seed that each episode's `reset` gets. */
  readonly episodeSeed: (episode: number) => number;
  /** Numbers of a step's info to be averaged. */
  readonly metrics: (info: StepInfo) => Metrics;
  /** Greedy evaluation, if wanted. */
  readonly evaluation?: EvaluationOptions<StepInfo>;
  /** Milliseconds; decides only when the event loop gets its turn. */
  readonly clock: () => number;
  /** Ends training after the episode in which it is aborted. */
  readonly signal?: AbortSignal;
}

/** One training episode. */
export interface TrainingRow {
  /** Number of the episode, from 1. */
  readonly episode: number;
  /** Sum of the unscaled rewards, exploration noise included. */
  readonly episodeReturn: number;
  /** Environment steps of the episode. */
  readonly steps: number;
  /** Gradient updates during the episode. */
  readonly updates: number;
  /** Means over the episode's steps. */
  readonly metrics: Metrics;
  /**
   * Means over the episode's updates, as far as the agent gives them; a learner
   * from elsewhere may leave them out.
   */
  readonly learning?: LearningMeans;
  /** The greedy evaluation after the episode, where one was due. */
  readonly evaluation?: EvaluationResult;
}

/**
 * Trains an agent (Algorithm 1) and yields one row an episode.
 *
 * When a row is yielded, agent and counters stand at the episode's end: this
 * is the moment to save a checkpoint. Everything an episode depends on is the
 * agent's state and its number, so that training continued from a checkpoint
 * of episode k with `firstEpisode: k + 1` equals training never interrupted.
 *
 * @throws {InputError} At once, if an option is missing, unknown or of the wrong
 * kind.
 * @throws {NotFiniteError} In the step in which a number is met that is not finite:
 * an observation, action, reward, metric, loss, parameter or moment.
 */
export function train<StepInfo>(
  options: TrainOptions<StepInfo>,
): AsyncGenerator<TrainingRow, void, void> {
  checkTrainOptions(options);
  return trainEpisodes(options);
}

async function* trainEpisodes<StepInfo>(
  options: TrainOptions<StepInfo>,
): AsyncGenerator<TrainingRow, void, void> {
  const { agent, environment, episodes, evaluation, signal } = options;
  const pause = createPause(options.clock);
  // Line 1: for episode = 1 to N.
  for (
    let episode = options.firstEpisode ?? 1;
    episode <= episodes;
    episode++
  ) {
    if (signal?.aborted) return;
    const totals = new EpisodeTotals();
    const learning = new LearningTotals();
    let updates = 0;
    // Line 2: the initial state s(1).
    let { observation } = environment.reset(options.episodeSeed(episode));
    // Line 3: for t = 1 to T.
    for (let ended = false, t = 1; !ended; t++) {
      naming("train", () => `in step ${t} of episode ${episode}`, () => {
        // Line 4: the actor's action a(t), with exploration noise.
        const action = agent.explore(observation);
        // Line 5: the environment's reward r(t) and next state s(t+1).
        const current = observation.slice();
        const step = environment.step(action);
        // Line 6: the transition goes to the replay buffer.
        agent.observe({
          observation: current,
          action,
          reward: step.reward,
          nextObservation: step.observation,
          terminated: step.terminated,
          truncated: step.truncated,
        });
        // Lines 7 to 9: training, once enough is stored.
        updates += agent.update(learning);
        totals.add(step.reward, options.metrics(step.info));
        observation = step.observation;
        ended = step.terminated || step.truncated;
      });
      await pause();
    }
    const due = evaluation !== undefined && episode % evaluation.every === 0;
    const { episodeReturn, steps, metrics } = totals.summary();
    yield {
      episode,
      episodeReturn,
      steps,
      updates,
      metrics,
      learning: learning.means(),
      ...(due
        ? {
          evaluation: await evaluate({
            environment: evaluation.environment,
            seeds: evaluation.seeds,
            isViolated: evaluation.isViolated,
            policy: agent,
            metrics: options.metrics,
            clock: options.clock,
          }),
        }
        : {}),
    };
  }
}
