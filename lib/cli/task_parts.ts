/**
 * Options and permissions that several commands of `deno task` have in common.
 *
 * @module
 */

import { DEFAULT_ENGINE } from "../nn/engine_name.ts";

/** The folder of results. */
export const DATA = { type: "string", default: "data", path: "path" } as const;
/** Trials at a time. */
export const JOBS = { type: "string", short: "j" } as const;

/** Where systems have C compilers: whoever may read these sees whether one is there. */
export const COMPILERS = ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"];

/** The program that runs this. */
export const DENO = Deno.execPath();

/** Slurm's commands that sweeps run. */
export const SLURM = ["sbatch", "squeue", "scancel", "scontrol"];

/** Packages that are libraries, which lie wherever Deno keeps packages. */
export const NATIVE_PACKAGES = { read: true, ffi: true } as const;

/** Running notebooks takes a kernel, and sockets to talk with it. */
export const KERNEL = {
  run: [DENO],
  net: ["127.0.0.1"],
} as const;

/** What tells whether the terminal can overwrite lines. */
export const TERMINAL = { env: ["TERM"] } as const;

/** What to do with finished trials that other code made. */
export const STALE_OPTIONS = {
  "accept-stale": { type: "boolean" },
  "rerun-stale": { type: "boolean" },
} as const;

/** Tells whether the checkout is as committed. */
export const GIT = "git";

/** Whether native kernels are taken where they are built; the values that it has. */
export const NATIVE = { type: "string", default: "on" } as const;

/** Whether an argument lets native kernels be taken; a wrong value is refused later. */
export function isNative({ native }: { readonly native: string }): boolean {
  return native !== "off";
}

/** The options of commands that run a profile's trials. */
export const RUN_OPTIONS = {
  ...STALE_OPTIONS,
  profile: { type: "string", default: "quick" },
  jobs: { type: "string" },
  engine: { type: "string", default: DEFAULT_ENGINE },
  native: NATIVE,
} as const;

/** How figures look, and which files they are where. */
export const FIGURE_OPTIONS = {
  "width": { type: "string" },
  "font-size": { type: "string" },
  "no-title": { type: "boolean" },
  "formats": { type: "string" },
  "output": { type: "string", path: "path" },
} as const;
