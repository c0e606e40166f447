/**
 * How long trials will take, from how long similar ones took.
 *
 * @module
 */

import { join } from "node:path";
import type { TrialTimings } from "../timings.ts";
import {
  canonicalJson,
  isPolicyTrial,
  methodOf,
  reportedEpisodes,
  type TrialConfig,
} from "../trial.ts";
import { namesIn, trialsDirectory } from "./folder.ts";
import { mapConcurrently } from "./map_concurrently.ts";

/** Trials that are looked at to foresee how long others take. */
const MOST_EXAMPLES = 2000;

/** What trials have in common that take about as long per episode. */
function kindOf(config: TrialConfig): string {
  const { parameters, assumptions } = config.scenario;
  const { numUsers, numServers, numModels, slotsPerEpisode } = parameters;
  const { hiddenSizes, batchSize, updatesPerStep, searchProtocol } =
    assumptions;
  return canonicalJson([
    methodOf(config),
    ...[numUsers, numServers, numModels, slotsPerEpisode],
    ...isPolicyTrial(config)
      ? [config.actionsPerPlan ?? null, searchProtocol]
      : [config.engine, hiddenSizes, batchSize, updatesPerStep],
  ]);
}

/** Seconds per episode of every kind of trial that was seen. */
export class Forecast {
  readonly #seen = new Map<string, { seconds: number; episodes: number }>();

  /** Takes note of how long episodes of a trial took. */
  add(config: TrialConfig, seconds: number, episodes: number): void {
    const kind = kindOf(config);
    const seen = this.#seen.get(kind) ?? { seconds: 0, episodes: 0 };
    this.#seen.set(kind, {
      seconds: seen.seconds + seconds,
      episodes: seen.episodes + episodes,
    });
  }

  /**
   * Seconds that episodes of a trial take, by default all of them, or `undefined`
   * if none like it was seen.
   */
  secondsOf(
    config: TrialConfig,
    episodes: number = reportedEpisodes(config),
  ): number | undefined {
    const seen = this.#seen.get(kindOf(config));
    return seen && seen.seconds / seen.episodes * episodes;
  }
}

async function readMeasured(
  folder: string,
): Promise<{ config: TrialConfig; seconds: number } | undefined> {
  try {
    const read = async (name: string) =>
      JSON.parse(await Deno.readTextFile(join(folder, name)));
    const { config }: { config: TrialConfig } = await read("manifest.json");
    const timings: TrialTimings = await read("provenance.json");
    const seconds = timings.trainingSeconds + timings.evaluationSeconds;
    kindOf(config);
    return Number.isFinite(seconds / reportedEpisodes(config))
      ? { config, seconds }
      : undefined;
  } catch {
    // What cannot be read foretells nothing; `--verify` says what is wrong.
    return undefined;
  }
}

/** Learns from the finished trials of a data folder. */
export async function readForecast(dataDirectory: string): Promise<Forecast> {
  const folder = trialsDirectory(dataDirectory);
  const names = (await namesIn(folder)).filter((name) => !name.includes("."));
  const stride = Math.max(1, Math.ceil(names.length / MOST_EXAMPLES));
  const examples = names.sort().filter((_, index) => index % stride === 0);
  const forecast = new Forecast();
  const measured = await mapConcurrently(
    examples,
    (name) => readMeasured(join(folder, name)),
  );
  for (const one of measured) {
    if (one === undefined) continue;
    forecast.add(one.config, one.seconds, reportedEpisodes(one.config));
  }
  return forecast;
}
