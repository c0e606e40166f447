/**
 * Decisions as policies and notebooks give them: nothing has checked their types.
 *
 * @module
 */

import {
  describeValue,
  InputError,
  nearestWord,
} from "../input/input_error.ts";
import { LARGEST_QUANTITY } from "../input/schema.ts";
import type { Instance } from "../scenario/instance.ts";
import type { Decision } from "./slot.ts";

type Sizes = Pick<Instance, "numUsers" | "numServers" | "numModels">;

const KEYS: readonly (keyof Decision)[] = [
  "cache",
  "bandwidthShare",
  "computeShare",
  "server",
];

/** Place of an entry in a matrix with rows of `width`. */
function placeOf(index: number, width: number): string {
  return `[${Math.floor(index / width)}][${index % width}]`;
}

/** The first entry that lies not between two bounds, NaN included; or -1. */
function findBeyond(
  values: ArrayLike<number>,
  least: number,
  most: number,
): number {
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] >= least && values[i] <= most)) return i;
  }
  return -1;
}

/**
 * Checks the form of a decision: types, shapes, servers that are there, shares and
 * caches that are numbers. Whether it breaks a constraint of Eq. 18 is for
 * `findViolations` to say.
 *
 * @param value The decision: an object with `cache`, a Float64Array `[E][M]`;
 * `bandwidthShare` and `computeShare`, Float64Arrays `[E][U]`; and `server`, an
 * Int32Array of length U.
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} Naming the first entry that is wrong.
 */
export function checkDecision(
  value: unknown,
  { numUsers, numServers, numModels }: Sizes,
  act: string,
): Decision {
  const refuse = (path: string, condition: string, got: unknown): never => {
    throw new InputError(
      `Cannot ${act}: ${path} must be ${condition}, got ${describeValue(got)}`,
    );
  };
  if (value instanceof Promise) {
    refuse("decide", "a function that returns at once", value);
  }
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if (typeof value !== "object" || value === null || isList) {
    refuse("the decision", `an object with ${KEYS.join(", ")}`, value);
  }
  const decision = value as Decision;
  const unknown = Object.keys(decision).find((key) =>
    !KEYS.some((known) => known === key)
  );
  if (unknown !== undefined) {
    const nearest = nearestWord(unknown, KEYS);
    refuse(
      `decision.${unknown}`,
      `a known key (nearest: ${nearest})`,
      (value as Record<string, unknown>)[unknown],
    );
  }
  const checkMatrix = (
    key: "cache" | "bandwidthShare" | "computeShare",
    width: number,
    what: string,
    least: number,
  ) => {
    const matrix = decision[key];
    const size = numServers * width;
    if (!(matrix instanceof Float64Array) || matrix.length !== size) {
      refuse(
        `decision.${key}`,
        `a Float64Array of ${size} numbers, [${numServers}][${width}] (servers, ${what})`,
        matrix,
      );
    }
    const wrong = findBeyond(matrix, least, LARGEST_QUANTITY);
    if (wrong < 0) return;
    refuse(
      `decision.${key}${placeOf(wrong, width)}`,
      `a finite number from ${least} to ${LARGEST_QUANTITY}`,
      matrix[wrong],
    );
  };
  checkMatrix("cache", numModels, "models", 0);
  checkMatrix("bandwidthShare", numUsers, "users", -LARGEST_QUANTITY);
  checkMatrix("computeShare", numUsers, "users", -LARGEST_QUANTITY);
  const { server } = decision;
  if (!(server instanceof Int32Array) || server.length !== numUsers) {
    refuse(
      "decision.server",
      `an Int32Array of ${numUsers} servers, one per user`,
      server,
    );
  }
  const wrong = findBeyond(server, 0, numServers - 1);
  if (wrong >= 0) {
    refuse(
      `decision.server[${wrong}]`,
      `a server from 0 to ${numServers - 1}`,
      server[wrong],
    );
  }
  return decision;
}
