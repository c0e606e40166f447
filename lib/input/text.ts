/**
 * Text files as they come: UTF-8, with or without a byte order mark.
 *
 * @module
 */

import { InputError } from "./input_error.ts";

/** What bytes that are no UTF-8 look like, so that the user knows what to do. */
function describeBytes(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff);
  // Without a mark, every other byte of Latin text in UTF-16 is 0.
  const isWide = bytes.length >= 2 && (first === 0) !== (second === 0);
  return hasMark || isWide ? "UTF-16" : "bytes that are no UTF-8";
}

/**
 * The text of UTF-8 bytes; a byte order mark at the beginning is skipped.
 *
 * @param bytes Content of a file.
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} If the bytes are no UTF-8; UTF-16 is named.
 */
export function decodeText(bytes: Uint8Array, act: string): string {
  const refuse = (): never => {
    throw new InputError(
      `Cannot ${act}: the document must be UTF-8, got ${describeBytes(bytes)}`,
    );
  };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") && describeBytes(bytes) === "UTF-16"
      ? refuse()
      : text;
  } catch (error) {
    if (error instanceof InputError) throw error;
    return refuse();
  }
}

/**
 * Reads a text file, or standard input for `-`.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} If it is not there, cannot be read, or is no UTF-8.
 */
export async function readText(path: string, act: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = path === "-"
      ? await new Response(Deno.stdin.readable).bytes()
      : await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new InputError(
        `Cannot ${act}: ${path} must be a file, got nothing there`,
      );
    }
    const reason = (error as Error).message.split("\n")[0];
    throw new InputError(
      `Cannot ${act}: ${path} must be a readable file, got ${reason}`,
    );
  }
  return decodeText(bytes, act);
}
