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
  whyNoReference,
} from "./reference.ts";
