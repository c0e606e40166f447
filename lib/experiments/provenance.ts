/**
 * Where results come from: versions and commit. None of it decides a number.
 *
 * @module
 */

import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };

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

/** Collects the provenance of results made now, in the checkout `checkout`. */
export async function collectProvenance(checkout = "."): Promise<Provenance> {
  return {
    gitCommit: await readGitCommit(checkout),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
    packages: Object.values(config.imports),
  };
}
