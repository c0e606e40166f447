/**
 * SVG as PDF: vectors, with the bundled typeface inside.
 *
 * @module
 */

import PDFDocument from "pdfkit";
import svgToPdfkit from "svg-to-pdfkit";
import { sizeOfSvg } from "./engine.ts";
import { typefaceFiles } from "./text_width.ts";

/** The part of a pdfkit document that is used here. */
interface Document extends AsyncIterable<Uint8Array<ArrayBuffer>> {
  registerFont(name: string, file: string): void;
  end(): void;
}

/** Points of a PDF for each pixel of an SVG: 72 to 96 an inch. */
const POINTS_PER_PIXEL = 0.75;

/** Dates are part of a PDF; the same figure has the same bytes. */
const NO_DATE = new Date(0);

/**
 * An SVG that Vega made as a PDF of one page, as large as the figure; its text is
 * text, in DejaVu Sans. The same SVG gives the same bytes.
 */
export async function svgToPdf(svg: string): Promise<Uint8Array> {
  const { width, height } = sizeOfSvg(svg);
  const size = [width * POINTS_PER_PIXEL, height * POINTS_PER_PIXEL];
  const [regular, bold] = typefaceFiles;
  const document = new PDFDocument({
    size,
    margin: 0,
    // Else pdfkit loads the metrics of a typeface that nothing is set in.
    font: regular,
    info: { CreationDate: NO_DATE, ModDate: NO_DATE },
  }) as unknown as Document;
  document.registerFont("regular", regular);
  document.registerFont("bold", bold);
  // svg-to-pdfkit takes a gap of 0 for no line at all.
  svgToPdfkit(document, svg.replaceAll(' stroke-dasharray="1,0"', ""), 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (_family: string, isBold: boolean) =>
      isBold ? "bold" : "regular",
    warningCallback: (message: string) => {
      throw new Error(`Cannot render the figure as PDF: ${message}`);
    },
  });
  document.end();
  return await new Blob(await Array.fromAsync(document)).bytes();
}
