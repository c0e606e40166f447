/**
 * What a command line changes in a sweep's config: `--set`, `--seeds`, `--methods`.
 *
 * @module
 */

import { InputError, nearestWord, parseInput } from "../input/input_error.ts";
import { METHODS } from "../methods/mod.ts";
import { SEED_TEXT, specsOf, type SweepConfig } from "./config.ts";
import {
  type Grid,
  type GridMethod,
  gridValueSchemas,
  movedKeys,
  nameMethods,
  normalizeGrid,
  valuesSchema,
} from "./grid.ts";
import { METHOD_LIST, type MethodSpec, type StudyMethod } from "./methods.ts";

/** Changes of a {@linkcode SweepConfig}, as text. */
export interface SweepOverrides {
  /** Texts such as `users=5,10`: values that multiply into the grid. */
  readonly set?: readonly string[];
  /** Seeds such as `0-9`. */
  readonly seeds?: string;
  /** Methods such as `td3,ddpg`. */
  readonly methods?: string;
}

const BUILT_IN: readonly GridMethod[] = METHODS.map((method) => ({
  name: method.name,
  method,
}));

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}

/** Values between commas, each JSON or else a text. */
function parseValues(text: string): unknown[] {
  try {
    return JSON.parse(`[${text}]`);
  } catch {
    return text.split(",").map(parseValue);
  }
}

/** A value of an object's own: no key of a user's is "constructor". */
function valueOf<Value>(
  values: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

/**
 * Reads a text such as `users=5,10` or `td3.hiddenSizes=[64,64],[128]`.
 *
 * @param methods The methods whose hyperparameters can be set; by default the
 * project's.
 * @throws {InputError} If the key is unknown or a value not allowed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseSetting } from "./overrides.ts";
 *
 * assertEquals(parseSetting("users=5,10"), { users: [5, 10] });
 * ```
 */
export function parseSetting(
  text: string,
  methods: readonly GridMethod[] = BUILT_IN,
): Grid {
  const act = `read --set ${text.replaceAll(/\s+/g, " ")}`;
  const [, written, values] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (written === undefined) {
    throw new InputError(
      `Cannot ${act}: it must be a key, "=" and values, got no "="`,
    );
  }
  const key = written.trim().replace(/^scenario\./, "");
  const [name] = Object.keys(nameMethods({ [key]: [] }, methods));
  const schemas = gridValueSchemas(methods);
  const schema = valueOf(schemas, key) ?? valueOf(schemas, name);
  if (schema === undefined) {
    const condition = valueOf(movedKeys(methods), key) ??
      `must be a known key (nearest: ${
        nearestWord(key, Object.keys(schemas))
      })`;
    throw new InputError(`Cannot ${act}: ${key} ${condition}, got ${values}`);
  }
  return normalizeGrid({
    [name]: parseInput(valuesSchema(schema), parseValues(values), {
      act,
      path: key.split("."),
    }),
  });
}

function omit(grid: Grid, keys: Grid): Grid {
  return Object.fromEntries(
    Object.entries(grid).filter(([key]) => !(key in keys)),
  );
}

/** What a study says of the method that a text names: by its name there, or file. */
function specOf(
  text: string,
  config: SweepConfig,
  known: readonly StudyMethod[],
): MethodSpec {
  const own = specsOf(config).filter((spec) => typeof spec !== "string");
  return own.find(({ name }) => name === text) ??
    own.find(({ method }) => method === text) ??
    known.find(({ name }) => name === text)?.spec ?? text;
}

/**
 * The config with the methods that a command line names: those of the study as it has
 * them, with their hyperparameters, and others as they are.
 *
 * @param known Methods of the study that have been loaded, whose names are known.
 * @throws {InputError} If one is no method of the study, no name and no file.
 */
export function overrideMethods(
  config: SweepConfig,
  methods: string | undefined,
  known: readonly StudyMethod[] = [],
): SweepConfig {
  return methods === undefined ? config : {
    ...config,
    methods: parseInput(
      METHOD_LIST,
      methods.split(",").map((text) => specOf(text, config, known)),
      { act: "read --methods", path: ["methods"] },
    ),
  };
}

/**
 * The config with what a command line changes: a key that is set replaces what the
 * config says of it, and multiplies into every grid.
 *
 * @param known The config's methods; by default the project's.
 * @throws {InputError} If a text cannot be read.
 */
export function overrideSweep(
  config: SweepConfig,
  { set: texts = [], seeds, methods }: SweepOverrides,
  known: readonly GridMethod[] = BUILT_IN,
): SweepConfig {
  const set: Record<string, readonly unknown[]> = {};
  for (const setting of texts.map((text) => parseSetting(text, known))) {
    for (const [key, values] of Object.entries(setting)) {
      if (key in set) {
        throw new InputError(
          `Cannot read --set: ${key} must be set once, with commas between its values, got it twice`,
        );
      }
      set[key] = values;
    }
  }
  const gridsOf = (grid: SweepConfig["grid"] = {}) =>
    [grid].flat().map((one) => ({
      ...omit(normalizeGrid(one), set),
      ...set,
    }));
  const { parts } = config;
  return overrideMethods({
    ...config,
    grid: gridsOf(config.grid),
    ...parts === undefined ? {} : {
      parts: parts.map((part) =>
        part.grid === undefined ? part : { ...part, grid: gridsOf(part.grid) }
      ),
    },
    ...seeds === undefined ? {} : {
      seeds: parseInput(SEED_TEXT, seeds, {
        act: "read --seeds",
        path: ["seeds"],
      }),
    },
  }, methods);
}
