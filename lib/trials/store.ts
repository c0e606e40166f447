/**
 * Where results stand, and how they get there: a finished trial is a folder that
 * was written under another name and then renamed, so it is never half there.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";
import { syncDirectory, writeFileDurably } from "../files/write_file.ts";
import { type TrialConfig, trialId } from "./trial.ts";

/** Files of a finished trial, by name. */
export type TrialFiles = Readonly<Record<string, string | Uint8Array>>;

/** Folder of the trials of every sweep. */
export function trialsDirectory(dataDirectory: string): string {
  return join(dataDirectory, "trials");
}

/** Names in a folder; none if there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) =>
      name
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Folder of a trial's results. */
export function trialDirectory(
  dataDirectory: string,
  config: TrialConfig,
): string {
  return join(trialsDirectory(dataDirectory), trialId(config));
}

/** Whether something is there. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Whether a trial has results. */
export function isFinished(
  dataDirectory: string,
  config: TrialConfig,
): Promise<boolean> {
  return exists(trialDirectory(dataDirectory, config));
}

/** Writes files below a folder, and waits until all are on the disk. */
async function writeFiles(folder: string, files: TrialFiles): Promise<void> {
  const folders = new Set([folder]);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await writeFileDurably(path, content);
    folders.add(dirname(path));
  }
  for (const written of folders) await syncDirectory(written);
}

/**
 * Writes a trial's files into a folder of another name, then renames it. If
 * another process finished the same trial in between, its results stay: they are
 * the same.
 */
export async function storeTrial(
  dataDirectory: string,
  config: TrialConfig,
  files: TrialFiles,
): Promise<string> {
  const target = trialDirectory(dataDirectory, config);
  const temporary = `${target}.${Deno.pid}.tmp`;
  try {
    await Deno.mkdir(temporary, { recursive: true });
    await writeFiles(temporary, files);
    await Deno.rename(temporary, target);
  } catch (error) {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
    if (!await exists(target)) throw error;
  }
  await syncDirectory(dirname(target));
  return target;
}

/**
 * Moves something that is damaged out of the way, into a folder in the data folder,
 * under a name that is free there.
 *
 * @param kind Name of that folder, by default `damaged`.
 * @returns Where it is now.
 */
export async function setAside(
  dataDirectory: string,
  path: string,
  kind: "damaged" | "stale" = "damaged",
): Promise<string> {
  const folder = join(dataDirectory, kind);
  await Deno.mkdir(folder, { recursive: true });
  const name = basename(path);
  let target = join(folder, name);
  for (let copy = 2; await exists(target); copy++) {
    target = join(folder, `${name}-${copy}`);
  }
  await Deno.rename(path, target);
  return target;
}
