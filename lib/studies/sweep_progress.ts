/**
 * How far a running sweep is, and how long it will still take.
 *
 * @module
 */

import { reportedEpisodes } from "../trials/trial.ts";
import type { SweepTrial } from "./expand.ts";
import { type Forecast, type Foreseen, kindOf, type Work } from "./forecast.ts";

/** A trial that is running. */
export interface RunningTrial {
  /** The trial. */
  readonly trial: SweepTrial;
  /** When its worker was started, in milliseconds. */
  readonly startedMs: number;
  /** When something was heard of it last, in milliseconds. */
  readonly lastMs: number;
  /** Episodes that are behind it. */
  readonly episode: number;
  /** Episodes that it will report. */
  readonly episodes: number;
}

/** Options of {@linkcode SweepProgress}. */
export interface SweepProgressOptions {
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /** How long episodes take; learns from those that pass. */
  readonly forecast: Forecast;
  /** Trials at a time. */
  readonly jobs: number;
}

/** Counts what a sweep's trials do. */
export class SweepProgress {
  readonly #options: SweepProgressOptions;
  readonly #running = new Map<string, RunningTrial>();
  readonly #kinds = new Map<string, string>();
  readonly #waiting = new Map<string, Work>();
  #startedMs = 0;
  #before = 0;
  #ended = 0;
  #failed = 0;

  /** Starts with nothing to do. */
  constructor(options: SweepProgressOptions) {
    this.#options = options;
  }

  /** Trials that are finished, before and now. */
  get done(): number {
    return this.#before + this.#ended;
  }

  /** Trials that failed. */
  get failed(): number {
    return this.#failed;
  }

  /** Trials that have not begun. */
  get waiting(): number {
    return this.#waiting.values().reduce((sum, { trials }) => sum + trials, 0);
  }

  /** Trials in all. */
  get total(): number {
    return this.done + this.failed + this.waiting + this.#running.size;
  }

  /** Trials that run now, in the order in which they began. */
  get running(): readonly RunningTrial[] {
    return [...this.#running.values()];
  }

  /** Sets out with trials that are finished and others that are to be run. */
  begin(finished: number, trials: readonly SweepTrial[]): void {
    this.#startedMs = this.#options.clock();
    this.#before = finished;
    for (const trial of trials) {
      this.#kinds.set(trial.id, kindOf(trial.config));
      this.#wait(trial, 1);
    }
  }

  /** Adds a trial to those that wait, or takes it away. */
  #wait(trial: SweepTrial, change: 1 | -1): void {
    const kind = this.#kinds.get(trial.id)!;
    const { trials = 0, episodes = 0 } = this.#waiting.get(kind) ?? {};
    const own = reportedEpisodes(trial.config);
    this.#waiting.set(kind, {
      kind,
      trials: trials + change,
      episodes: episodes + change * own,
    });
  }

  /** A trial's worker was started. */
  start(trial: SweepTrial): void {
    const startedMs = this.#options.clock();
    this.#wait(trial, -1);
    this.#running.set(trial.id, {
      trial,
      startedMs,
      lastMs: startedMs,
      episode: 0,
      episodes: reportedEpisodes(trial.config),
    });
  }

  /** Learns how long so many episodes took since something was heard last. */
  #learn(running: RunningTrial, episodes: number): RunningTrial {
    const { clock, forecast } = this.#options;
    const lastMs = clock();
    const kind = this.#kinds.get(running.trial.id)!;
    forecast.add(kind, (lastMs - running.lastMs) / 1000, episodes);
    return { ...running, lastMs };
  }

  /** An episode of a trial has passed. */
  step(trial: SweepTrial, episode: number): void {
    const running = this.#running.get(trial.id);
    if (running === undefined) return;
    this.#running.set(trial.id, { ...this.#learn(running, 1), episode });
  }

  /** A trial no longer waits or runs. */
  #end(trial: SweepTrial): void {
    if (this.#running.delete(trial.id)) return;
    if (this.#kinds.has(trial.id)) this.#wait(trial, -1);
  }

  /** A trial is finished. */
  finish(trial: SweepTrial): void {
    const running = this.#running.get(trial.id);
    if (running) this.#learn(running, 0);
    this.#end(trial);
    this.#ended++;
  }

  /** A trial has failed. */
  fail(trial: SweepTrial): void {
    this.#end(trial);
    this.#failed++;
  }

  /** A trial that was running was put off. */
  leave(trial: SweepTrial): void {
    if (this.#running.delete(trial.id)) this.#wait(trial, 1);
  }

  /** Trials per minute that finish, once one has. */
  get perMinute(): number | undefined {
    const minutes = (this.#options.clock() - this.#startedMs) / 60_000;
    return this.#ended === 0 || minutes <= 0
      ? undefined
      : this.#ended / minutes;
  }

  /** How long what is left will take. */
  get left(): Foreseen {
    const running = this.running.map(({ trial, episode, episodes }) => ({
      kind: this.#kinds.get(trial.id)!,
      trials: 1,
      episodes: episodes - episode,
    }));
    const waiting = [...this.#waiting.values()].filter(({ trials }) =>
      trials > 0
    );
    const { forecast, jobs } = this.#options;
    return forecast.foresee([...running, ...waiting], jobs);
  }
}
