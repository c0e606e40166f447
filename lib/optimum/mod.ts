/**
 * The reference solver: the optimum of a slot, its bounds, and where it is a
 * reference.
 *
 * @module
 */

export {
  type NoReference,
  OPTIMUM_LABELS,
  optimumLabel,
  PER_SLOT_SCALE,
  type Reference,
  referenceOf,
  type ReferenceScale,
} from "./reference.ts";
