/**
 * Results that other code made than the lab's of now.
 *
 * @module
 */

import { join } from "node:path";
import { type FinishedTrial, ifWhole } from "./check_trial.ts";
import type { LabSources, SourceRecord, TrialCode } from "./lab_sources.ts";
import { namesIn, trialsDirectory } from "./store.ts";
import { mapConcurrently } from "./map_concurrently.ts";
import { isTraining, type TrialConfig } from "./trial.ts";

/** A module that is not what it was. */
export interface StaleFile {
  /** Its path from the checkout. */
  readonly path: string;
  /** Whether it has other content, is run no more, or was not run then. */
  readonly change: "changed" | "gone" | "new";
}

/** A finished trial that other code made. */
export interface StaleTrial {
  /** Its identity. */
  readonly id: string;
  /** What differs; `undefined` if the trial does not say what code made it. */
  readonly files: readonly StaleFile[] | undefined;
}

/** What is said of results that do not say what code made them. */
export const NO_RECORD = "no record of the code that made them";

/** Files that a list names before it says how many more there are. */
const MOST_FILES = 10;

/**
 * What differs between two lists of modules, in order of paths.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { compareSources } from "./stale.ts";
 *
 * const then = { "lib/a.ts": "1", "lib/b.ts": "2", "lib/c.ts": "3" };
 * const now = { "lib/a.ts": "1", "lib/b.ts": "9", "lib/d.ts": "4" };
 * assertEquals(compareSources(then, now), [
 *   { path: "lib/b.ts", change: "changed" },
 *   { path: "lib/c.ts", change: "gone" },
 *   { path: "lib/d.ts", change: "new" },
 * ]);
 * ```
 */
export function compareSources(
  then: SourceRecord,
  now: SourceRecord,
): StaleFile[] {
  const paths = [...new Set([...Object.keys(then), ...Object.keys(now)])];
  return paths.sort().filter((path) => then[path] !== now[path]).map((
    path,
  ) => ({
    path,
    change: !Object.hasOwn(now, path)
      ? "gone"
      : !Object.hasOwn(then, path)
      ? "new"
      : "changed",
  }));
}

/** What of a trial decides which modules run. */
export function codeOf(config: TrialConfig): TrialCode {
  const { method, file } = config;
  return {
    method,
    ...isTraining(config) ? { engine: config.engine } : {},
    ...file === undefined ? {} : { own: true },
  };
}

/**
 * The modules that are not what they were when a trial was made.
 *
 * @returns None if the trial is of today's code, `undefined` if it is older than
 * such records.
 * @throws {DamagedTrialError} If its record cannot be read.
 */
export async function staleFilesOf(
  trial: FinishedTrial,
  sources: LabSources,
): Promise<readonly StaleFile[] | undefined> {
  const then = trial.sources();
  return then === undefined
    ? undefined
    : compareSources(then, await sources.of(codeOf(trial.manifest.config)));
}

/**
 * The stale ones among trials, in their order. Those that are not finished are
 * none, nor are damaged ones, whose results nobody uses.
 */
export async function findStale(
  dataDirectory: string,
  ids: readonly string[],
  sources: LabSources,
): Promise<StaleTrial[]> {
  const there = new Set(await namesIn(trialsDirectory(dataDirectory)));
  const finished = ids.filter((id) => there.has(id));
  const found = await mapConcurrently(
    finished,
    (id) =>
      ifWhole(join(trialsDirectory(dataDirectory), id), async (trial) => {
        const files = await staleFilesOf(trial, sources);
        return files?.length === 0 ? [] : [{ id, files }];
      }),
  );
  return found.flatMap((one) => one ?? []);
}

/** Files as a list in words: at most ten, then how many more there are. */
export function listFiles(files: readonly StaleFile[]): string {
  const named = files.slice(0, MOST_FILES).map(({ path, change }) =>
    `${path} (${change})`
  );
  const rest = files.length - named.length;
  return named.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** Every file that differs for some of several results, once. */
export function unionOfFiles(
  lists: readonly (readonly StaleFile[])[],
): StaleFile[] {
  const byPath = new Map(lists.flat().map((file) => [file.path, file]));
  return [...byPath.values()].sort((a, b) => a.path < b.path ? -1 : 1);
}

function count(trials: number, rest: string): string {
  return `${trials} finished trial${trials === 1 ? "" : "s"} ${rest}`;
}

/** What is to be said of stale trials: a line for each way of being so. */
export function describeStale(stale: readonly StaleTrial[]): string[] {
  const known = stale.flatMap(({ files }) =>
    files === undefined ? [] : [files]
  );
  const unknown = stale.length - known.length;
  return [
    ...known.length === 0 ? [] : [
      count(
        known.length,
        `of other code than today's: ${listFiles(unionOfFiles(known))}`,
      ),
    ],
    ...unknown === 0 ? [] : [count(unknown, `with ${NO_RECORD}`)],
  ];
}
