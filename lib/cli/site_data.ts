/**
 * What the pages of `deno task site` show, as data that is written into them.
 *
 * @module
 */

import {
  type Claim,
  describeGrid,
  type MatrixCell,
  PAPER_WORDS,
  type Reading,
  READINGS,
  readMatrix,
} from "../claims/mod.ts";
import type { DoorChoices } from "../env/mod.ts";
import { InputError } from "../input/input_error.ts";
import { parameterCount } from "../nn/layers.ts";
import type { FigureSpec } from "../figures/spec.ts";
import { actionSize, choicesIn, observationSize } from "../env/mod.ts";
import { DEFAULT_CHOICES } from "../env/mod.ts";
import { PRESETS } from "../scenario/mod.ts";
import { drawPaperFigure, PAPER_FIGURES } from "./figures.ts";

/** A claim as the site shows it. */
export interface SiteClaim extends Omit<Claim, "effects" | "methods"> {
  /** The paper's own words. */
  readonly words: string;
}

/** A reading as the site shows it. */
export interface SiteReading
  extends Pick<Reading, "key" | "label" | "text" | "grid"> {
  /** Users and seeds that it was judged on. */
  readonly trials: string;
  /** What it chooses in the ledger, such as `discount: 0.95`. */
  readonly choices: readonly string[];
}

/** A cell of the claims × readings matrix as the site shows it. */
export interface SiteCell extends Omit<MatrixCell, "claim" | "reading"> {
  /** Key of the claim. */
  readonly claim: string;
  /** Key of the reading. */
  readonly reading: string;
}

/** All that the claims page shows. */
export interface SiteClaims {
  /** The claims in the paper's order. */
  readonly claims: readonly SiteClaim[];
  /** The readings, defaults included. */
  readonly readings: readonly SiteReading[];
  /** A cell for each pair of them. */
  readonly cells: readonly SiteCell[];
}

/** A figure of the site. */
export interface SiteFigure {
  /** Its name, such as `fig06_hit_rate`. */
  readonly name: string;
  /** Its specification. */
  readonly spec: FigureSpec;
}

/** A trained actor, small enough for a page. */
export interface SitePolicy {
  /** Name of the preset that it was trained in. */
  readonly world: string;
  /** Name in tables. */
  readonly label: string;
  /** How it was trained, in a sentence. */
  readonly text: string;
  /** Widths of its layers, observation and action included. */
  readonly sizes: readonly number[];
  /** How it sees slots and how its actions are read. */
  readonly choices: DoorChoices;
  /** Its parameters: base64 of little-endian numbers of 4 bytes. */
  readonly weights: string;
}

/**
 * The claims page's data from the tables of the paper profile.
 *
 * @throws {InputError} If a table is damaged or not whole.
 */
export async function readSiteClaims(data: string): Promise<SiteClaims> {
  const cells = await readMatrix(data, "paper", "build the site");
  const claims = [...new Set(cells.map(({ claim }) => claim))];
  return {
    claims: claims.map(({ effects: _, methods: __, ...claim }) => ({
      ...claim,
      words: PAPER_WORDS[claim.key],
    })),
    readings: READINGS.map((reading) => ({
      key: reading.key,
      label: reading.label,
      text: reading.text,
      grid: reading.grid,
      trials: describeGrid(reading, "paper"),
      choices: Object.entries(reading.choices).map(([key, value]) =>
        `${key}: ${
          typeof value === "number" ? Number(value.toPrecision(4)) : value
        }`
      ),
    })),
    cells: cells.map(({ claim, reading, ...cell }) => ({
      ...cell,
      claim: claim.key,
      reading: reading.key,
    })),
  };
}

/**
 * The figures of the site: the one place that says which specifications they are.
 *
 * @throws {InputError} If a table is not there, damaged or not whole.
 */
export async function readSiteFigures(data: string): Promise<SiteFigure[]> {
  return await Promise.all(
    PAPER_FIGURES.map(async (name) => ({
      name,
      spec: await drawPaperFigure(name, data, "paper"),
    })),
  );
}

/** What a manifest says of a policy; see `deno task train`. */
interface Manifest {
  readonly config: {
    readonly method: string;
    readonly seed: number;
    readonly episodes: number;
    readonly scenario: { readonly name?: string };
    readonly hyperparameters: Readonly<Record<string, unknown>>;
  };
}

/**
 * Reads a policy that `deno task train` has left, of which `manifest.json` and
 * `weights.bin` are kept.
 *
 * @param folder Where these two lie.
 * @param world The preset that it was trained in.
 * @throws {InputError} If the weights are not those of such an actor.
 */
export async function readSitePolicy(
  folder: string,
  world: string,
): Promise<SitePolicy> {
  const manifest: Manifest = JSON.parse(
    await Deno.readTextFile(`${folder}/manifest.json`),
  );
  const { method, seed, episodes, hyperparameters } = manifest.config;
  const choices = { ...DEFAULT_CHOICES, ...choicesIn(hyperparameters) };
  const scenario = PRESETS[world];
  const sizes = [
    observationSize(scenario, choices),
    ...hyperparameters.hiddenSizes as number[],
    actionSize(scenario),
  ];
  const weights = await Deno.readFile(`${folder}/weights.bin`);
  const expected = 4 * parameterCount(sizes);
  if (weights.length !== expected) {
    throw new InputError(
      `Cannot build the site: ${folder}/weights.bin must have ${expected} bytes, got ${weights.length}`,
    );
  }
  return {
    world,
    label: method.toUpperCase(),
    text: `The greedy actor of ${method.toUpperCase()} after ${
      episodes.toLocaleString("en-US")
    } episodes in this world (seed ${seed}).`,
    sizes,
    choices,
    weights: weights.toBase64(),
  };
}
