/**
 * The form of what is fuzzed.
 *
 * @module
 */

import type { RandomStream } from "../../lib/math/prng.ts";
import { faultOf, holdsNull, runMainFunction } from "./judge.ts";

/** Something that takes input. */
export interface Target {
  /** What it is called in reports. */
  readonly name: string;
  /** How often it is tried beside the others. */
  readonly weight: number;
  /** A damaged input, from which {@linkcode Target.run} can be repeated. */
  readonly draw: (stream: RandomStream) => FuzzInput;
  /** The command of lib/cli that takes the input, if one does. */
  readonly command?: string;
  /** Tries an input; what is wrong, or `undefined`. */
  readonly run: (
    input: FuzzInput,
    folder: string,
  ) => Promise<string | undefined>;
}

/** An input: a file's content and the words of a command line. */
export interface FuzzInput {
  /** Content of the file that `FILE` stands for among the words. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Words of the command line, or whatever the target makes of them. */
  readonly words: readonly string[];
}

/** The word that stands for the path of the input's file. */
export const FILE = "FILE";

/** The word that stands for a data folder of the input's own. */
export const DATA = "DATA";

/** Writes the input's file and puts paths among the words. */
export async function wordsOf(
  { bytes, words }: FuzzInput,
  folder: string,
): Promise<string[]> {
  const path = `${folder}/input.json`;
  await Deno.writeFile(path, bytes);
  const paths: Readonly<Record<string, string>> = {
    [FILE]: path,
    [DATA]: `${folder}/data`,
  };
  return words.map((word) => Object.hasOwn(paths, word) ? paths[word] : word);
}

/** Tries an input with a command's main function. */
export function ofCommand(
  main: (args: string[]) => Promise<number>,
  isSound: (stdout: string) => boolean = () => true,
): Target["run"] {
  return async (input, folder) => {
    const result = await runMainFunction(main, await wordsOf(input, folder));
    const fault = faultOf(result);
    if (fault !== undefined) return fault;
    return result.code !== 0 || isSound(result.stdout)
      ? undefined
      : `null for a number: ${result.stdout.slice(0, 4000)}`;
  };
}

/** Whether no number is missing in what is printed. */
export const noNull = (stdout: string) => !holdsNull(stdout);
