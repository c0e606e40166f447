/**
 * Ledger entries on how results are measured and shown, which belong to studies.
 *
 * @module
 */

import { METHODS } from "../methods/mod.ts";
import { LEDGER_SECTIONS } from "../scenario/assumptions.ts";
import type { HitRates } from "../env/hit_rate.ts";
import {
  choice,
  defaultsOf,
  type Ledger,
  type LedgerEntry,
  sizes,
} from "../input/ledger_entry.ts";

/** Choices of the section "Studies": none changes what is run. */
export interface StudyChoices {
  /** What a hit is. */
  readonly hitRate: "own-server" | "any-server" | "cached-used";
  /** Which curves Fig. 5 shows. */
  readonly convergenceCurve: "all" | "raw" | "mean" | "fit";
  /** Numbers of users in Figs. 6 and 7. */
  readonly userCounts: readonly number[];
}

/** Readings of Section 5. */
export const STUDY_LEDGER: Ledger<StudyChoices> = {
  hitRate: choice({
    paper: "The hit rate of Fig. 6 is never defined.",
    options: {
      "own-server": "requests whose model the user's own server caches",
      "any-server": "requests whose model any server caches",
      "cached-used": "cached models that some user of their server requests",
    },
    default: "own-server",
    reason: "Section 3.3.1 executes a request at the edge in just this case.",
    matters: "high: cached-used rises with U by itself",
  }),
  convergenceCurve: choice({
    paper: "Section 5.2.1 fits the curves with a 4th-order polynomial.",
    options: {
      all: "raw curves, mean with interval, and fit",
      raw: "the curve of every seed",
      mean: "the mean over seeds with its interval",
      fit: "the 4th-order polynomial fit of the mean",
    },
    default: "all",
    reason: "The ends of a polynomial fit mislead; the reader should see both.",
    matters: "how convergence looks, not what it is",
  }),
  userCounts: sizes({
    paper: "The images of Figs. 6 and 7 are missing from the preprint.",
    default: [5, 10, 15, 20, 25, 30],
    reason: "Around Table 3's U = 10.",
    matters: "where curves begin and end",
  }),
};

/** The defaults of studies. */
export const DEFAULT_STUDY: StudyChoices = defaultsOf(STUDY_LEDGER);

/** Which of the {@linkcode HitRates} a reading of `hitRate` is. */
export const HIT_RATE_READINGS: Readonly<
  Record<StudyChoices["hitRate"], keyof HitRates>
> = {
  "own-server": "hitRateOwnServer",
  "any-server": "hitRateAnyServer",
  "cached-used": "cacheUtilization",
};

/** An entry of the whole ledger. */
export interface OwnedEntry {
  /** Part of the ledger: of the world, of methods, or of studies. */
  readonly section: string;
  /** Key of the choice. */
  readonly key: string;
  /** Methods that have it; none for the world and studies. */
  readonly methods: readonly string[];
  /** The entry. */
  readonly entry: LedgerEntry;
}

/** The whole ledger: what the world, the methods and studies leave to choose. */
export function collectLedger(): OwnedEntry[] {
  const ofMethods = new Map<LedgerEntry, { key: string; methods: string[] }>();
  for (const { name, hyperparameters = {} } of METHODS) {
    for (const [key, entry] of Object.entries(hyperparameters)) {
      const methods = ofMethods.get(entry)?.methods ?? [];
      ofMethods.set(entry, { key, methods: [...methods, name] });
    }
  }
  const sectionOf = (section: string, entries: Record<string, LedgerEntry>) =>
    Object.entries(entries).map(([key, entry]): OwnedEntry => ({
      section,
      key,
      methods: [],
      entry,
    }));
  return [
    ...Object.entries(LEDGER_SECTIONS).flatMap(([section, entries]) =>
      sectionOf(section, entries)
    ),
    ...Array.from(ofMethods, ([entry, { key, methods }]): OwnedEntry => ({
      section: `Methods: ${methods.join(", ")}`,
      key,
      methods,
      entry,
    })),
    ...sectionOf("Studies", { ...STUDY_LEDGER }),
  ];
}
