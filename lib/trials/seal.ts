/**
 * Seals: SHA-256 sums by which a trial's files are known to be whole.
 *
 * The manifest holds the sums of all results, the provenance that of the manifest
 * and of itself, so that every byte of a trial is covered, while results and
 * manifest stay the same for the same config.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { TrialFiles } from "./store.ts";

/** File of a trial's config and of the sums of its results. */
export const MANIFEST = "manifest.json";

/** File of where a trial's results come from, the only one that differs from run to run. */
export const PROVENANCE = "provenance.json";

/** SHA-256 of a file's content, in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function toJson(value: object): string {
  return JSON.stringify(value, null, 1) + "\n";
}

/**
 * A trial's files with their manifest, which lists the sums of all of them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sealFiles, sha256 } from "./seal.ts";
 *
 * const files = sealFiles({ id: "x" }, { "a.csv": "1" });
 * assertEquals(JSON.parse(String(files["manifest.json"])), {
 *   id: "x",
 *   files: { "a.csv": sha256("1") },
 * });
 * ```
 */
export function sealFiles(manifest: object, files: TrialFiles): TrialFiles {
  const sums = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, sha256(content)]),
  );
  return { ...files, [MANIFEST]: toJson({ ...manifest, files: sums }) };
}

/** The text of a provenance, with the sum of the manifest and of itself. */
export function sealProvenance(
  provenance: object,
  manifest: string | Uint8Array,
): string {
  const body = { ...provenance, manifestSha256: sha256(manifest) };
  return toJson({ ...body, sha256: sha256(toJson(body)) });
}

/** Whether a text is what {@linkcode sealProvenance} wrote for a manifest. */
export function isSealed(text: string, manifest: Uint8Array): boolean {
  try {
    const { manifestSha256: _, sha256: __, ...provenance } = JSON.parse(text);
    return text === sealProvenance(provenance, manifest);
  } catch {
    return false;
  }
}
