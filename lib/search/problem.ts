/**
 * What is minimized, apart from how (after pymoo's split, Blank and Deb 2020).
 *
 * @module
 */

import * as z from "zod";
import { describeValue, InputError, parseInput } from "../input/input_error.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";

/** A function to minimize over a box, many points at a time. */
export interface Problem {
  /** Number of components of a point, D. */
  readonly dimension: number;
  /** Least value of every component, length D. */
  readonly lower: Float64Array;
  /** Largest value of every component, length D. */
  readonly upper: Float64Array;
  /**
   * Evaluations that one point costs, in which budgets are counted: 1, or the
   * number of slots that share an action.
   */
  readonly evaluationsPerPoint: number;
  /**
   * Evaluates points.
   *
   * @param points Row after row, `[count][D]`; rows may follow that do not count.
   * @param count Number of points.
   * @param out Receives `count` values, none of them NaN.
   */
  evaluate(points: Float64Array, count: number, out: Float64Array): void;
}

/** What {@linkcode createProblem} makes a problem of. */
export interface ProblemOptions {
  /** Number of components of a point. */
  readonly dimension: number;
  /** Least value: of every component, or of each; by default −1. */
  readonly lower?: number | ArrayLike<number>;
  /** Largest value: of every component, or of each; by default 1. */
  readonly upper?: number | ArrayLike<number>;
  /** By default 1. */
  readonly evaluationsPerPoint?: number;
}

const act = "create a problem";
const count = numberSchema({ minimum: 1, integer: true });
const finite = numberSchema();

const OPTIONS = objectSchema(
  {
    dimension: count,
    lower: z.unknown().optional(),
    upper: z.unknown().optional(),
    evaluationsPerPoint: count.optional(),
  } satisfies Record<keyof ProblemOptions, z.ZodType>,
  "an object of options",
);

const FUNCTION = z.custom((value) => typeof value === "function", {
  error: "must be a function",
});

function toBounds(
  bound: number | ArrayLike<number>,
  dimension: number,
  name: string,
): Float64Array {
  if (typeof bound === "number") {
    parseInput(finite, bound, { act, path: [name] });
    return new Float64Array(dimension).fill(bound);
  }
  if (bound?.length !== dimension) {
    throw new InputError(
      `Cannot ${act}: ${name} must be a number or ${dimension} numbers, got ${
        describeValue(bound)
      }`,
    );
  }
  return Float64Array.from(
    bound,
    (one, index) => parseInput(finite, one, { act, path: [name, index] }),
  );
}

/**
 * A problem from a batched function.
 *
 * @throws {InputError} If an option is unknown or out of range, bounds are of another
 * length, lower is not below upper, or their distance is not finite.
 */
export function createProblem(
  options: ProblemOptions,
  evaluate: Problem["evaluate"],
): Problem {
  parseInput(OPTIONS, options, { act });
  parseInput(FUNCTION, evaluate, { act, path: ["evaluate"] });
  const { dimension, evaluationsPerPoint = 1 } = options;
  const lower = toBounds(options.lower ?? -1, dimension, "lower");
  const upper = toBounds(options.upper ?? 1, dimension, "upper");
  const wrong = lower.findIndex((low, k) =>
    !(low < upper[k] && Number.isFinite(upper[k] - low))
  );
  if (wrong >= 0) {
    throw new InputError(
      `Cannot ${act}: lower[${wrong}] must be below upper[${wrong}] by a finite number, got ${
        lower[wrong]
      } and ${upper[wrong]}`,
    );
  }
  return { dimension, lower, upper, evaluationsPerPoint, evaluate };
}

/**
 * A problem from a function of one point.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pointwiseProblem } from "./problem.ts";
 *
 * const sphere = pointwiseProblem(
 *   { dimension: 2 },
 *   (point) => point.reduce((sum, x) => sum + x * x, 0),
 * );
 * const out = new Float64Array(2);
 * sphere.evaluate(Float64Array.of(1, 0, 0.5, 0.5), 2, out);
 * assertEquals([...out], [1, 0.5]);
 * ```
 */
export function pointwiseProblem(
  options: ProblemOptions,
  value: (point: Float64Array) => number,
): Problem {
  const { dimension } = options;
  return createProblem(options, (points, count, out) => {
    for (let row = 0; row < count; row++) {
      out[row] = value(points.subarray(row * dimension, (row + 1) * dimension));
    }
  });
}

/** The part of a problem that a search looks at: its box. */
export type SearchSpace = Pick<Problem, "dimension" | "lower" | "upper">;
