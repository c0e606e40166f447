/**
 * A method as a command line names it: one of the project's, or a file.
 *
 * @module
 */

import { isMethodFile } from "../trials/method_file.ts";
import { loadMethods, type StudyMethod } from "../studies/methods.ts";
import { parseSetting } from "../studies/overrides.ts";
import { InputError } from "../input/input_error.ts";
import type { Hyperparameters, Method } from "../methods/mod.ts";
import { METHODS } from "../methods/mod.ts";
import { readChoice } from "./command.ts";
import { userPath } from "./user_path.ts";

/** A method that was chosen, and what was set of it. */
export interface SelectedMethod extends StudyMethod {
  /** Values that differ from its defaults. */
  readonly hyperparameters: Hyperparameters;
}

/**
 * The method of a name or file.
 *
 * @param option What names it, for the error message.
 * @param set Texts such as `discount=0.9` or `td3.discount=0.9`.
 * @param isAllowed Which of the project's methods may be named.
 * @throws {InputError} If there is none, or a value is not allowed.
 */
export async function selectMethod(
  option: string,
  text: string,
  set: readonly string[] = [],
  isAllowed: (method: Method) => boolean = () => true,
): Promise<SelectedMethod> {
  const names = METHODS.filter(isAllowed).map(({ name }) => name);
  const [method] = await loadMethods(
    [
      isMethodFile(text) ? userPath(text) : readChoice(
        option,
        names,
        names.find((one) => one === text.toLowerCase()) ?? text,
      ),
    ],
    `read ${option}`,
  );
  const { name } = method;
  const values = set.flatMap((one) => {
    const written = one.startsWith(`${name}.`) ? one : `${name}.${one}`;
    return Object.entries(parseSetting(written, [method]));
  }).map(([key, [value, ...others]]) => {
    if (others.length === 0) return [key.slice(name.length + 1), value];
    throw new InputError(
      `Cannot read --set: ${key} must have one value here, got ${
        others.length + 1
      }`,
    );
  });
  return { ...method, hyperparameters: Object.fromEntries(values) };
}
