// All kernels of one module; every learner has an instance and a memory of its
// own, and all addresses are handed in.

export { product, productOfColumn } from "./product";
export { listColumns, listRows, sparseProduct } from "./sparse";
export { rowsInUse, spreadColumns, transpose, transposeRows } from "./transposition";
export {
  hyperbolicTangent,
  rectifierSlope,
  rectify,
  tangentSlope,
} from "./activations";
export {
  headInputGradient,
  headValues,
  headWeightGradient,
} from "./value_head";
export { adamStep, softUpdate } from "./optimization";
export { statesFromRows, statesToRows } from "./states";
