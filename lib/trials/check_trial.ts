/**
 * Reading finished trials: nothing of one is read unless every file of it is what
 * it was when the trial finished, by the sums in its manifest.
 *
 * @module
 */

import { basename, join } from "node:path";
import { z } from "zod";
import { parseCsv, type TableColumns } from "../input/csv.ts";
import { InputError } from "../input/input_error.ts";
import { numberSchema } from "../input/schema.ts";
import { decodeText } from "../input/text.ts";
import type { SourceRecord } from "./lab_sources.ts";
import {
  EPISODE_COLUMNS,
  EVALUATION_COLUMNS,
  type EvaluationRow,
  type TrainingEpisodeRow,
} from "./rows.ts";
import { isSealed, MANIFEST, PROVENANCE, sha256 } from "./seal.ts";
import { exists } from "./store.ts";
import { parseStoredJson, STORED_CONFIG, STORED_TEXT } from "./stored_json.ts";
import type { TrialTimings } from "./timings.ts";
import { type TrialConfig, trialIdIn } from "./trial.ts";

/** A trial whose files are not what they were when it finished. */
export class DamagedTrialError extends InputError {
  /** The trial's folder. */
  readonly folder: string;
  /** What is wrong: a file, and how it is damaged. */
  readonly problem: string;

  /** Says what is wrong with the trial in a folder. */
  constructor(folder: string, problem: string) {
    super(`Cannot read ${folder}: ${problem}`);
    this.folder = folder;
    this.problem = problem;
  }
}

/** What a trial's manifest says, as far as it is read. */
export interface TrialManifest {
  /** Identity of the trial. */
  readonly id: string;
  /** `RESULTS_VERSION` of the code that ran it. */
  readonly resultsVersion: number;
  /** What decides its numbers. */
  readonly config: TrialConfig;
  /** How often the objective of a slot was asked for before deciding. */
  readonly slotEvaluations: number;
  /** SHA-256 of its results, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A name below the trial's folder. */
const FILE_NAME = z.string().regex(/^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/);

const MANIFEST_SCHEMA = z.object({
  id: STORED_TEXT,
  resultsVersion: numberSchema({ minimum: 0, integer: true }),
  config: STORED_CONFIG,
  slotEvaluations: numberSchema({ minimum: 0, integer: true }),
  files: z.record(FILE_NAME, STORED_TEXT, {
    error: "must be a file of the trial with its sum",
  }),
}, { error: "must be an object" }) satisfies z.ZodType<TrialManifest>;

const SECONDS = numberSchema({ minimum: 0 });

const TIMINGS_SCHEMA = z.object({
  trainingSeconds: SECONDS,
  evaluationSeconds: SECONDS,
  decisionLatencyS: SECONDS,
}, { error: "must be an object" }) satisfies z.ZodType<TrialTimings>;

const ORIGIN_SCHEMA = z.object({
  sources: z.record(z.string(), STORED_TEXT, {
    error: "must be an object of sums",
  }).optional(),
}, { error: "must be an object" });

/** Finds what is wrong with the files of one trial, while it reads them. */
class Inspection {
  readonly #folder: string;
  readonly problems: string[] = [];
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  manifest: TrialManifest | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async #read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const bytes = await Deno.readFile(join(this.#folder, name));
      this.files.set(name, bytes);
      return bytes;
    } catch (error) {
      this.problems.push(
        error instanceof Deno.errors.NotFound
          ? `${name} is missing`
          : `${name} cannot be read (${(error as Error).message})`,
      );
      return undefined;
    }
  }

  #parseManifest(bytes: Uint8Array, id: string): TrialManifest | undefined {
    try {
      const manifest = parseStoredJson(bytes, MANIFEST_SCHEMA, MANIFEST);
      if (manifest.id === id) return manifest;
      this.problems.push(`${MANIFEST} is of another trial, ${manifest.id}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.problems.push(`${MANIFEST} is damaged: ${error.message}`);
    }
    return undefined;
  }

  async run(id: string): Promise<this> {
    const bytes = await this.#read(MANIFEST);
    if (bytes === undefined) return this;
    this.manifest = this.#parseManifest(bytes, id);
    if (this.manifest === undefined) return this;
    const { resultsVersion, config } = this.manifest;
    if (trialIdIn(resultsVersion, config) !== id) {
      this.problems.push(
        `${MANIFEST} is damaged: its config is not that of ${id}`,
      );
    }
    for (const [name, sum] of Object.entries(this.manifest.files)) {
      const content = await this.#read(name);
      if (content !== undefined && sha256(content) !== sum) {
        this.problems.push(
          `${name} is damaged: its SHA-256 is not the manifest's`,
        );
      }
    }
    const provenance = await this.#read(PROVENANCE);
    if (
      provenance !== undefined &&
      !isSealed(new TextDecoder().decode(provenance), bytes)
    ) {
      this.problems.push(
        `${PROVENANCE} or ${MANIFEST} is damaged: their sums do not agree`,
      );
    }
    return this;
  }
}

/** Every file below a folder, by relative path. */
async function filesBelow(folder: string, prefix = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(join(folder, prefix))) {
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory) files.push(...await filesBelow(folder, `${name}/`));
    else files.push(name);
  }
  return files.sort();
}

