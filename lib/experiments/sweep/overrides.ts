/**
 * What a command line changes in a sweep's config: `--set`, `--seeds`, `--methods`.
 *
 * @module
 */

import {
  InputError,
  nearestWord,
  parseInput,
} from "../../input/input_error.ts";
import { METHOD_LIST, SEED_TEXT, type SweepConfig } from "./config.ts";
import {
  type Grid,
  GRID_VALUE_SCHEMAS,
  normalizeGrid,
  valuesSchema,
} from "./grid.ts";

/** Changes of a {@linkcode SweepConfig}, as text. */
export interface SweepOverrides {
  /** Texts such as `users=5,10`: values that multiply into the grid. */
  readonly set?: readonly string[];
  /** Seeds such as `0-9`. */
  readonly seeds?: string;
  /** Methods such as `td3,ddpg`. */
  readonly methods?: string;
}

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

/**
 * Reads a text such as `users=5,10` or `assumptions.hiddenSizes=[64,64],[128]`.
 *
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
export function parseSetting(text: string): Grid {
  const act = `read --set ${text.replaceAll(/\s+/g, " ")}`;
  const [, written, values] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (written === undefined) {
    throw new InputError(
      `Cannot ${act}: it must be a key, "=" and values, got no "="`,
    );
  }
  const key = written.trim().replace(/^scenario\./, "");
  const keys = Object.keys(GRID_VALUE_SCHEMAS);
  if (!keys.includes(key)) {
    throw new InputError(
      `Cannot ${act}: ${key} must be a known key (nearest: ${
        nearestWord(key, keys)
      }), got ${values}`,
    );
  }
  return normalizeGrid({
    [key]: parseInput(valuesSchema(key), parseValues(values), {
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

/**
 * The config with what a command line changes: a key that is set replaces what the
 * config says of it, and multiplies into every grid.
 *
 * @throws {InputError} If a text cannot be read.
 */
export function overrideSweep(
  config: SweepConfig,
  overrides: SweepOverrides,
): SweepConfig {
  const set: Record<string, readonly unknown[]> = {};
  for (const setting of (overrides.set ?? []).map(parseSetting)) {
    for (const [key, values] of Object.entries(setting)) {
      if (key in set) {
        throw new InputError(
          `Cannot read --set: ${key} must be set once, with commas between its values, got it twice`,
        );
      }
      set[key] = values;
    }
  }
  const grids = [config.grid ?? {}].flat().map((grid) => ({
    ...omit(normalizeGrid(grid), set),
    ...set,
  }));
  const { seeds, methods } = overrides;
  return {
    ...config,
    grid: grids,
    ...seeds === undefined ? {} : {
      seeds: parseInput(SEED_TEXT, seeds, {
        act: "read --seeds",
        path: ["seeds"],
      }),
    },
    ...methods === undefined ? {} : {
      methods: parseInput(METHOD_LIST, methods.split(","), {
        act: "read --methods",
        path: ["methods"],
      }),
    },
  };
}
