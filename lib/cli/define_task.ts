/**
 * How a command of `deno task` is described: its arguments, and what it may do with
 * them.
 *
 * @module
 */

import { folderAround, type Permissions } from "../trials/permissions.ts";
import {
  type Arguments,
  type Options,
  readArguments,
  type Syntax,
} from "./arguments.ts";
import { isName, userPath, type UserPathOptions } from "./user_path.ts";

/** A command of `deno task`. */
export interface Task<O extends Options> extends Syntax<O> {
  /** What it may do when it is called with these arguments. */
  readonly permissionsFor: (
    args: readonly string[],
    options?: UserPathOptions,
  ) => Permissions;
}

/** A command with the permissions that its arguments call for. */
export function defineTask<const O extends Options>(
  syntax: Syntax<O>,
  permissionsOf: (
    args: Arguments<O>,
    /** The file that an argument leads to which may be a name. */
    path: (text: string) => string,
    /** Where methods that arguments name may read, if they are files. */
    code: (texts: readonly string[]) => string[],
  ) => Permissions,
): Task<O> {
  return {
    ...syntax,
    permissionsFor: (args, options = {}) =>
      permissionsOf(
        readArguments(syntax, args, options),
        (text) => isName(text) ? userPath(text, options) : text,
        (texts) =>
          texts.filter((text) => !isName(text))
            .map((text) => folderAround(userPath(text, options))),
      ),
  };
}
