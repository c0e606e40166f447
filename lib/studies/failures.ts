/**
 * Which trials of a sweep failed, and why: a file each, gone once they finish.
 *
 * @module
 */

import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../files/write_file.ts";
import { InputError } from "../input/input_error.ts";
import { readStoredJson, STORED_TEXT } from "../trials/stored_json.ts";
import { namesIn } from "../trials/store.ts";
import { sweepDirectory } from "./folder.ts";
import { mapConcurrently } from "../trials/map_concurrently.ts";

const EXTENSION = ".json";

function failuresDirectory(dataDirectory: string, sweep: string): string {
  return join(sweepDirectory(dataDirectory, sweep), "failures");
}

function failurePath(
  dataDirectory: string,
  sweep: string,
  trial: string,
): string {
  return join(failuresDirectory(dataDirectory, sweep), trial + EXTENSION);
}

/** Records why a trial failed. */
export async function recordFailure(
  dataDirectory: string,
  sweep: string,
  trial: string,
  reason: string,
): Promise<void> {
  await writeFileAtomically(
    failurePath(dataDirectory, sweep, trial),
    JSON.stringify({ trial, reason }) + "\n",
  );
}

/** Forgets that a trial failed, if it did. */
export async function forgetFailure(
  dataDirectory: string,
  sweep: string,
  trial: string,
): Promise<void> {
  try {
    await Deno.remove(failurePath(dataDirectory, sweep, trial));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

const FAILURE = z.object({ reason: STORED_TEXT }, {
  error: "must be an object with trial, reason",
});

async function readReason(path: string): Promise<string> {
  try {
    return (await readStoredJson(path, FAILURE)).reason;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `unknown: ${error.message}`;
  }
}

/** Why trials failed, by trial. */
export async function readFailures(
  dataDirectory: string,
  sweep: string,
): Promise<Map<string, string>> {
  const folder = failuresDirectory(dataDirectory, sweep);
  const names = (await namesIn(folder)).filter((name) =>
    !name.startsWith(".") && name.endsWith(EXTENSION)
  );
  const reasons = await mapConcurrently(
    names.sort(),
    async (name): Promise<[string, string]> => [
      name.slice(0, -EXTENSION.length),
      await readReason(join(folder, name)),
    ],
  );
  return new Map(reasons);
}
