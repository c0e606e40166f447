/**
 * The rows of results that trials leave, and their CSV columns.
 *
 * @module
 */

/** One training episode, with exploration noise. */
export interface EpisodeRow {
  /** Number of the episode, from 1. */
  readonly episode: number;
  /** Σ_t r(t), the total average user reward of Figs. 4 and 5. */
  readonly episodeReturn: number;
  /** Mean of G(t) over the slots (Eq. 18a). */
  readonly objective: number;
  /** Mean hit rate over the slots. */
  readonly hitRate: number;
}

/** One greedy evaluation on held-out traces: means over its episodes. */
export interface EvaluationRow extends EpisodeRow {
  /** Which traces were played. */
  readonly split: "validation" | "test";
}

/** Which trial a row comes from. */
export interface RowOrigin {
  /** Label of the algorithm, as in figures. */
  readonly series: string;
  /** Seed of the trial. */
  readonly seed: number;
}

/** A training episode of one of several trials: a row of a figure's curves. */
export type TrialEpisodeRow = RowOrigin & EpisodeRow;

/** An evaluation of one of several trials. */
export type TrialEvaluationRow = RowOrigin & EvaluationRow;
