/**
 * Readings of what the paper leaves open, under which its claims are judged anew:
 * the parts of the studies `readings_figures` and `readings_short`, and what a hit
 * is, which takes no trials.
 *
 * @module
 */

import figures from "../studies/paper/configs/readings_figures.json" with {
  type: "json",
};
import short from "../studies/paper/configs/readings_short.json" with {
  type: "json",
};
import type { StudyChoices } from "../studies/ledger.ts";
import { parseStudy } from "../studies/paper/registry.ts";
import type { SweepConfig, SweepPart } from "../studies/config.ts";
import { partsOf } from "../studies/parts.ts";
import { parseScenario } from "../scenario/parse_scenario.ts";
import { DEFAULT_ASSUMPTIONS } from "../scenario/assumptions.ts";
import { PAPER_METHODS, type PaperMethod } from "./claims.ts";

/** Where readings are judged, by study. */
const STUDIES = {
  figures: parseStudy(figures),
  short: parseStudy(short),
} as const satisfies Readonly<Record<"figures" | "short", SweepConfig>>;

/** Other choices in the ledger than its defaults. */
export interface Reading {
  /** Name in `data/readings.csv`, and of the study's part. */
  readonly key: string;
  /** Name in tables and figures. */
  readonly label: string;
  /** What it assumes, in words. */
  readonly text: string;
  /** All that it chooses, by keys of the ledger. */
  readonly choices: Readonly<Record<string, unknown>>;
  /** What a hit is. */
  readonly hitRate?: StudyChoices["hitRate"];
  /** The study of whose parts it is one; none if it takes no trials. */
  readonly study?: SweepConfig;
  /**
   * Methods whose trials these choices change; the others' trials are those of the
   * defaults.
   */
  readonly changes: readonly PaperMethod[];
  /**
   * Where it is judged: on the users and seeds of the figures, if what it changes
   * is cheap, or else on fewer, beside the defaults on as few.
   */
  readonly grid: "figures" | "short";
}

/** Key of the defaults on the users and seeds of the figures. */
export const DEFAULT_READING = "default";

/** Key of the defaults on as few users and seeds as costly readings have. */
export const SHORT_DEFAULT_READING = "default-short";

/** What a part assumes otherwise than the ledger's defaults. */
function choicesOf({ scenario, hyperparameters = {} }: SweepPart) {
  const file = typeof scenario === "string"
    ? { extends: scenario }
    : scenario ?? {};
  const { assumptions } = parseScenario(file, "read the readings");
  const defaults: Readonly<Record<string, unknown>> = {
    ...DEFAULT_ASSUMPTIONS,
  };
  return Object.fromEntries([
    ...Object.entries(assumptions).filter(([key, value]) =>
      value !== defaults[key]
    ),
    ...Object.entries(hyperparameters).map(([key, value]) => [
      key.slice(key.lastIndexOf(".") + 1),
      value,
    ]),
  ]);
}

/** The readings that are the parts of a study. */
export function readingsOf(
  study: SweepConfig,
  grid: Reading["grid"],
): Reading[] {
  return (study.parts ?? []).map((part): Reading => {
    const [label, text] = (part.title ?? part.part).split(": ");
    const choices = choicesOf(part);
    return {
      key: part.part,
      label,
      text,
      choices,
      study,
      changes: Object.keys(choices).length === 0
        ? []
        : PAPER_METHODS.filter((method) => part.methods?.includes(method)),
      grid,
    };
  });
}

/** A reading of what a hit is: it changes no trial. */
function hitReading(
  hitRate: StudyChoices["hitRate"],
  key: string,
  label: string,
  text: string,
): Reading {
  const choices = { hitRate };
  return { key, label, text, choices, hitRate, changes: [], grid: "figures" };
}

/** Every reading, those of one grid together and the defaults first. */
export const READINGS: readonly Reading[] = [
  {
    key: DEFAULT_READING,
    label: "default",
    text: "the ledger's defaults",
    choices: {},
    changes: [],
    grid: "figures",
  },
  ...readingsOf(STUDIES.figures, "figures"),
  hitReading(
    "any-server",
    "hit-any-server",
    "hit on any server",
    "a request is a hit if any server caches its model",
  ),
  hitReading(
    "cached-used",
    "hit-cached-used",
    "cached models used",
    "the hit rate is the share of cached models that are requested",
  ),
  ...readingsOf(STUDIES.short, "short"),
];

/** Whether a reading chooses nothing. */
export function isDefault({ choices }: Reading): boolean {
  return Object.keys(choices).length === 0;
}

/** The part of its study that a reading is; none if it runs nothing. */
export function partOf(
  { key, study }: Reading,
  profiled: (study: SweepConfig) => SweepConfig,
): SweepConfig | undefined {
  return study === undefined
    ? undefined
    : partsOf(profiled(study)).find(({ part }) => part === key);
}
