/**
 * The rows that figures are drawn from: plain data, one object per observation.
 *
 * @module
 */

/** The return of one training episode of one run. */
export interface ConvergenceRow {
  /** Which curve the run belongs to: a method ("TD3") or a setting of one. */
  readonly series: string;
  /** Root seed of the run. */
  readonly seed: number;
  /** Number of the episode within the run. */
  readonly episode: number;
  /**
   * Total average user reward of the episode, Σ_t r(t) with r(t) of Eq. 21: the
   * vertical axis of Figures 4 and 5 of the paper.
   */
  readonly episodeReturn: number;
}

/** One point of the curves of a series: what its runs have in common. */
export interface ConvergencePoint {
  /** Which curve. */
  readonly series: string;
  /** Middle of the bin of episodes: the mean of their numbers. */
  readonly episode: number;
  /** Number of runs, one per seed. */
  readonly seeds: number;
  /** Mean over seeds of the mean return of the bin. */
  readonly mean: number;
  /** Lower end of Student's t interval of that mean; null for a single seed. */
  readonly lower: number | null;
  /** Upper end of Student's t interval of that mean; null for a single seed. */
  readonly upper: number | null;
  /** The least-squares polynomial of all episodes' mean returns, at `episode`. */
  readonly fit: number;
  /** Lower end of Student's t interval of the fit over seeds; null for one seed. */
  readonly fitLower: number | null;
  /** Upper end of Student's t interval of the fit over seeds; null for one seed. */
  readonly fitUpper: number | null;
}

/** A value of a method on the test traces of one seed, at a place of an axis. */
export interface MetricRow {
  /** The method. */
  readonly series: string;
  /** Place on the horizontal axis: a number, or a name. */
  readonly x: number | string;
  /** Seed of instance and traces, which all methods of the seed meet. */
  readonly seed: number;
  /** The value. */
  readonly value: number;
  /** Slots in which a constraint of Eq. 18 was broken; by default none. */
  readonly violations?: number;
}

/** What a method achieves on the test traces of one seed, with so many users. */
export interface UsersRow {
  /** The method. */
  readonly series: string;
  /** Number of users U. */
  readonly users: number;
  /** Seed of instance and traces, which all methods of the seed meet. */
  readonly seed: number;
  /** Mean hit rate over the slots: the vertical axis of Figure 6. */
  readonly hitRate: number;
  /** Mean of G(t) over the slots (Eq. 18a): the vertical axis of Figure 7. */
  readonly objective: number;
  /** Slots in which a constraint of Eq. 18 was broken; by default none. */
  readonly violations?: number;
}

/** The verdict on a claim of the paper under a reading of what it leaves open. */
export interface MatrixRow {
  /** Readings of one panel were run alike. */
  readonly panel: string;
  /** The claim, in words. */
  readonly claim: string;
  /** Name of the reading. */
  readonly reading: string;
  /** What the data say. */
  readonly verdict:
    | "reproduced"
    | "contradicted"
    | "undetermined"
    | "not run";
  /** Whether the reading changes nothing that the claim rests on. */
  readonly inherited: boolean;
}
