/**
 * What a method spends before it decides.
 *
 * @module
 */

/** Counts how often the objective of a slot is asked for. */
export class SlotBudget {
  #evaluations = 0;

  /** Slot evaluations so far. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** Counts evaluations: one for every action or decision and slot. */
  spend(evaluations: number): void {
    this.#evaluations += evaluations;
  }
}
