/**
 * What the launcher of `deno task` tells a command, in front of the command's own
 * arguments. An argument, unlike a variable of the environment, needs no permission
 * and is not passed on to what the command starts.
 *
 * @module
 */

/** Who started a command, and for whom. */
export interface Launch {
  /** The launcher's process. */
  readonly launcher: number;
  /** The folder that the user stands in. */
  readonly folder: string;
}

const FORM = /^--launched-by=(\d+),([^]*)$/;

/** The argument that tells a command of its launch. */
export function formatLaunch({ launcher, folder }: Launch): string {
  return `--launched-by=${launcher},${folder}`;
}

/** The launch of this command; `undefined` if it was started without launcher. */
export function readLaunch(
  args: readonly string[] = Deno.args,
): Launch | undefined {
  const match = FORM.exec(args[0] ?? "");
  return match === null
    ? undefined
    : { launcher: Number(match[1]), folder: match[2] };
}

/** The arguments that the user gave. */
export function ownArguments(args: readonly string[] = Deno.args): string[] {
  return args.slice(readLaunch(args) === undefined ? 0 : 1);
}
