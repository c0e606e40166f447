/**
 * Numbers that training and evaluation cannot go on with.
 *
 * @module
 */

/** What an agent met that is not finite. */
export interface NotFinite {
  /** What could not be done, for example `"train"`. */
  readonly act: string;
  /** Which number, for example `"the loss of critic 1"`. */
  readonly quantity: string;
  /** The number. */
  readonly value: number;
  /** Where it was met, the innermost place first, for example `["in update 312"]`. */
  readonly places: readonly string[];
  /** What may help. */
  readonly hint?: string;
}

/**
 * A number that is not finite has been met: the trial has failed, and nothing that
 * follows from it is worth keeping. Agents compute in 32 bits, so that a number is
 * finite here if it is below 3.4e38.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { NotFiniteError } from "./not_finite_error.ts";
 *
 * const error = new NotFiniteError({
 *   act: "learn",
 *   quantity: "the loss of critic 1",
 *   value: NaN,
 *   places: ["in update 312"],
 *   hint: "a smaller rewardScale may help",
 * });
 * assertEquals(
 *   error.during("train", "in episode 41").message,
 *   "Cannot train: the loss of critic 1 must be finite, got NaN in update 312, in episode 41 (a smaller rewardScale may help)",
 * );
 * ```
 */
export class NotFiniteError extends Error {
  /** Name that distinguishes it from faults of the program. */
  override readonly name = "NotFiniteError";
  /** What was met. */
  readonly found: NotFinite;

  /** Words what was met in one line. */
  constructor(found: NotFinite) {
    const { act, quantity, value, places, hint } = found;
    super(
      `Cannot ${act}: ${quantity} must be finite, got ${value}${
        places.length === 0 ? "" : ` ${places.join(", ")}`
      }${hint === undefined ? "" : ` (${hint})`}`,
    );
    this.found = found;
  }

  /** The same, as seen by who was doing `act`, perhaps at a place. */
  during(act: string, place?: string): NotFiniteError {
    const { places } = this.found;
    return new NotFiniteError({
      ...this.found,
      act,
      places: place === undefined ? places : [...places, place],
    });
  }
}

/**
 * Runs a part of a training or an evaluation, and says of a number that is not
 * finite where it was met.
 */
export function naming<Result>(
  act: string,
  place: () => string | undefined,
  run: () => Result,
): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof NotFiniteError ? error.during(act, place()) : error;
  }
}

/**
 * Refuses 32-bit numbers that are not finite.
 *
 * @param quantity What one of them is called, by its index.
 * @throws {NotFiniteError} For the first that is not.
 */
export function requireFiniteNumbers(
  values: Float32Array,
  found: Omit<NotFinite, "quantity" | "value">,
  quantity: (index: number) => string,
): void {
  // 0 · x is 0 for finite x and NaN for every other: half the time of a check of
  // each, where a learner has a million.
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += 0 * values[i];
  if (zero === 0) return;
  const index = values.findIndex((value) => !Number.isFinite(value));
  throw new NotFiniteError({
    ...found,
    quantity: quantity(index),
    value: values[index],
  });
}
