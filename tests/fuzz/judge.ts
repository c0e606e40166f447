/**
 * What a command may do with an input, whatever it is: exit 0 with sound output,
 * 1 for a failure that it tells, 2 with one line for an input that is wrong.
 *
 * @module
 */

import { InputError } from "../../lib/input/input_error.ts";
import { captureMain, type CommandResult } from "../cli/capture.ts";

/** How long one input may take. */
export const LONGEST_MS = 10_000;

/** What a refusal looks like. */
const REFUSAL = /^Cannot .+/;

/** What no message may hold: line ends, and what a terminal acts on. */
// deno-lint-ignore no-control-regex -- controls are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

/** What is wrong with a refusal, or `undefined`. */
export function faultOfRefusal(message: string): string | undefined {
  const line = message.trimEnd();
  if (line.includes("\n")) return `more than one line: ${line}`;
  if (!REFUSAL.test(line)) return `no refusal: ${line}`;
  if (CONTROL.test(line)) return `control characters: ${JSON.stringify(line)}`;
  return undefined;
}

/** What is wrong with how a command ended, or `undefined`. */
export function faultOf(result: CommandResult): string | undefined {
  const { code, stdout, stderr } = result;
  const printed = `exit ${code}\n${stdout.slice(-2000)}\n${
    stderr.slice(-4000)
  }`;
  if (/^\s+at .+:\d+:\d+/m.test(stderr)) return `a stack trace: ${printed}`;
  if (code === 2) return faultOfRefusal(stderr);
  if (code !== 0 && code !== 1) return `an exit code of its own: ${printed}`;
  // A slot may be called NaN: then the name stands in quotes or begins a line.
  if (/(?<=[ :[,])NaN\b|\bundefined\b|\[object /.test(stdout)) {
    return `no numbers: ${printed}`;
  }
  return undefined;
}

/** Whether a document holds null where a number should stand. */
export function holdsNull(json: string): boolean {
  return /[[:,]\s*null\b/.test(json);
}

/** Runs a command's main function as its command line would. */
export async function runMainFunction(
  main: (args: string[]) => Promise<number>,
  args: string[],
): Promise<CommandResult> {
  try {
    return await captureMain(main, args);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { code: 2, stdout: "", stderr: `${error.message}\n` };
  }
}
