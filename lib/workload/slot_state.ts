/**
 * What chance decides in a slot.
 *
 * Shapes: U users.
 *
 * @module
 */

/** What chance decides in a slot. */
export interface SlotState {
  /** Index of γ(t) among the popularity states. */
  readonly popularityIndex: number;
  /** δ_i(t): pairs (re, im), length 2U. */
  readonly fading: Float64Array;
  /** Z_i(t): requested model of every user, counted from 0, length U. */
  readonly requestedModel: Int32Array;
  /** d_i^in(t) in byte, length U. */
  readonly inputBytes: Float64Array;
  /** d_i^out(t) in byte, length U. */
  readonly outputBytes: Float64Array;
}
