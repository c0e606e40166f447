/**
 * Text broken into lines.
 *
 * @module
 */

import { type TextStyle, textWidth } from "./text_width.ts";

/**
 * The lines of a text that are no wider than `width` pixels, broken between words; a
 * word that is wider has a line of its own.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wrapText } from "./wrap_text.ts";
 *
 * assertEquals(wrapText("one two three", 60, { fontSize: 12 }), ["one two", "three"]);
 * ```
 */
export function wrapText(
  text: string,
  width: number,
  style: TextStyle,
): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(style, longer) <= width) {
      lines[lines.length - 1] = longer;
    } else lines.push(word);
  }
  return lines;
}
