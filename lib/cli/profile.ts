/**
 * The option `--profile` of command lines.
 *
 * @module
 */

import type { ProfileName } from "../experiments/registry.ts";
import { InputError } from "../scenario/input_error.ts";

const PROFILES: readonly ProfileName[] = ["quick", "paper"];

/**
 * The profile of that name.
 *
 * @throws {InputError} If there is none.
 */
export function readProfile(text: string): ProfileName {
  const profile = PROFILES.find((name) => name === text);
  if (profile !== undefined) return profile;
  throw new InputError(
    `Cannot read the arguments: --profile must be one of ${
      PROFILES.join(", ")
    }, got ${text}`,
  );
}
