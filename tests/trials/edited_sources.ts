/**
 * The checkout as it would be after an edit, without the edit.
 *
 * @module
 */

import { type ReadSource, sourceReader } from "../../lib/trials/lab_sources.ts";

/** Reads the checkout as if files of it were edited. */
export function edited(
  edits: Readonly<Record<string, (text: string) => string>>,
): ReadSource {
  const read = sourceReader();
  return async (path) => {
    const edit = edits[path];
    if (edit === undefined) return await read(path);
    const bytes = await read(path).catch(() => new Uint8Array());
    // Latin 1 keeps the bytes of files that are no text.
    return Uint8Array.from(
      edit(String.fromCharCode(...bytes)),
      (character) => character.charCodeAt(0),
    );
  };
}