/**
 * Checks every byte of the trial in a folder.
 *
 * @returns What is wrong, a file each: missing, damaged or foreign; empty if the
 * trial is whole.
 */
export async function checkTrial(
  folder: string,
  id: string,
): Promise<string[]> {
  const { problems, manifest } = await new Inspection(folder).run(id);
  if (manifest === undefined) return problems;
  const known = new Set([...Object.keys(manifest.files), MANIFEST, PROVENANCE]);
  const foreign = (await filesBelow(folder)).filter((name) => !known.has(name));
  return [...problems, ...foreign.map((name) => `${name} is foreign`)];
}

/** A finished trial, every file of which is what it was when it finished. */
export class FinishedTrial {
  /** Its folder. */
  readonly folder: string;
  /** What it was, and what it spent. */
  readonly manifest: TrialManifest;
  readonly #files: ReadonlyMap<string, Uint8Array>;

  /** Keeps files that {@linkcode readTrial} has checked. */
  constructor(
    folder: string,
    manifest: TrialManifest,
    files: ReadonlyMap<string, Uint8Array>,
  ) {
    this.folder = folder;
    this.manifest = manifest;
    this.#files = files;
  }

  /** Whether it has a file of that name, such as `policy/weights.bin`. */
  has(name: string): boolean {
    return this.#files.has(name);
  }

  /**
   * The content of one of its files.
   *
   * @throws {DamagedTrialError} If it has none of that name.
   */
  bytes(name: string): Uint8Array {
    const bytes = this.#files.get(name);
    if (bytes !== undefined) return bytes;
    throw new DamagedTrialError(
      this.folder,
      `${MANIFEST} is damaged: it lists no ${name}`,
    );
  }

  /** Turns what cannot be read of a file into damage. */
  #parse<Result>(name: string, parse: (bytes: Uint8Array) => Result): Result {
    const bytes = this.bytes(name);
    try {
      return parse(bytes);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new DamagedTrialError(
        this.folder,
        `${name} is damaged: ${error.message}`,
      );
    }
  }

  #table<Row>(name: string, columns: TableColumns<Row>): Row[] {
    return this.#parse(name, (bytes) => {
      const source = { act: "read it", path: name };
      return parseCsv(decodeText(bytes, source.act), columns, source);
    });
  }

  /** Training episodes; a policy's trial has none. */
  episodes(): TrainingEpisodeRow[] {
    return this.#table("episodes.csv", EPISODE_COLUMNS);
  }

  /** Greedy evaluations. */
  evaluations(): EvaluationRow[] {
    return this.#table("evaluations.csv", EVALUATION_COLUMNS);
  }

  /**
   * The last evaluation on traces of a split.
   *
   * @throws {DamagedTrialError} If there is none.
   */
  lastEvaluation(split: EvaluationRow["split"] = "test"): EvaluationRow {
    const last = this.evaluations().findLast((row) => row.split === split);
    if (last !== undefined) return last;
    throw new DamagedTrialError(
      this.folder,
      `evaluations.csv has no ${split}`,
    );
  }

  /**
   * SHA-256 of the modules that decided its numbers, by path; `undefined` if it is
   * older than such records.
   */
  sources(): SourceRecord | undefined {
    return this.#parse(
      PROVENANCE,
      (bytes) => parseStoredJson(bytes, ORIGIN_SCHEMA, PROVENANCE).sources,
    );
  }

  /** When its manifest was written, in seconds since 1970; 0 if nobody knows. */
  async endedS(): Promise<number> {
    const { mtime } = await Deno.stat(join(this.folder, MANIFEST));
    return (mtime?.getTime() ?? 0) / 1000;
  }

  /** How long it took. */
  timings(): TrialTimings {
    return this.#parse(
      PROVENANCE,
      (bytes) => parseStoredJson(bytes, TIMINGS_SCHEMA, PROVENANCE),
    );
  }
}

/**
 * Reads a finished trial and checks every file of it: the only way from a trial's
 * folder to a result.
 *
 * @param folder The trial's folder, whose name is its identity.
 * @throws {Deno.errors.NotFound} If there is no such folder.
 * @throws {DamagedTrialError} If a file is not what the manifest says.
 */
export async function readTrial(folder: string): Promise<FinishedTrial> {
  const requireFolder = async () => {
    if (await exists(folder)) return;
    throw new Deno.errors.NotFound(`${folder} is not there`);
  };
  // Folders come whole, by renaming: one that comes while this runs must not look
  // as if files were missing, nor one that is moved away.
  await requireFolder();
  const { problems: [problem], manifest, files } = await new Inspection(folder)
    .run(basename(folder));
  if (manifest !== undefined && problem === undefined) {
    return new FinishedTrial(folder, manifest, files);
  }
  await requireFolder();
  throw new DamagedTrialError(folder, problem);
}

/**
 * What is made of a finished trial; `undefined` if it is not there, or damaged:
 * whoever needs such a trial says so.
 *
 * @param folder The trial's folder, whose name is its identity.
 */
export async function ifWhole<Result>(
  folder: string,
  use: (trial: FinishedTrial) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await use(await readTrial(folder));
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof DamagedTrialError;
    if (isMissing) return undefined;
    throw error;
  }
}
