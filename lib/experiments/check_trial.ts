/**
 * Whether a finished trial's files are whole, by the sums in its manifest.
 *
 * @module
 */

import { join } from "node:path";
import { isSealed, MANIFEST, PROVENANCE, sha256 } from "./seal.ts";
import { type TrialConfig, trialIdIn } from "./trial.ts";

/** A trial whose files are not what they were when it finished. */
export class DamagedTrialError extends Error {
  /** Name that distinguishes it from faults of the program. */
  override readonly name = "DamagedTrialError";
}

/** What a check needs of a manifest. */
export interface SealedManifest {
  /** Identity of the trial. */
  readonly id: string;
  /** `RESULTS_VERSION` of the code that ran it. */
  readonly resultsVersion: number;
  /** What decides its numbers. */
  readonly config: TrialConfig;
  /** SHA-256 of its results, by name. */
  readonly files: Readonly<Record<string, string>>;
}

async function readBytes(
  folder: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(join(folder, name));
  } catch (error) {
    const problem = error instanceof Deno.errors.NotFound
      ? "is missing"
      : `cannot be read (${(error as Error).message})`;
    throw new DamagedTrialError(`${name} ${problem}`);
  }
}

function parseManifest(bytes: Uint8Array, id: string): SealedManifest {
  const damaged = (problem: string) =>
    new DamagedTrialError(`${MANIFEST} ${problem}`);
  let manifest: SealedManifest;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw damaged("is damaged: it is not JSON");
  }
  if (typeof manifest?.files !== "object" || manifest.files === null) {
    throw damaged("is damaged: it lists no sums");
  }
  if (manifest.id !== id) {
    throw damaged(`is of another trial, ${manifest.id}`);
  }
  return manifest;
}

/**
 * Reads the manifest of the trial in a folder.
 *
 * @throws {DamagedTrialError} If it is missing, cannot be read or is of another.
 */
export async function readManifest(
  folder: string,
  id: string,
): Promise<SealedManifest> {
  return parseManifest(await readBytes(folder, MANIFEST), id);
}

/**
 * Reads a result of the trial in a folder.
 *
 * @throws {DamagedTrialError} If it is missing or not what the manifest says.
 */
export async function readResult(
  folder: string,
  manifest: SealedManifest,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readBytes(folder, name);
  if (sha256(bytes) !== manifest.files[name]) {
    throw new DamagedTrialError(
      `${name} is damaged: its SHA-256 is not the manifest's`,
    );
  }
  return bytes;
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

async function problemOf(call: () => Promise<unknown>): Promise<string[]> {
  try {
    await call();
    return [];
  } catch (error) {
    if (error instanceof DamagedTrialError) return [error.message];
    throw error;
  }
}

function isOwnConfig({ id, resultsVersion, config }: SealedManifest): boolean {
  try {
    return trialIdIn(resultsVersion, config) === id;
  } catch {
    return false;
  }
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
  let bytes: Uint8Array;
  let manifest: SealedManifest;
  try {
    bytes = await readBytes(folder, MANIFEST);
    manifest = parseManifest(bytes, id);
  } catch (error) {
    if (error instanceof DamagedTrialError) return [error.message];
    throw error;
  }
  const problems = isOwnConfig(manifest)
    ? []
    : [`${MANIFEST} is damaged: its config is not that of ${id}`];
  for (const name of Object.keys(manifest.files)) {
    problems.push(
      ...await problemOf(() => readResult(folder, manifest, name)),
    );
  }
  problems.push(
    ...await problemOf(async () => {
      const text = new TextDecoder().decode(
        await readBytes(folder, PROVENANCE),
      );
      if (!isSealed(text, bytes)) {
        throw new DamagedTrialError(
          `${PROVENANCE} or ${MANIFEST} is damaged: their sums do not agree`,
        );
      }
    }),
  );
  const known = new Set([...Object.keys(manifest.files), MANIFEST, PROVENANCE]);
  for (const name of await filesBelow(folder)) {
    if (!known.has(name)) problems.push(`${name} is foreign`);
  }
  return problems;
}
