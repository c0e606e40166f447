/**
 * How long trials will take, from how long similar ones took.
 *
 * @module
 */

import { join } from "node:path";
import { z } from "zod";
import { numberSchema } from "../input/schema.ts";
import { isSealed, MANIFEST, PROVENANCE } from "../trials/seal.ts";
import { parseStoredJson, STORED_CONFIG } from "../trials/stored_json.ts";
import {
  canonicalJson,
  isTraining,
  reportedEpisodes,
  type TrialConfig,
} from "../trials/trial.ts";
import { namesIn, trialsDirectory } from "../trials/store.ts";
import { mapConcurrently } from "../trials/map_concurrently.ts";

/** Trials that are looked at to foresee how long others take. */
const MOST_EXAMPLES = 2000;

/** Hyperparameters that decide how long methods take. */
const TIMED = [
  ...["hiddenSizes", "batchSize", "updatesPerStep"],
  ...["actionsPerPlan", "protocol"],
];

/** What trials have in common that take about as long per episode. */
export function kindOf(config: TrialConfig): string {
  const { hyperparameters = {}, scenario: { parameters } } = config;
  const { numUsers, numServers, numModels, slotsPerEpisode } = parameters;
  return canonicalJson([
    config.method,
    ...[numUsers, numServers, numModels, slotsPerEpisode],
    ...isTraining(config) ? [config.engine] : [],
    ...TIMED.map((key) => hyperparameters[key] ?? null),
  ]);
}

/** Episodes that trials of a kind have to run. */
export interface Work {
  /** Kind of the trials, see {@linkcode kindOf}. */
  readonly kind: string;
  /** Trials. */
  readonly trials: number;
  /** Episodes of all of them. */
  readonly episodes: number;
}

/** Time that work takes, as far as it is known. */
export interface Foreseen {
  /** Seconds of the trials whose kind has been seen. */
  readonly seconds: number;
  /** Trials of kinds that have not. */
  readonly unknown: number;
}

/** The work of trials from their beginning, by kind. */
export function workOf(trials: readonly TrialConfig[]): Work[] {
  return Array.from(Map.groupBy(trials, kindOf), ([kind, own]) => ({
    kind,
    trials: own.length,
    episodes: own.reduce((sum, trial) => sum + reportedEpisodes(trial), 0),
  }));
}

/** Seconds per episode of every kind of trial that was seen. */
export class Forecast {
  readonly #seen = new Map<string, { seconds: number; episodes: number }>();

  /** Takes note of how long episodes of a kind of trial took. */
  add(kind: string, seconds: number, episodes: number): void {
    const seen = this.#seen.get(kind) ?? { seconds: 0, episodes: 0 };
    this.#seen.set(kind, {
      seconds: seen.seconds + seconds,
      episodes: seen.episodes + episodes,
    });
  }

  /** How long work takes with so many trials at a time. */
  foresee(work: readonly Work[], jobs: number): Foreseen {
    let sum = 0;
    let longest = 0;
    let unknown = 0;
    for (const { kind, trials, episodes } of work) {
      const { seconds, episodes: seen } = this.#seen.get(kind) ??
        { seconds: 0, episodes: 0 };
      if (seen === 0) {
        unknown += trials;
        continue;
      }
      const own = seconds / seen * episodes;
      sum += own;
      longest = Math.max(longest, own / trials);
    }
    return { seconds: Math.max(longest, sum / jobs), unknown };
  }
}

/** What a finished trial took. */
export interface MeasuredTrial {
  /** Its kind, see {@linkcode kindOf}. */
  readonly kind: string;
  /** Seconds of training and evaluation. */
  readonly seconds: number;
  /** Its episodes. */
  readonly episodes: number;
  /** Largest resident memory of its process in bytes, if it was measured. */
  readonly peakMemoryBytes?: number;
}

const CONFIG = z.object({ config: STORED_CONFIG });

const AMOUNT = numberSchema({ minimum: 0 });

const MEASURED = z.object({
  trainingSeconds: AMOUNT,
  evaluationSeconds: AMOUNT,
  peakMemoryBytes: AMOUNT.optional(),
});

async function readMeasured(
  folder: string,
): Promise<MeasuredTrial | undefined> {
  try {
    const manifest = await Deno.readFile(join(folder, MANIFEST));
    const provenance = await Deno.readFile(join(folder, PROVENANCE));
    if (!isSealed(new TextDecoder().decode(provenance), manifest)) {
      return undefined;
    }
    const { config } = parseStoredJson(manifest, CONFIG, MANIFEST);
    const { trainingSeconds, evaluationSeconds, peakMemoryBytes } =
      parseStoredJson(provenance, MEASURED, PROVENANCE);
    const seconds = trainingSeconds + evaluationSeconds;
    const episodes = reportedEpisodes(config);
    return Number.isFinite(seconds / episodes)
      ? { kind: kindOf(config), seconds, episodes, peakMemoryBytes }
      : undefined;
  } catch {
    // What cannot be read foretells nothing; `--verify` says what is wrong.
    return undefined;
  }
}

/** What finished trials of a data folder took; of many, a sample. */
export async function readMeasuredTrials(
  dataDirectory: string,
): Promise<MeasuredTrial[]> {
  const folder = trialsDirectory(dataDirectory);
  const names = (await namesIn(folder)).filter((name) => !name.includes("."));
  const stride = Math.max(1, Math.ceil(names.length / MOST_EXAMPLES));
  const examples = names.sort().filter((_, index) => index % stride === 0);
  const measured = await mapConcurrently(
    examples,
    (name) => readMeasured(join(folder, name)),
  );
  return measured.filter((one) => one !== undefined);
}

/** Learns from the finished trials of a data folder. */
export async function readForecast(dataDirectory: string): Promise<Forecast> {
  const forecast = new Forecast();
  for (const one of await readMeasuredTrials(dataDirectory)) {
    forecast.add(one.kind, one.seconds, one.episodes);
  }
  return forecast;
}
