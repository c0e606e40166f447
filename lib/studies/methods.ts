/**
 * The methods of a study: names, files, or either with hyperparameters of its own.
 *
 * @module
 */

import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { describeValue, InputError } from "../input/input_error.ts";
import { objectSchema } from "../input/schema.ts";
import {
  findMethod,
  type Hyperparameters,
  type Method,
  METHOD_NAMES,
} from "../methods/mod.ts";
import {
  isMethodFile,
  loadMethodFile,
  type MethodFile,
} from "../trials/method_file.ts";

/** A method with a name and hyperparameters of its own. */
export interface MethodVariant {
  /** Name or file of the method. */
  readonly method: string;
  /** Name in the study: in its grid and tables; by default the method's. */
  readonly name?: string;
  /** Name in tables and figures; by default the method's, or `name`. */
  readonly label?: string;
  /** Values that differ from the method's defaults. */
  readonly hyperparameters?: Hyperparameters;
}

/** What a study says of a method. */
export type MethodSpec = string | MethodVariant;

/** A method of a study. */
export interface StudyMethod {
  /** Name in the study. */
  readonly name: string;
  /** Name in tables and figures, where it is not that of the method. */
  readonly label?: string;
  /** The method. */
  readonly method: Method;
  /** Where it comes from, if it is none of the project's. */
  readonly file?: MethodFile;
  /** Values that differ from the method's defaults. */
  readonly hyperparameters: Hyperparameters;
  /** What the study says of it. */
  readonly spec?: MethodSpec;
  /** The file as the study writes it, which its grid may use for the name. */
  readonly written?: string;
}

const METHODS_ERROR = `must be an array of different methods: names (${
  METHOD_NAMES.join(", ")
}), files such as "./mine.ts", or objects with method, name, hyperparameters`;

const NAME = z.custom<string>(
  (value) =>
    typeof value === "string" &&
    (METHOD_NAMES.includes(value) || isMethodFile(value)),
  {
    error: `must be one of ${
      METHOD_NAMES.map((name) => `"${name}"`).join(", ")
    }, or a file such as "./mine.ts"`,
  },
).meta({ type: "string" });

const NAME_ERROR = 'must be a name of letters, digits, "_" and "-"';

const VARIANT = objectSchema({
  method: NAME.describe("Name or file of the method"),
  name: z.string({ error: NAME_ERROR }).regex(/^[\w-]{1,100}$/, {
    error: NAME_ERROR,
  }).optional().describe("Name in the study; by default the method's"),
  label: z.string({ error: "must be a text" }).min(1, {
    error: "must be a text of at least 1 character",
  }).optional().describe("Name in tables and figures"),
  hyperparameters: z.record(z.string(), z.unknown(), {
    error: "must be an object of hyperparameters",
  }).optional().describe("Values that differ from the method's defaults"),
}, "an object with method, name, label, hyperparameters");

/** The form of one method of a study. */
export const METHOD_SPEC = z.custom<MethodSpec>().superRefine(
  (value, context) => {
    const schema = typeof value === "string" ? NAME : VARIANT;
    const result = schema.safeParse(value);
    for (const issue of result.error?.issues ?? []) {
      context.addIssue({
        code: "custom",
        message: issue.message,
        path: issue.code === "unrecognized_keys"
          ? [...issue.path, issue.keys[0]]
          : issue.path,
        input: value,
      });
    }
  },
).meta({
  anyOf: [NAME, VARIANT].map((schema) => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, {
      unrepresentable: "any",
    });
    return rest;
  }),
});

function isDifferent(values: readonly unknown[]): boolean {
  return new Set(values.map((value) => JSON.stringify(value))).size ===
    values.length;
}

/** The form of a list of methods. */
export const METHOD_LIST: z.ZodType<MethodSpec[]> = z.array(METHOD_SPEC, {
  error: METHODS_ERROR,
}).min(1, { error: METHODS_ERROR }).refine(isDifferent, {
  error: METHODS_ERROR,
});

function sourceOf(spec: MethodSpec): string {
  return typeof spec === "string" ? spec : spec.method;
}

/** Whether a study has methods from files, which take a while to load. */
export function hasMethodFiles(specs: readonly MethodSpec[]): boolean {
  return specs.some((spec) => isMethodFile(sourceOf(spec)));
}

/** The same methods with the paths of files from the root. */
export function resolveMethods(
  specs: readonly MethodSpec[],
  folder: string,
): MethodSpec[] {
  return specs.map((spec) => {
    const source = sourceOf(spec);
    if (!isMethodFile(source) || isAbsolute(source)) return spec;
    const path = resolve(folder, source);
    return typeof spec === "string" ? path : { ...spec, method: path };
  });
}

/** Names that begin keys of a grid which are no method's. */
const RESERVED = ["parameters", "assumptions", "scenario", "all"];

function toStudyMethod(
  spec: MethodSpec,
  method: Method,
  file?: MethodFile,
): StudyMethod {
  const { name = method.name, label, hyperparameters = {} } =
    typeof spec === "string" ? {} as Partial<MethodVariant> : spec;
  const shown = label ?? (name === method.name ? undefined : name);
  return {
    name,
    ...shown === undefined ? {} : { label: shown },
    method,
    spec,
    ...file === undefined ? {} : { file },
    hyperparameters,
    ...file === undefined ? {} : { written: sourceOf(spec) },
  };
}

/**
 * Refuses methods that cannot be told apart.
 *
 * @throws {InputError} If two have one name, or one label, which tables go by.
 */
export function refuseSameNames(
  methods: readonly StudyMethod[],
  act: string,
): void {
  const names = methods.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) < index || RESERVED.includes(name)) {
      throw new InputError(
        `Cannot ${act}: methods[${index}] must be called otherwise than the others (an object with method and name does it), got ${
          describeValue(name)
        }`,
      );
    }
  });
  const labels = methods.map(({ label, method }) => label ?? method.label);
  const index = labels.findIndex((label, i) => labels.indexOf(label) < i);
  if (index < 0) return;
  throw new InputError(
    `Cannot ${act}: methods[${index}] must have a label of its own (an object with method and label gives it one), got ${
      describeValue(labels[index])
    }`,
  );
}

/**
 * The methods of a study that has none from files.
 *
 * @throws {InputError} If one is from a file.
 */
export function findMethods(
  specs: readonly MethodSpec[],
  act: string,
): StudyMethod[] {
  const methods = specs.map((spec) => {
    const source = sourceOf(spec);
    if (isMethodFile(source)) {
      throw new InputError(
        `Cannot ${act}: ${source} must be loaded first (openStudy does it), got no method`,
      );
    }
    return toStudyMethod(spec, findMethod(source));
  });
  return methods;
}

/**
 * The methods of a study, those from files too.
 *
 * @throws {InputError} If a file is no method's module.
 */
export async function loadMethods(
  specs: readonly MethodSpec[],
  act: string,
): Promise<StudyMethod[]> {
  const methods: StudyMethod[] = [];
  for (const spec of specs) {
    const source = sourceOf(spec);
    if (isMethodFile(source)) {
      const { method, file } = await loadMethodFile(source, { act });
      methods.push(toStudyMethod(spec, method, file));
    } else methods.push(toStudyMethod(spec, findMethod(source)));
  }
  return methods;
}

/** The method among known ones that is what a study says of it. */
export function methodOf(
  spec: MethodSpec,
  known: readonly StudyMethod[],
): StudyMethod {
  const found = known.find((method) =>
    JSON.stringify(method.spec) === JSON.stringify(spec)
  );
  return found ?? findMethods([spec], "find the method")[0];
}
