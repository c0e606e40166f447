/**
 * Separable lower bounds on what a set of cached models costs.
 *
 * Without waits a server that caches the set C of requested models costs
 * a·(Σ_C f_m)² − Σ_C s_m: its GPUs are shared in proportion to √F, and each cached
 * model saves its users' cloud costs less its storage. For any X and ν ≥ 0
 *
 *     a·(Σ_C f)² − Σ_C s ≥ −a·X² − ν·S + Σ_C (2aX·f_m − s_m + ν·S_m)
 *
 * over all sets C that fit into S: the square's tangent and a Lagrange multiplier.
 * What remains is separable.
 *
 * @module
 */

/** Which sets of models a server may cache, and what they cost. */
export interface CacheProblem {
  /** f_m = Σ √(inference time on all GPUs) over the users of a model, length D. */
  readonly load: Float64Array;
  /** s_m: what caching a model saves beside inference, length D. */
  readonly saving: Float64Array;
  /** S_m in byte or any other unit, length D. */
  readonly bytes: Float64Array;
  /** S in the same unit. */
  readonly capacityBytes: number;
  /** a: cost of (Σ f)², or less where the square overstates the cost. */
  readonly loadWeight: number;
}

/** Parts of the storage below which a model has no price. */
const NEGLIGIBLE_SIZE = 1e-12;
/** Sizes are cut here: multiplied by anything they stay finite. */
const LARGEST_SIZE = 1e30;

/**
 * Sizes in units of about the storage: a power of 2, so that no bit changes, and
 * prices of a unit neither overflow nor underflow.
 */
export function scaleBytes(
  bytes: Float64Array,
  capacityBytes: number,
): Pick<CacheProblem, "bytes" | "capacityBytes"> {
  const capacity = Math.min(capacityBytes, Number.MAX_VALUE);
  const unit = capacity > 0 ? 2 ** Math.floor(Math.log2(capacity)) : 1;
  return {
    bytes: bytes.map((size) => Math.min(size / unit, LARGEST_SIZE)),
    capacityBytes: capacity / unit,
  };
}

/** A bound of the form constant + Σ over C of what caching a model adds. */
export interface SeparableBound {
  /** Bound of no caching. */
  readonly constant: number;
  /** What each model adds, length D. */
  readonly added: Float64Array;
}

/** Tangent point X and multiplier ν. */
interface Multipliers {
  readonly tangent: number;
  readonly price: number;
}

/** The bound over all sets for some multipliers, and the load of its set. */
function rootBound(
  problem: CacheProblem,
  { tangent, price }: Multipliers,
): { readonly load: number; readonly bytes: number } {
  const { load, saving, bytes, loadWeight } = problem;
  let chosenLoad = 0;
  let chosenBytes = 0;
  for (let m = 0; m < load.length; m++) {
    const cost = 2 * loadWeight * tangent * load[m] - saving[m] +
      price * bytes[m];
    if (cost >= 0) continue;
    chosenLoad += load[m];
    chosenBytes += bytes[m];
  }
  return { load: chosenLoad, bytes: chosenBytes };
}

const HALVINGS = 30;

/** The tangent that maximizes the bound for a price: where it meets its load. */
function bestTangent(problem: CacheProblem, price: number): Multipliers {
  let low = 0;
  let high = problem.load.reduce((sum, load) => sum + load, 0);
  for (let step = 0; high > 0 && step < HALVINGS; step++) {
    const tangent = (low + high) / 2;
    if (rootBound(problem, { tangent, price }).load > tangent) low = tangent;
    else high = tangent;
  }
  return { tangent: (low + high) / 2, price };
}

