/**
 * The commands of `deno task` that a researcher's study takes: which arguments each
 * takes, and what it may do with them beside reading the checkout.
 *
 * @module
 */

import { DEFAULT_ENGINE } from "../nn/engine_name.ts";
import { defineTask } from "./define_task.ts";
import {
  enginePermissions,
  folderAround,
  joinPermissions,
} from "../trials/permissions.ts";
import {
  COMPILERS,
  DATA,
  DENO,
  FIGURE_OPTIONS,
  GIT,
  isNative,
  JOBS,
  NATIVE,
  NATIVE_PACKAGES,
  SLURM,
  STALE_OPTIONS,
  TERMINAL,
} from "./task_parts.ts";
import { isModule, isName } from "./user_path.ts";

/** Where TensorBoard's event files go. */
const BOARD = { tensorboard: { type: "string", path: "path" } } as const;

/** The folder of `--tensorboard`, if it is given. */
function boardOf(
  { tensorboard }: { readonly tensorboard?: string },
): string[] {
  return tensorboard === undefined ? [] : [tensorboard];
}

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

/** `deno task check:method`. */
export const CHECK_METHOD = defineTask({
  options: {
    set: { type: "string", multiple: true },
    worlds: { type: "string", default: "300" },
    seed: { type: "string", default: "0" },
    limit: { type: "string", default: "10" },
    json: { type: "boolean" },
  },
  positionals: [1, 1],
}, ({ positionals }, _, code) => ({ read: code(positionals), run: [DENO] }));

/** `deno task train`. */
export const TRAIN = defineTask({
  options: {
    scenario: { type: "string", default: "paper", path: "name or path" },
    seed: { type: "string", default: "0" },
    set: { type: "string", multiple: true },
    ...STALE_OPTIONS,
    episodes: { type: "string" },
    engine: { type: "string", default: DEFAULT_ENGINE },
    native: NATIVE,
    data: DATA,
    ...BOARD,
  },
  positionals: [1, 1],
}, ({ values, positionals }, path, code) =>
  joinPermissions({
    read: [path(values.scenario), ...code(positionals), ...COMPILERS],
    write: [values.data, ...boardOf(values)],
  }, enginePermissions(values.engine, isNative(values))));

/** `deno task play`. */
export const PLAY = defineTask({
  options: {
    scenario: { type: "string", path: "name or path" },
    episodes: { type: "string" },
    seed: { type: "string" },
    method: { type: "string", path: "path" },
    set: { type: "string", multiple: true },
    engine: { type: "string" },
    json: { type: "boolean" },
    data: DATA,
  },
  positionals: [1, 1],
  path: "name or path",
}, ({ values, positionals: [played] }, path) => {
  const { scenario, method, engine = DEFAULT_ENGINE, data } = values;
  const modules = [played, ...method === undefined ? [] : [method]]
    .filter(isModule);
  return joinPermissions({
    read: [
      ...isName(played) ? [data] : isModule(played) ? [] : [played],
      ...modules.map(folderAround),
      ...scenario === undefined ? [] : [path(scenario)],
    ],
  }, enginePermissions(engine));
});

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
    "native": NATIVE,
    "fail-fast": { type: "boolean" },
    ...STALE_OPTIONS,
    "data": DATA,
    "metric": { type: "string", default: "objective" },
    "parquet": { type: "boolean" },
    ...BOARD,
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
      ...looks || verify || values.status || values.cancel ? [] : COMPILERS,
    ],
    write: looks ? [] : [data, ...boardOf(values)],
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
    "native": NATIVE,
    "data": DATA,
    ...BOARD,
    ...STALE_OPTIONS,
    "dry-run": { type: "boolean" },
    "schema": { type: "boolean" },
  },
  positionals: [0, 1],
  path: "path",
}, ({ values: { data, schema, ...values }, positionals }) => {
  const looks = schema || values["dry-run"];
  return {
    read: [
      ...positionals.map(folderAround),
      data,
      ...looks ? [] : COMPILERS,
    ],
    ...looks
      ? {}
      : { ...TERMINAL, write: [data, ...boardOf(values)], run: [DENO] },
  };
});

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
  },
  positionals: [1, 1],
  path: "name or path",
}, ({ values }) => ({
  // Packages and methods lie anywhere; nothing of it runs but to be described.
  ...NATIVE_PACKAGES,
  write: [values.output ?? "figures"],
  sys: true,
}));
