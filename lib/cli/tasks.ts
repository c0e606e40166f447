/**
 * The commands of `deno task`: which arguments each takes, and what it may do with
 * them beside reading the checkout. The launcher reads this before it starts one,
 * so that it imports little.
 *
 * @module
 */

import { basename, dirname, join, resolve } from "node:path";
import { DEFAULT_ENGINE } from "../nn/engine_name.ts";
import type { Options } from "./arguments.ts";
import { defineTask, type Task } from "./define_task.ts";
import { enginePermissions, folderAround } from "../experiments/permissions.ts";
import { isName } from "./user_path.ts";

const DATA = { type: "string", default: "data", path: "path" } as const;
const JOBS = { type: "string", short: "j" } as const;

const DENO = Deno.execPath();

/** Slurm's commands that sweeps run. */
const SLURM = ["sbatch", "squeue", "scancel", "scontrol"];

/** Packages that are libraries, which lie wherever Deno keeps packages. */
const NATIVE_PACKAGES = { read: true, ffi: true } as const;

/** Running notebooks takes a kernel, and sockets to talk with it. */
const KERNEL = {
  ...NATIVE_PACKAGES,
  run: [DENO],
  net: ["127.0.0.1"],
} as const;

/** What tells whether the terminal can overwrite lines. */
const TERMINAL = { env: ["TERM"] } as const;

/** What to do with finished trials that other code made. */
const STALE_OPTIONS = {
  "accept-stale": { type: "boolean" },
  "rerun-stale": { type: "boolean" },
} as const;

/** Tells whether the checkout is as committed. */
const GIT = "git";

/** The options of commands that run a profile's trials. */
export const RUN_OPTIONS = {
  ...STALE_OPTIONS,
  profile: { type: "string", default: "quick" },
  jobs: { type: "string" },
  engine: { type: "string", default: DEFAULT_ENGINE },
} as const;

/** `deno task scenario`. */
export const SCENARIO = defineTask(
  { options: {}, positionals: [0, 1], path: "name or path" },
  ({ positionals }, path) => ({ read: positionals.map(path) }),
);

/** `deno task evaluate`. */
export const EVALUATE = defineTask({
  options: {
    table: { type: "boolean" },
    policy: { type: "string" },
    set: { type: "string", multiple: true },
    seed: { type: "string" },
  },
  positionals: [1, 1],
  path: "path",
}, ({ values: { policy = "" }, positionals }, _, code) => ({
  read: [...positionals, ...code(policy === "" ? [] : [policy])],
}));

/** `deno task train`. */
export const TRAIN = defineTask({
  options: {
    scenario: { type: "string", default: "paper", path: "name or path" },
    seed: { type: "string", default: "0" },
    set: { type: "string", multiple: true },
    ...STALE_OPTIONS,
    episodes: { type: "string" },
    engine: { type: "string", default: DEFAULT_ENGINE },
    data: DATA,
  },
  positionals: [1, 1],
}, ({ values, positionals }, path, code) => ({
  read: [path(values.scenario), ...code(positionals)],
  write: [values.data],
  ...enginePermissions(values.engine),
}));

/** `deno task sweep`. */
export const SWEEP = defineTask({
  options: {
    "set": { type: "string", multiple: true },
    "seeds": { type: "string" },
    "methods": { type: "string" },
    "profile": { type: "string" },
    "only-failed": { type: "boolean" },
    "jobs": JOBS,
    "timeout": { type: "string" },
    "checkpoint": { type: "string" },
    "fail-fast": { type: "boolean" },
    ...STALE_OPTIONS,
    "data": DATA,
    "metric": { type: "string", default: "objective" },
    "parquet": { type: "boolean" },
    "dry-run": { type: "boolean" },
    "list": { type: "boolean" },
    "verify": { type: "boolean" },
    "repair": { type: "boolean" },
    "schema": { type: "boolean" },
    "slurm": { type: "boolean" },
    "max-parallel": { type: "string" },
    "trials-per-task": { type: "string" },
    "slurm-option": { type: "string", multiple: true },
    "status": { type: "boolean" },
    "cancel": { type: "boolean" },
  },
  positionals: [0, 1],
  path: "name or path",
}, ({ values, positionals }, path, code) => {
  const { data, verify, repair } = values;
  const looks = values.list || values.schema || values["dry-run"] ||
    (verify && !repair);
  const onCluster = values.slurm || values.status || values.cancel;
  return {
    read: [
      ...positionals.map((one) => isName(one) ? path(one) : folderAround(one)),
      ...code(values.methods?.split(",") ?? []),
      data,
    ],
    write: looks ? [] : [data],
    ...looks ? {} : TERMINAL,
    run: [
      ...looks || verify ? [] : [DENO, ...onCluster ? [] : [GIT]],
      // Slurm's scripts name the folder of packages, for which Deno is asked.
      ...onCluster ? [DENO, ...SLURM] : [],
    ],
  };
});

