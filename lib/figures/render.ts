/**
 * Figures as files: Vega-Lite JSON, SVG, PNG and PDF.
 *
 * Importing this module is cheap; what renders is loaded with the first figure.
 *
 * @module
 */

import { join } from "node:path";
import { writeFilesTogether } from "../files/write_file.ts";
import { onTheme } from "./ground.ts";
import { fileFigure } from "./page_parts.ts";
import type { FigureSpec, FitOptions } from "./spec.ts";
import type { ThemeName } from "./theme.ts";
import { thinFigure } from "./thin_figure.ts";

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

/** A figure that is drawn, from which each of its formats is made when asked for. */
async function drawFigure(source: FigureSpec) {
  const spec = fileFigure(source);
  const { specToSvg, svgToPng } = await import("./engine.ts");
  const svg = await specToSvg(spec);
  return {
    "vl.json": () => `${JSON.stringify(spec, null, 2)}\n`,
    svg: () => `${svg}\n`,
    png: () => svgToPng(svg, 2),
    pdf: async () => await (await import("./pdf.ts")).svgToPdf(svg),
  };
}

/**
 * Renders a specification, without network, browser or fonts of the system.
 *
 * The same specification gives the same bytes.
 *
 * @throws {Error} If Vega-Lite or Vega warns of anything in the specification.
 */
export async function renderFigure(spec: FigureSpec): Promise<RenderedFigure> {
  const drawn = await drawFigure(spec);
  return {
    vegaLiteJson: drawn["vl.json"](),
    svg: drawn.svg(),
    png: drawn.png(),
  };
}

/**
 * A figure as a PNG for a notebook, of few bytes: runs have fewer points, and there are
 * 256 colors. It has the colors of the theme; two pixels stand for one of the figure.
 *
 * @throws {Error} As {@linkcode renderFigure}.
 */
export async function notebookPng(
  source: FigureSpec,
  { theme = "light" }: { readonly theme?: ThemeName } = {},
): Promise<Uint8Array> {
  const { specToSvg, svgToSmallPng } = await import("./engine.ts");
  const spec = thinFigure(fileFigure(source), POINTS_IN_NOTEBOOK);
  return svgToSmallPng(await specToSvg(onTheme(spec, theme)), 2);
}

/** Points of single runs in a panel of a notebook's picture. */
const POINTS_IN_NOTEBOOK = 400;

/**
 * A picture made smaller, for a page that leads to it.
 *
 * @param png A PNG.
 * @param widthPx Width in pixels.
 * @throws {RangeError} If the width is not positive.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { liveCurveFigure } from "./live_curve.ts";
 * import { renderFigure, shrinkPng } from "./render.ts";
 *
 * const spec = liveCurveFigure([1, 2].map((episode) => (
 *   { series: "TD3", seed: 0, episode, episodeReturn: -8 / episode }
 * )));
 * const png = await shrinkPng((await renderFigure(spec)).png, 240);
 * // A PNG's width stands in its bytes 16 to 19 (RFC 2083).
 * assertEquals(new DataView(png.buffer).getUint32(16), 240);
 * ```
 */
export async function shrinkPng(
  png: Uint8Array,
  widthPx: number,
): Promise<Uint8Array> {
  if (!(widthPx > 0 && widthPx < Infinity)) {
    throw new RangeError(
      `Cannot shrink the picture: widthPx must be positive, got ${widthPx}`,
    );
  }
  const { svgToPng } = await import("./engine.ts");
  const header = new DataView(png.buffer, png.byteOffset);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  const size = `width="${width}" height="${height}"`;
  return svgToPng(
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image ${size} href="data:image/png;base64,${png.toBase64()}"/></svg>`,
    widthPx / width,
  );
}

/** A kind of file that a figure can be. */
export type FigureFormat = "vl.json" | "svg" | "png" | "pdf";

/** Every kind of file that a figure can be: Vega-Lite, vectors, pixels, vectors. */
export const FIGURE_FORMATS: readonly FigureFormat[] = [
  "vl.json",
  "svg",
  "png",
  "pdf",
];

/** The formats of figures that are looked at, rather than printed. */
const SCREEN_FORMATS: readonly FigureFormat[] = ["vl.json", "svg", "png"];

/**
 * The files of a figure, by name: `<name>.svg` and so on.
 *
 * @param name Letters, digits, `-` and `_`.
 * @throws {RangeError} If the name has other characters.
 * @throws {Error} If the specification has a fault.
 */
export async function figureFiles(
  name: string,
  spec: FigureSpec,
  formats: readonly FigureFormat[] = SCREEN_FORMATS,
): Promise<Map<string, string | Uint8Array>> {
  if (!/^[\w-]+$/.test(name)) {
    throw new RangeError(
      `Cannot write the figure: name must be letters, digits, "-" and "_", got "${name}"`,
    );
  }
  const drawn = await drawFigure(spec);
  const files = new Map<string, string | Uint8Array>();
  for (const format of formats) {
    files.set(`${name}.${format}`, await drawn[format]());
  }
  return files;
}

/**
 * Renders a specification and writes `<name>.vl.json`, `<name>.svg` and
 * `<name>.png` into `directory`, which is made if it is missing; all or none.
 *
 * @throws {RangeError} As {@linkcode figureFiles}.
 * @throws {Error} If the specification has a fault; then nothing is written.
 */
export async function writeFigure(
  directory: string,
  name: string,
  spec: FigureSpec,
): Promise<FigurePaths> {
  await writeFigures(directory, { [name]: spec });
  return {
    vegaLiteJson: join(directory, `${name}.vl.json`),
    svg: join(directory, `${name}.svg`),
    png: join(directory, `${name}.png`),
  };
}

/** How {@linkcode writeFigures} writes. */
export interface WriteFiguresOptions {
  /** Which files a figure is; by default Vega-Lite, SVG and PNG. */
  readonly formats?: readonly FigureFormat[];
  /** How large figures are; by default as they were drawn up. */
  readonly fit?: FitOptions;
}

/**
 * {@linkcode writeFigure} for several, by name: all are rendered before the first
 * is written.
 *
 * @throws {Error} If a specification has a fault; then nothing is written.
 */
export async function writeFigures(
  directory: string,
  specs: Readonly<Record<string, FigureSpec>>,
  { formats, fit }: WriteFiguresOptions = {},
): Promise<void> {
  const files: [string, string | Uint8Array][] = [];
  for (const [name, spec] of Object.entries(specs)) {
    const fitted = fit === undefined ? spec : await fitFigure(spec, fit);
    for (const [file, content] of await figureFiles(name, fitted, formats)) {
      files.push([join(directory, file), content]);
    }
  }
  await writeFilesTogether(files);
}

/**
 * The figure as wide as it should be, its text as large: plots give way, text does
 * not. In a narrow column panels stand below each other and legends below them, and
 * what does not fit in a line is broken.
 *
 * @throws {InputError} If there is no room for plots, or the figure has none whose
 * width can change.
 */
export async function fitFigure(
  spec: FigureSpec,
  options: FitOptions,
): Promise<FigureSpec> {
  const { fit } = await import("./fit.ts");
  return await fit(fileFigure(spec), options);
}
