/**
 * What every command line shares: one line and exit code 2 for a user's error.
 *
 * @module
 */

import { InputError } from "../input/input_error.ts";
import { LARGEST_SEED } from "../input/seeds.ts";
import { ownArguments, readLaunch } from "./launched.ts";
import { endWithParent } from "./signals.ts";

export { type Arguments, type Options, parseArguments } from "./arguments.ts";

/** Digits, and perhaps a power of ten; neither `0x10` nor `" 7 "`. */
const WHOLE_NUMBER = /^\d+(e\d+)?$/;

/** A whole number from an option, from `minimum` to `maximum`. */
export function readCount(
  name: string,
  text: string,
  minimum: number,
  maximum = Number.MAX_SAFE_INTEGER,
): number {
  const value = WHOLE_NUMBER.test(text) ? Number(text) : NaN;
  if (value >= minimum && value <= maximum) return value;
  const range = maximum === Number.MAX_SAFE_INTEGER
    ? `of at least ${minimum}`
    : `from ${minimum} to ${maximum}`;
  throw new InputError(
    `Cannot read the arguments: --${name} must be a whole number ${range}, got ${text}`,
  );
}

/** The seed that `--seed` gives. */
export function readSeed(text: string): number {
  return readCount("seed", text, 0, LARGEST_SEED);
}

/**
 * The one of `names` that an argument gives; `what` names the argument in the
 * message, as in `--metric`.
 */
export function readChoice<const Name extends string>(
  what: string,
  names: readonly Name[],
  text: string,
): Name {
  const choice = names.find((name) => name === text);
  if (choice !== undefined) return choice;
  throw new InputError(
    `Cannot read the arguments: ${what} must be one of ${
      names.join(", ")
    }, got ${text}`,
  );
}

/**
 * Runs a command line's main function and exits with its code: 2 and one line
 * for an {@linkcode InputError} and where the task may not read or write; other
 * errors are faults and keep their trace.
 */
export async function runMain(
  main: (args: string[]) => Promise<number>,
): Promise<never> {
  try {
    const launch = readLaunch();
    if (launch !== undefined) endWithParent(launch.launcher);
    Deno.exit(await main(ownArguments()));
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      console.error(`Cannot go on: ${error.message.split(",")[0]}`);
    } else if (error instanceof InputError) console.error(error.message);
    else throw error;
    Deno.exit(2);
  }
}