/** `deno task sweep tune`. */
export const TUNE = defineTask({
  options: {
    "jobs": JOBS,
    "timeout": { type: "string" },
    "data": DATA,
    ...STALE_OPTIONS,
    "dry-run": { type: "boolean" },
    "schema": { type: "boolean" },
  },
  positionals: [0, 1],
  path: "path",
}, ({ values: { data, schema, ...values }, positionals }) => {
  const looks = schema || values["dry-run"];
  return {
    read: [...positionals.map(folderAround), data],
    ...looks ? {} : { ...TERMINAL, write: [data], run: [DENO] },
  };
});

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
  ({ values: { check, engine } }) =>
    check === undefined
      ? {
        ...KERNEL,
        ...TERMINAL,
        run: [...KERNEL.run, GIT],
        write: ["data", "notebooks"],
      }
      : {
        ...TERMINAL,
        run: [DENO],
        write: ["data"],
        sys: ["cpus", "osRelease"],
        ...enginePermissions(engine),
      },
);

/** `deno task claims`. */
export const CLAIMS = defineTask(
  { options: RUN_OPTIONS, positionals: [0, 0] },
  () => ({
    ...KERNEL,
    ...TERMINAL,
    run: [...KERNEL.run, GIT],
    write: ["data", "notebooks"],
  }),
);

/** `deno task figures`. */
export const FIGURES = defineTask({
  options: {
    "profile": { type: "string", default: "paper" },
    "accept-stale": STALE_OPTIONS["accept-stale"],
  },
  positionals: [0, Infinity],
}, () => ({ ...NATIVE_PACKAGES, write: ["figures"], sys: true }));

/** How figures look, and which files they are. */
const FIGURE_OPTIONS = {
  "width": { type: "string" },
  "font-size": { type: "string" },
  "no-title": { type: "boolean" },
  "formats": { type: "string" },
} as const;

/** `deno task report`. */
export const REPORT = defineTask({
  options: {
    "set": { type: "string", multiple: true },
    "seeds": { type: "string" },
    "methods": { type: "string" },
    "profile": { type: "string" },
    "accept-stale": STALE_OPTIONS["accept-stale"],
    "data": DATA,
    "metrics": { type: "string" },
    "against": { type: "string" },
    "compare-by": { type: "string", default: "objective" },
    "claims": { type: "string" },
    ...FIGURE_OPTIONS,
    "output": { type: "string", path: "path" },
  },
  positionals: [1, 1],
  path: "name or path",
}, ({ values }) => ({
  // Packages and methods lie anywhere; nothing of it runs but to be described.
  ...NATIVE_PACKAGES,
  write: [values.output ?? "figures"],
  sys: true,
}));

/**
 * Where a benchmark's results go that are not told where: those of all rows, from
 * which the README's tables are made, must not give way to those of a few.
 */
export function resultsPath(
  { quick, only }: { readonly quick: boolean; readonly only: string },
): string {
  return quick || only !== ""
    ? "bench/partial_results.json"
    : "bench/results.json";
}

/** `deno task bench`. */
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
  read: output === undefined ? [] : [dirname(output)],
  write: check ? [] : [output ?? resultsPath(rest)],
  run: [DENO, ...peers === "none" ? [] : ["python3"]],
  ffi: true,
  env: ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"],
  sys: ["cpus", "osRelease"],
}));

/** Files that `deno task docs` writes parts of. */
export const DOCS_FILES: readonly string[] = [
  "README.md",
  "ARCHITECTURE.md",
  "data/README.md",
];

/** `deno task docs`. */
export const DOCS = defineTask({
  options: { check: { type: "boolean" } },
  positionals: [0, 0],
}, ({ values }) => ({ write: values.check ? [] : DOCS_FILES }));

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

/** `deno task lab`, which looks where Deno has put its kernel. */
export const LAB = defineTask(
  { options: {}, positionals: [0, 0] },
  () => ({ read: true, run: [DENO] }),
);

/** Every command by name. */
export const TASKS: Readonly<
  Record<string, Pick<Task<Options>, "permissionsFor">>
> = {
  reproduce: REPRODUCE,
  claims: CLAIMS,
  evaluate: EVALUATE,
  train: TRAIN,
  sweep: SWEEP,
  tune: TUNE,
  scenario: SCENARIO,
  notebooks: NOTEBOOKS,
  new: NEW,
  lab: LAB,
  figures: FIGURES,
  report: REPORT,
  bench: BENCH,
  docs: DOCS,
};
