/**
 * Where results come from: versions and commit. None of it decides a number.
 *
 * @module
 */

import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { CHECKOUT } from "./checkout.ts";
import type { SourceRecord } from "./lab_sources.ts";

/** What a trial ran on. */
export interface Provenance {
  /** Commit of the checkout, if it is one. */
  readonly gitCommit: string | null;
  /** Version of Deno. */
  readonly deno: string;
  /** Version of V8. */
  readonly v8: string;
  /** Operating system and architecture. */
  readonly platform: string;
  /** Packages as `deno.json` pins them. */
  readonly packages: readonly string[];
}

/** What of the checkout made a trial. */
export interface CodeOrigin {
  /**
   * SHA-256 of the modules that decide the trial's numbers, by path; `undefined`
   * if it was continued from a checkpoint of which that is not known.
   */
  readonly sources: SourceRecord | undefined;
  /**
   * Whether all of `lib` was as committed; `null` if nobody could tell, as in a
   * process that may not run git.
   */
  readonly gitClean: boolean | null;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(path)).trim();
  } catch {
    return undefined;
  }
}

/** The commit that `HEAD` names, read from the files of a checkout. */
export async function readGitCommit(
  checkout: string,
): Promise<string | null> {
  const git = join(checkout, ".git");
  const head = await readIfThere(join(git, "HEAD"));
  const reference = head?.match(/^ref: (.+)$/)?.[1];
  if (reference === undefined) return head ?? null;
  const loose = await readIfThere(join(git, reference));
  if (loose !== undefined) return loose;
  const packed = await readIfThere(join(git, "packed-refs"));
  return packed?.split("\n").find((line) => line.endsWith(` ${reference}`))
    ?.split(" ")[0] ?? null;
}

/**
 * Whether everything below `lib` in a checkout is as committed, by `git status`.
 * No file but git's own database says that, so whoever may not run git does not
 * know.
 *
 * @returns `null` if it may not be run, is not there, or knows no such checkout.
 */
export async function readGitClean(
  checkout = CHECKOUT,
): Promise<boolean | null> {
  const git = { name: "run", command: "git" } as const;
  const { state } = await Deno.permissions.query(git);
  if (state !== "granted") return null;
  try {
    const { success, stdout } = await new Deno.Command("git", {
      // It must neither write to the checkout nor start a watcher of it.
      args: [
        ...["--no-optional-locks", "-c", "core.fsmonitor=false"],
        ...["status", "--porcelain", "--", "lib"],
      ],
      cwd: checkout,
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? stdout.length === 0 : null;
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotCapable
    ) return null;
    throw error;
  }
}

/** Collects the provenance of results made now, in the checkout `checkout`. */
export async function collectProvenance(
  checkout = CHECKOUT,
): Promise<Provenance> {
  return {
    gitCommit: await readGitCommit(checkout),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
    packages: Object.values(config.imports),
  };
}
