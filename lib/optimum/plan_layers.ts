/**
 * The states between two slots of a plan.
 *
 * @module
 */

/** States of one time at which the downlink is free. */
export interface PlanLayer {
  /** Its place among the layers. */
  readonly index: number;
  /** That time, in s from the start of the next slot. */
  readonly freeAtS: number;
  /** Least cost so far of each set. */
  readonly cost: Float64Array;
  /** The least of them. */
  least: number;
  /** The state before: its layer's index times the number of sets, plus its set. */
  readonly from: Int32Array;
}

/** States between two slots: a time at which the downlink is free, and a set. */
export class PlanLayers {
  /** Layers in the order in which their times were reached. */
  readonly list: PlanLayer[] = [];
  readonly #count: number;
  #latest: PlanLayer | undefined;

  /**
   * No state is reached.
   *
   * @param count Number of sets.
   */
  constructor(count: number) {
    this.#count = count;
  }

  /**
   * Reaches a state.
   *
   * @param freeAtS When the downlink is free, in s from the start of the next slot.
   * @param set The set that is held.
   * @param cost Cost so far.
   * @param from The state before.
   */
  reach(freeAtS: number, set: number, cost: number, from: number): void {
    if (this.#latest?.freeAtS !== freeAtS) this.#latest = this.#at(freeAtS);
    if (cost >= this.#latest.cost[set]) return;
    if (cost < this.#latest.least) this.#latest.least = cost;
    this.#latest.cost[set] = cost;
    this.#latest.from[set] = from;
  }

  #at(freeAtS: number): PlanLayer {
    const found = this.list.find((layer) => layer.freeAtS === freeAtS);
    if (found !== undefined) return found;
    const cost = new Float64Array(this.#count).fill(Infinity);
    const layer = {
      index: this.list.length,
      freeAtS,
      cost,
      least: Infinity,
      from: new Int32Array(this.#count),
    };
    this.list.push(layer);
    return layer;
  }
}
