/**
 * Widths of text in the typeface that is bundled with the figures.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
// Makes Deno install the package: what `import.meta.resolve` names alone it
// neither installs nor locks.
import "dejavu-fonts-ttf/package.json" with { type: "json" };
import * as fontkit from "fontkit";

/** The part of a fontkit font that measuring needs. */
interface Typeface {
  readonly unitsPerEm: number;
  layout(text: string): { readonly advanceWidth: number };
}

/** The properties of a Vega text item that decide its width. */
export interface TextStyle {
  /** Size in pixels; by default Vega's 11. */
  readonly fontSize?: number;
  /** "bold", or a number of which 600 and more is bold. */
  readonly fontWeight?: string | number;
  /** Greatest width in pixels, to which Vega cuts the text; 0 is none. */
  readonly limit?: number;
}

/** Files of DejaVu Sans, regular and bold, from `npm:dejavu-fonts-ttf`. */
export const typefaceFiles: readonly string[] = [
  import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
].map((url) => fileURLToPath(url));

const [regular, bold] = typefaceFiles.map((file) =>
  fontkit.create(readFileSync(file)) as unknown as Typeface
);

/**
 * The width in pixels of one line of text in DejaVu Sans, kerning included.
 *
 * Without a canvas Vega takes each character for 0.8 of the font size wide.
 */
export function textWidth(style: TextStyle, text: string): number {
  const { fontSize = 11, fontWeight = "normal", limit = 0 } = style;
  const isBold = fontWeight === "bold" || Number(fontWeight) >= 600;
  const typeface = isBold ? bold : regular;
  const width = typeface.layout(text).advanceWidth / typeface.unitsPerEm *
    fontSize;
  return limit > 0 ? Math.min(width, limit) : width;
}
