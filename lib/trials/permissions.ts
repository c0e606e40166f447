/**
 * What a process may do, as the flags of `deno run`.
 *
 * @module
 */

import { dirname, isAbsolute, relative, resolve } from "node:path";
import { InputError } from "../input/input_error.ts";
import { hasNativeKernels, nativePath } from "../nn/wasm/native/native_file.ts";
import { cachePath } from "../nn/wasm/cache_path.ts";
import { CORE_VARIABLE } from "../nn/wasm/blas_library.ts";
import { CHECKOUT, ownConfig } from "./checkout.ts";

/** What a command may do; it may always read the checkout, and where it runs. */
export interface Permissions {
  /** What it may read beside the checkout and what it writes; `true`: all. */
  readonly read?: readonly string[] | true;
  /** What it may write. */
  readonly write?: readonly string[];
  /** Programs that it may run. */
  readonly run?: readonly string[];
  /** Hosts that it may talk with. */
  readonly net?: readonly string[];
  /** Variables of the environment that it may read. */
  readonly env?: readonly string[];
  /** What it may ask of the system; `true`: all. */
  readonly sys?: readonly string[] | true;
  /** Libraries that it may call; `true`: all. */
  readonly ffi?: readonly string[] | true;
}

/**
 * What an engine needs: a library of the system, or a file of a package; and what it
 * can use, the library of native kernels.
 *
 * @param native Whether it may use that.
 */
export function enginePermissions(engine: string, native = true): Permissions {
  switch (engine) {
    case "blas":
      return { ffi: true, env: [CORE_VARIABLE] };
    case "auto":
      return {
        ffi: true,
        env: [CORE_VARIABLE],
        write: [cachePath("")],
      };
    case "wasm":
      return native && hasNativeKernels() ? { ffi: [nativePath()] } : {};
    case "tfjs":
      return { read: true };
    default:
      return {};
  }
}

function union(
  one: readonly string[] | true = [],
  other: readonly string[] | true = [],
): readonly string[] | true {
  return one === true || other === true ? true : [...one, ...other];
}

/** What two together may do. */
export function joinPermissions(
  one: Permissions,
  other: Permissions,
): Permissions {
  const names = ["read", "write", "run", "net", "env", "sys", "ffi"] as const;
  return Object.fromEntries(
    names.map((name) => [name, union(one[name], other[name])]),
  ) as Permissions;
}

/** Where every command runs: the checkout, or a folder of the user's own. */
const HERE = ".";

/** Whether a path leads out of the folder that commands run in. */
function isOutside(path: string): boolean {
  const inside = relative(HERE, path);
  return isAbsolute(inside) || inside.startsWith("..");
}

/**
 * The folder that a file of a user's may read from: its own and those next to it, so
 * that studies and methods may lie in folders side by side.
 */
export function folderAround(path: string): string {
  return isOutside(path) ? dirname(dirname(resolve(path))) : HERE;
}

function flag(name: string, values: readonly string[] | boolean): string[] {
  if (typeof values === "boolean") return values ? [`--allow-${name}`] : [];
  const all = [...new Set(values)].filter((value) => value !== "-");
  const wrong = all.find((value) => value.includes(",") || value === "");
  if (wrong !== undefined) {
    throw new InputError(
      `Cannot read the arguments: a path must have a name without ",", which separates permissions, got ${
        JSON.stringify(wrong)
      }`,
    );
  }
  return all.length === 0 ? [] : [`--allow-${name}=${all.join(",")}`];
}

/**
 * The flags of `deno run` that allow this and nothing else.
 *
 * @throws {InputError} If a path has a comma, which the flags have no way to hold.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { permissionFlags } from "./permissions.ts";
 *
 * assertEquals(permissionFlags({ write: ["data"], ffi: true }), [
 *   "--no-prompt",
 *   "--allow-read=.,data",
 *   "--allow-write=data",
 *   "--allow-ffi",
 * ]);
 * ```
 */
export function permissionFlags(permissions: Permissions): string[] {
  const { read = [], write = [], run = [], net = [], env = [] } = permissions;
  const config = ownConfig();
  const homes = [CHECKOUT, ...config === undefined ? [] : [dirname(config)]];
  const here = [HERE, ...homes.filter(isOutside)];
  return [
    "--no-prompt",
    ...flag("read", read === true || [...here, ...read, ...write]),
    ...flag("write", write),
    ...flag("run", run),
    ...flag("net", net),
    ...flag("env", env),
    ...flag("sys", permissions.sys ?? false),
    ...flag("ffi", permissions.ffi ?? false),
  ];
}
