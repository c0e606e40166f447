/**
 * The kernels as TypeScript sees them. What each computes is written in the
 * `.as` file that it comes from; all arguments but Adam's factors are byte
 * addresses, byte steps and counts.
 *
 * @module
 */

import { KERNELS_BASE64 } from "./kernels_base64.ts";

type Kernel<Arguments extends number[], Result = void> = (
  ...values: Arguments
) => Result;
type Five = [number, number, number, number, number];
type Six = [...Five, number];
type Seven = [...Six, number];
type Eight = [...Seven, number];

/** The exports of the compiled kernels. */
export interface Kernels {
  /** `product.as`: C = max(Aᵀ B, floor). */
  readonly product: Kernel<[...Eight, number, number, number]>;
  /** `product.as`: the first column of that. */
  readonly productOfColumn: Kernel<[...Eight, number]>;
  /** `sparse.as`: lists of every two columns; returns their length. */
  readonly listColumns: Kernel<Eight, number>;
  /** `sparse.as`: lists of every two rows; returns their length. */
  readonly listRows: Kernel<Eight, number>;
  /** `sparse.as`: C = max(Σ number · row of B, floor), over lists. */
  readonly sparseProduct: Kernel<[...Eight, number]>;
  /** `transposition.as`: T = Sᵀ. */
  readonly transpose: Kernel<Eight>;
  /** `transposition.as`: lists the rows that are not 0; returns their number. */
  readonly rowsInUse: Kernel<Five, number>;
  /** `transposition.as`: T = Sᵀ for the rows of a list. */
  readonly transposeRows: Kernel<Eight>;
  /** `transposition.as`: puts columns at the places of a list. */
  readonly spreadColumns: Kernel<Seven>;
  /** `activations.as`: x ← max(x, 0), for products that do not rectify. */
  readonly rectify: Kernel<[number, number]>;
  /** `activations.as`: back through a rectifier. */
  readonly rectifierSlope: Kernel<Six>;
  /** `activations.as`: x ← tanh x. */
  readonly hyperbolicTangent: Kernel<[number, number, number, number]>;
  /** `activations.as`: back through {@linkcode Kernels.hyperbolicTangent}. */
  readonly tangentSlope: Kernel<Six>;
  /** `value_head.as`: v ← wᵀ x. */
  readonly headValues: Kernel<Seven>;
  /** `value_head.as`: derivative by x. */
  readonly headInputGradient: Kernel<Seven>;
  /** `value_head.as`: derivative by w. */
  readonly headWeightGradient: Kernel<Seven>;
  /** `optimization.as`: Adam. */
  readonly adamStep: Kernel<[...Six, ...Six]>;
  /** `optimization.as`: the soft update. */
  readonly softUpdate: Kernel<Five>;
  /** `states.as`: rows to matrix. */
  readonly statesFromRows: Kernel<Six>;
  /** `states.as`: matrix to rows. */
  readonly statesToRows: Kernel<Six>;
}

/** Opens kernels on the memory of a learner, which never grows. */
export type OpenKernels = (memory: WebAssembly.Memory) => Kernels;

/** Compiled at once for all instances; some browsers forbid to do so without `await`. */
const MODULE = await WebAssembly.compile(
  Uint8Array.from(atob(KERNELS_BASE64), (byte) => byte.charCodeAt(0)),
);

/**
 * Instantiates the kernels on a memory; the machine code is shared by all
 * instances of a process.
 */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  const instance = new WebAssembly.Instance(MODULE, { env: { memory } });
  return instance.exports as unknown as Kernels;
}
