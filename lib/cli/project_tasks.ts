/**
 * The commands of `deno task` that the paper's results and the project itself take:
 * which arguments each takes, and what it may do with them beside reading the
 * checkout.
 *
 * @module
 */

import { basename, dirname, join, resolve } from "node:path";
import { nativePath } from "../nn/wasm/native/native_file.ts";
import { enginePermissions, joinPermissions } from "../trials/permissions.ts";
import { defineTask } from "./define_task.ts";
import {
  COMPILERS,
  DENO,
  FIGURE_OPTIONS,
  GIT,
  isNative,
  KERNEL,
  NATIVE_PACKAGES,
  RUN_OPTIONS,
  STALE_OPTIONS,
  TERMINAL,
} from "./task_parts.ts";

/** `deno task notebooks`. */
export const NOTEBOOKS = defineTask({
  options: {
    param: { type: "string", multiple: true },
    check: { type: "boolean" },
    output: { type: "string", path: "path" },
    "cell-timeout": { type: "string" },
    "cell-output": { type: "string" },
    // What 0.1 called the timeout.
    "cell-limit": { type: "string", multiple: true },
  },
  positionals: [0, Infinity],
  path: "path",
}, ({ values: { output }, positionals }) => ({
  ...KERNEL,
  write: [
    ...positionals.length > 0 ? positionals.map(dirname) : ["notebooks"],
    ...output === undefined ? [] : [output],
  ],
}));

/** `deno task reproduce`. */
export const REPRODUCE = defineTask(
  {
    options: {
      ...RUN_OPTIONS,
      check: { type: "string" },
      seed: { type: "string", default: "0" },
    },
    positionals: [0, 0],
  },
  ({ values: { check, engine, ...values } }) =>
    check === undefined
      ? {
        ...KERNEL,
        ...TERMINAL,
        read: COMPILERS,
        run: [...KERNEL.run, GIT],
        write: ["data", "notebooks"],
      }
      : joinPermissions({
        ...TERMINAL,
        run: [DENO],
        write: ["data"],
        sys: ["cpus", "osRelease"],
      }, enginePermissions(engine, isNative(values))),
);

/** `deno task claims`. */
export const CLAIMS = defineTask(
  { options: RUN_OPTIONS, positionals: [0, 0] },
  () => ({
    ...KERNEL,
    ...TERMINAL,
    read: COMPILERS,
    run: [...KERNEL.run, GIT],
    write: ["data", "notebooks"],
  }),
);

/** `deno task figures`. */
export const FIGURES = defineTask({
  options: {
    "profile": { type: "string", default: "paper" },
    "accept-stale": STALE_OPTIONS["accept-stale"],
    ...FIGURE_OPTIONS,
  },
  positionals: [0, Infinity],
}, ({ values: { output } }) => ({
  ...NATIVE_PACKAGES,
  write: [output ?? "figures"],
  sys: true,
}));

/**
 * Where a benchmark's results go that are not told where: those of all rows, from
 * which the tables of docs/engines.md are made, must not give way to those of a few.
 */
export function resultsPath(
  { quick, only }: { readonly quick: boolean; readonly only: string },
): string {
  return quick || only !== ""
    ? "bench/partial_results.json"
    : "bench/results.json";
}

/** `deno task bench`, which opens every engine. */
export const BENCH = defineTask({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    peers: { type: "string", default: "venv" },
    blas: { type: "string", default: "processor" },
    check: { type: "boolean", default: false },
    output: { type: "string", path: "path" },
  },
  positionals: [0, 0],
}, ({ values: { output, check, peers, ...rest } }) => ({
  ...enginePermissions("blas"),
  ...enginePermissions("tfjs"),
  write: check ? [] : [output ?? resultsPath(rest)],
  // "cat" shows what the processor can do.
  run: [DENO, "cat", ...peers === "none" ? [] : ["python3"]],
  env: ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"],
  sys: ["cpus", "osRelease"],
}));

/** `deno task site`. */
export const SITE = defineTask({
  options: {
    output: { type: "string", path: "path", default: "_site" },
  },
  positionals: [0, 0],
}, ({ values: { output } }) => ({ write: [output], run: [DENO] }));

/** Where pages are that `deno task docs` writes parts of: files and a folder. */
export const DOCS_PLACES: readonly string[] = [
  "README.md",
  "data/README.md",
  "docs",
];

/** `deno task docs`. */
export const DOCS = defineTask({
  options: { check: { type: "boolean" } },
  positionals: [0, 0],
}, ({ values }) => ({ write: values.check ? [] : DOCS_PLACES }));

/** Where a new folder is made, until it is whole. */
export function temporaryFolder(path: string): string {
  const whole = resolve(path);
  return join(dirname(whole), `.${basename(whole)}.new`);
}

/** `deno task new`. */
export const NEW = defineTask(
  { options: {}, positionals: [1, 1], path: "path" },
  ({ positionals: [path] }) => ({
    read: [temporaryFolder(path), path],
    write: [temporaryFolder(path), path],
    run: [DENO],
  }),
);

/** `deno task build:native`. */
export const BUILD_NATIVE = defineTask(
  { options: {}, positionals: [0, 0] },
  () => ({
    write: [dirname(nativePath())],
    run: COMPILERS.map((path) => basename(path)),
    ...enginePermissions("wasm"),
  }),
);

/** `deno task lab`, which writes to a folder that the environment names. */
export const LAB = defineTask(
  { options: {}, positionals: [0, 0] },
  () => ({
    read: true,
    // Where to is known to the environment alone.
    write: ["/"],
    env: ["JUPYTER_DATA_DIR", "XDG_DATA_HOME", "HOME", "APPDATA"],
  }),
);
