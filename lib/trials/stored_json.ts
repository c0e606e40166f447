/**
 * JSON files that this program wrote, and that may be damaged since.
 *
 * @module
 */

import { z } from "zod";
import { parseInput } from "../input/input_error.ts";
import { parseJson } from "../input/json.ts";
import { decodeText, readText } from "../input/text.ts";
import { type TrialConfig, trialId } from "./trial.ts";

/** A text. */
export const STORED_TEXT = z.string({ error: "must be a text" });

/** The config of a trial, as far as it gives an identity. */
export const STORED_CONFIG: z.ZodType<TrialConfig> = z.custom<TrialConfig>(
  (value) => {
    try {
      trialId(value as TrialConfig);
      return true;
    } catch {
      return false;
    }
  },
  { error: "must be a trial's config" },
);

/**
 * Reads the bytes of a JSON file of the program's own.
 *
 * @throws {InputError} In one line, if they are not what was written.
 */
export function parseStoredJson<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
  path: string,
): z.output<Schema> {
  const act = `read ${path}`;
  const value = parseJson(decodeText(bytes, act), act);
  return parseInput(schema, value, { act });
}

/**
 * Reads a JSON file of the program's own.
 *
 * @throws {InputError} In one line, if it is not there or not what was written.
 */
export async function readStoredJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const act = `read ${path}`;
  const value = parseJson(await readText(path, act), act);
  return parseInput(schema, value, { act });
}
