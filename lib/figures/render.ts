/**
 * Figures as files: Vega-Lite JSON, SVG and PNG.
 *
 * Importing this module is cheap; what renders is loaded with the first figure.
 *
 * @module
 */

import { join } from "node:path";
import { writeFileAtomically } from "../files/write_file.ts";
import type { FigureSpec } from "./spec.ts";

/** One figure in its three formats. */
export interface RenderedFigure {
  /** The specification, as indented JSON with a final newline. */
  readonly vegaLiteJson: string;
  /** The figure as SVG; its text is text, in DejaVu Sans where installed. */
  readonly svg: string;
  /** The figure as PNG on white, two pixels for each pixel of the SVG. */
  readonly png: Uint8Array;
}

/** Where {@linkcode writeFigure} put the formats. */
export interface FigurePaths {
  /** `<name>.vl.json` */
  readonly vegaLiteJson: string;
  /** `<name>.svg` */
  readonly svg: string;
  /** `<name>.png` */
  readonly png: string;
}

/**
 * Renders a specification, without network, browser or fonts of the system.
 *
 * The same specification gives the same bytes.
 *
 * @throws {Error} If Vega-Lite or Vega warns of anything in the specification.
 */
export async function renderFigure(spec: FigureSpec): Promise<RenderedFigure> {
  const { specToSvg, svgToPng } = await import("./engine.ts");
  const svg = await specToSvg(spec);
  return {
    vegaLiteJson: `${JSON.stringify(spec, null, 2)}\n`,
    svg: `${svg}\n`,
    png: svgToPng(svg, 2),
  };
}

/**
 * Renders a specification and writes `<name>.vl.json`, `<name>.svg` and
 * `<name>.png` into `directory`, which is made if it is missing.
 *
 * @param name Letters, digits, `-` and `_`.
 * @throws {RangeError} If the name has other characters.
 * @throws {Error} If the specification has a fault; then nothing is written.
 */
export async function writeFigure(
  directory: string,
  name: string,
  spec: FigureSpec,
): Promise<FigurePaths> {
  if (!/^[\w-]+$/.test(name)) {
    throw new RangeError(
      `Cannot write the figure: name must be letters, digits, "-" and "_", got "${name}"`,
    );
  }
  const { vegaLiteJson, svg, png } = await renderFigure(spec);
  const paths = {
    vegaLiteJson: join(directory, `${name}.vl.json`),
    svg: join(directory, `${name}.svg`),
    png: join(directory, `${name}.png`),
  };
  await writeFileAtomically(paths.vegaLiteJson, vegaLiteJson);
  await writeFileAtomically(paths.svg, svg);
  await writeFileAtomically(paths.png, png);
  return paths;
}