/** Multipliers that make the root's bound about as high as it can be. */
export function bestMultipliers(problem: CacheProblem): Multipliers {
  const free = bestTangent(problem, 0);
  if (rootBound(problem, free).bytes <= problem.capacityBytes) return free;
  let low = 0;
  let high = 0;
  for (let m = 0; m < problem.load.length; m++) {
    if (problem.bytes[m] > NEGLIGIBLE_SIZE * problem.capacityBytes) {
      high = Math.max(high, problem.saving[m] / problem.bytes[m]);
    }
  }
  for (let step = 0; step < HALVINGS; step++) {
    const price = (low + high) / 2;
    const { bytes } = rootBound(problem, bestTangent(problem, price));
    if (bytes > problem.capacityBytes) low = price;
    else high = price;
  }
  return bestTangent(problem, high);
}

/** The separable bound of some multipliers. */
export function separableBound(
  problem: CacheProblem,
  { tangent, price }: Multipliers,
): SeparableBound {
  const { load, saving, bytes, capacityBytes, loadWeight } = problem;
  return {
    constant: -loadWeight * tangent * tangent - price * capacityBytes,
    added: load.map((f, m) =>
      2 * loadWeight * tangent * f - saving[m] + price * bytes[m]
    ),
  };
}

/** Parts of the best price that are tried where only few models fit. */
const PRICE_FACTORS = [1, 0.75, 0.5, 0.25, 0];

/**
 * Separable bounds for sets of at most `most` models. The fewer models fit, the
 * more a price that pays for parts of models understates; lower ones, with the
 * number of models bounded instead, then say more.
 */
export function separableBounds(
  problem: CacheProblem,
  most: number,
): SeparableBound[] {
  const { price } = bestMultipliers(problem);
  const { load, loadWeight } = problem;
  const total = load.reduce((sum, one) => sum + one, 0);
  const order = Array.from(load.keys());
  return PRICE_FACTORS.map((factor) => {
    let low = 0;
    let high = loadWeight === 0 ? 0 : total;
    for (let step = 0; high > 0 && step < HALVINGS; step++) {
      const tangent = (low + high) / 2;
      const { added } = separableBound(problem, {
        tangent,
        price: factor * price,
      });
      order.sort((a, b) => added[a] - added[b]);
      let chosen = 0;
      for (let k = 0; k < Math.min(most, order.length); k++) {
        if (added[order[k]] >= 0) break;
        chosen += load[order[k]];
      }
      if (chosen > tangent) low = tangent;
      else high = tangent;
    }
    return separableBound(problem, {
      tangent: (low + high) / 2,
      price: factor * price,
    });
  });
}

/** Separable bounds from one that does not know how much room there is. */
export function withPrices(
  problem: CacheProblem,
  { constant, added }: SeparableBound,
  most: number,
): SeparableBound[] {
  return separableBounds({
    ...problem,
    load: added.map(() => 0),
    saving: added.map((cost) => -cost),
    loadWeight: 0,
  }, most).map((bound) => ({ ...bound, constant: bound.constant + constant }));
}

/** How many of some models fit at most: the smallest ones. */
export function mostThatFit(
  bytes: Float64Array,
  capacityBytes: number,
): number {
  let most = 0;
  let usedBytes = 0;
  for (const size of bytes.toSorted()) {
    usedBytes += size;
    if (usedBytes > capacityBytes) break;
    most++;
  }
  return most;
}

/**
 * Sets filled greedily, for several prices of a byte: models by rising cost, as far
 * as they save anything and fit.
 */
export function filledSets(problem: CacheProblem): Uint8Array[] {
  const { bytes, capacityBytes } = problem;
  const { tangent, price } = bestMultipliers(problem);
  return PRICE_FACTORS
    .map((factor) => {
      const { added } = separableBound(problem, {
        tangent,
        price: factor * price,
      });
      const chosen = new Uint8Array(bytes.length);
      let usedBytes = 0;
      for (
        const m of Array.from(added.keys())
          .sort((a, b) => added[a] - added[b] || a - b)
      ) {
        if (added[m] >= 0 || usedBytes + bytes[m] > capacityBytes) continue;
        chosen[m] = 1;
        usedBytes += bytes[m];
      }
      return chosen;
    });
}
