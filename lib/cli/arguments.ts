/**
 * The arguments of a command line. The launcher of `deno task` reads them too, so
 * that this imports little.
 *
 * @module
 */

import {
  parseArgs,
  type ParseArgsConfig,
  type ParseArgsOptionDescriptor,
} from "node:util";
import { InputError, nearestWord } from "../input/input_error.ts";
import { isName, userPath, type UserPathOptions } from "./user_path.ts";

/** What an argument is if it leads to a file; a word may be a name instead. */
export type PathKind = "path" | "name or path";

/** Options of a command line, as `node:util`'s `parseArgs` takes them. */
export type Options = Readonly<
  Record<string, ParseArgsOptionDescriptor & { readonly path?: PathKind }>
>;

/** Which arguments a command takes. */
export interface Syntax<O extends Options> {
  /** Options beside `--help`. */
  readonly options: O;
  /** Least and largest number of positional arguments. */
  readonly positionals: readonly [number, number];
  /** What positional arguments are if they lead to files. */
  readonly path?: PathKind;
}

/** What a command is called and how it is used. */
export interface Command<O extends Options> extends Syntax<O> {
  /** Text of `--help`. */
  readonly help: string;
}

/** Parsed arguments of a {@linkcode Command}. */
export type Arguments<O extends Options> = ReturnType<
  typeof parseArgs<{
    options: O & NonNullable<ParseArgsConfig["options"]>;
    allowPositionals: true;
    tokens: true;
  }>
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

/** The option that an unknown one may have been meant for. */
function nearestOption(reason: string, options: Options): string {
  const [, name] = /^Unknown option '--([\w-]+)'/.exec(reason) ?? [];
  const known = Object.keys(options);
  return name === undefined || known.length === 0
    ? ""
    : `nearest: --${nearestWord(name, known)}, `;
}

/** Whether only help is asked for. */
export function asksForHelp(args: readonly string[]): boolean {
  return args.includes("--help") || args.includes("-h");
}

/** The path that an argument is, seen from the root of the checkout. */
function placeOf(kind: PathKind, text: string, options: UserPathOptions) {
  return kind === "name or path" && isName(text)
    ? text
    : userPath(text, options);
}

/** Lets the paths among the arguments lead from the root of the checkout. */
function placePaths<O extends Options>(
  syntax: Syntax<O>,
  { values, positionals, tokens }: Arguments<O>,
  options: UserPathOptions,
): void {
  // Defaults lead from there already.
  const given = new Set(
    tokens.flatMap((token) => token.kind === "option" ? [token.name] : []),
  );
  const mutable = values as Record<string, unknown>;
  for (const [name, { path }] of Object.entries(syntax.options)) {
    const value = mutable[name];
    if (path === undefined || !given.has(name)) continue;
    if (typeof value === "string") {
      mutable[name] = placeOf(path, value, options);
    }
  }
  const { path } = syntax;
  if (path === undefined) return;
  positionals.forEach((text, index) => {
    positionals[index] = placeOf(path, text, options);
  });
}

/**
 * Reads the arguments of a command; paths lead from the root of the checkout
 * afterwards, wherever the user stands.
 *
 * @throws {InputError} If an option is unknown or given twice, or a number of
 * arguments wrong.
 */
export function readArguments<const O extends Options>(
  syntax: Syntax<O>,
  args: readonly string[],
  { usage = "see --help", ...options }:
    & UserPathOptions
    & { readonly usage?: string } = {},
): Arguments<O> {
  let parsed: Arguments<O>;
  try {
    parsed = parseArgs({
      args: joinNegatives(args, syntax.options),
      options: syntax.options,
      allowPositionals: true,
      tokens: true,
    }) as Arguments<O>;
  } catch (error) {
    // The advice that follows the first sentence is for programmers.
    const [reason] = (error as Error).message.split(/[.\n]/);
    throw new InputError(
      `Cannot read the arguments: ${reason} (${
        nearestOption(reason, syntax.options)
      }see --help)`,
    );
  }
  refuseRepeats(syntax.options, parsed.tokens);
  const [least, most] = syntax.positionals;
  const { length } = parsed.positionals;
  if (length < least || length > most) {
    const allowed = least === most ? `${least}` : `${least} to ${most}`;
    throw new InputError(
      `Cannot read the arguments: beside options there must be ${allowed} argument${
        most === 1 ? "" : "s"
      }, got ${length} (${usage})`,
    );
  }
  placePaths(syntax, parsed, options);
  return parsed;
}

/**
 * Parses the arguments of a command, as {@linkcode readArguments} does.
 *
 * @returns The arguments, or `undefined` if help was asked for and printed.
 * @throws {InputError} If they are not valid.
 */
export function parseArguments<const O extends Options>(
  command: Command<O>,
  args: readonly string[],
): Arguments<O> | undefined {
  if (asksForHelp(args)) {
    console.log(command.help.trim());
    return undefined;
  }
  return readArguments(command, args, { usage: usageOf(command.help) });
}
