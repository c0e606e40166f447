/**
 * Options of `sbatch` that a user adds: partition, account and the like.
 *
 * @module
 */

import { InputError } from "../../input/input_error.ts";

/** Long options of `sbatch` by name; an option without a value has `""`. */
export type SlurmOptions = Readonly<Record<string, string>>;

/** What only the sweep itself can say, and where. */
const OWNED: Readonly<Record<string, string>> = {
  "array": "the number of trials says it; see --max-parallel",
  "job-name": "--status and --cancel find jobs by it",
  "chdir": "paths start from it",
  "output": "--status reads it",
  "error": "--status reads it",
  "dependency": "the aggregation waits by it",
  "parsable": "the job's number is read by it",
  "wait": "a sweep waits by --status",
  "wrap": "the sweep writes the script",
};

/**
 * Reads `KEY=VALUE` and `KEY` as options of `sbatch`.
 *
 * @throws {InputError} If a text is none, or sets what the sweep itself sets.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseSlurmOptions } from "./options.ts";
 *
 * assertEquals(parseSlurmOptions(["partition=short", "exclusive"]), {
 *   partition: "short",
 *   exclusive: "",
 * });
 * ```
 */
export function parseSlurmOptions(texts: readonly string[]): SlurmOptions {
  const options: Record<string, string> = {};
  for (const text of texts) {
    // A line break would begin another line of the script.
    const match = /^(?:--)?([a-z][a-z-]+)(?:=([^\p{Cc}]+))?$/u.exec(text);
    if (match === null) {
      throw new InputError(
        `Cannot submit: --slurm-option must be KEY=VALUE with a long option of sbatch, such as partition=short, got ${
          JSON.stringify(text)
        }`,
      );
    }
    const [, key, value = ""] = match;
    if (Object.hasOwn(OWNED, key)) {
      throw new InputError(
        `Cannot submit: --slurm-option must not be ${key} (${
          OWNED[key]
        }), got ${text}`,
      );
    }
    options[key] = value;
  }
  return options;
}
