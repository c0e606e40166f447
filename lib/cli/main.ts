/**
 * What every command line shares: one line and exit code 2 for a user's error.
 *
 * @module
 */

import { parseArgs, type ParseArgsConfig } from "node:util";
import { InputError } from "../input/input_error.ts";
import { LARGEST_SEED } from "../input/seeds.ts";

/** Options of a command line, as `node:util`'s `parseArgs` takes them. */
export type Options = NonNullable<ParseArgsConfig["options"]>;

/** What a command is called and how it is used. */
export interface Command<O extends Options> {
  /** Text of `--help`. */
  readonly help: string;
  /** Options beside `--help`. */
  readonly options: O;
  /** Least and largest number of positional arguments. */
  readonly positionals: readonly [number, number];
}

/** Parsed arguments of a {@linkcode Command}. */
export type Arguments<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; tokens: true }>
>;

/** The first line of usage in a help text. */
function usageOf(help: string): string {
  return help.match(/Usage: .*/)?.[0] ?? "see --help";
}

/**
 * Joins negative numbers to the options before them, `--seed -1` to `--seed=-1`,
 * for `parseArgs` takes them for options and refuses without saying the value.
 */
function joinNegatives(args: readonly string[], options: Options): string[] {
  const takesValue = (arg: string) =>
    Object.entries(options).some(([name, { type, short }]) =>
      type === "string" &&
      (arg === `--${name}` || (short && arg === `-${short}`))
    );
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1) ?? "";
    if (/^-\.?\d/.test(arg) && takesValue(before)) {
      const link = before.startsWith("--") ? "=" : "";
      joined[joined.length - 1] = before + link + arg;
    } else joined.push(arg);
  }
  return joined;
}

/** Refuses an option that is given twice, of which `parseArgs` takes the last. */
function refuseRepeats(
  options: Options,
  tokens: readonly { readonly kind: string; readonly name?: string }[],
): void {
  const seen = new Set<string>();
  for (const { kind, name } of tokens) {
    if (kind !== "option" || name === undefined) continue;
    if (seen.has(name) && !options[name].multiple) {
      throw new InputError(
        `Cannot read the arguments: --${name} must be given once, got it twice (see --help)`,
      );
    }
    seen.add(name);
  }
}

/**
 * Parses the arguments of a command.
 *
 * @returns The arguments, or `undefined` if help was asked for and printed.
 * @throws {InputError} If an option is unknown or given twice, or a number of
 * arguments wrong.
 */
export function parseArguments<const O extends Options>(
  command: Command<O>,
  args: readonly string[],
): Arguments<O> | undefined {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(command.help.trim());
    return undefined;
  }
  let parsed: Arguments<O>;
  try {
    parsed = parseArgs({
      args: joinNegatives(args, command.options),
      options: command.options,
      allowPositionals: true,
      tokens: true,
    });
  } catch (error) {
    // The advice that follows the first sentence is for programmers.
    const [reason] = (error as Error).message.split(/[.\n]/);
    throw new InputError(
      `Cannot read the arguments: ${reason} (see --help)`,
    );
  }
  refuseRepeats(command.options, parsed.tokens);
  const [least, most] = command.positionals;
  const { length } = parsed.positionals;
  if (length < least || length > most) {
    const allowed = least === most ? `${least}` : `${least} to ${most}`;
    throw new InputError(
      `Cannot read the arguments: beside options there must be ${allowed} argument${
        most === 1 ? "" : "s"
      }, got ${length} (${usageOf(command.help)})`,
    );
  }
  return parsed;
}

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
    Deno.exit(await main(Deno.args));
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      console.error(`Cannot go on: ${error.message.split(",")[0]}`);
    } else if (error instanceof InputError) console.error(error.message);
    else throw error;
    Deno.exit(2);
  }
}
