/**
 * The option `--profile` of command lines.
 *
 * @module
 */

import type { ProfileName } from "../studies/paper/registry.ts";
import { readChoice } from "./command.ts";

const PROFILES: readonly ProfileName[] = ["smoke", "quick", "paper"];

/**
 * The profile of that name.
 *
 * @throws {InputError} If there is none.
 */
export function readProfile(text: string): ProfileName {
  return readChoice("--profile", PROFILES, text);
}
