/**
 * Vega-Lite to SVG to PNG, with a bundled typeface and nothing of the system.
 *
 * Loading takes a fifth of a second and permissions that drawing up a
 * specification does not need; so render.ts imports this module when the first
 * figure is rendered.
 *
 * @module
 */

import { Resvg } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile } from "vega-lite";
import { palettePng } from "./palette_png.ts";
import type { FigureSpec } from "./spec.ts";
import { textWidth, typefaceFiles } from "./text_width.ts";

/** What Vega calls for the width of a text; missing from its typings. */
interface VegaTextMetrics {
  width(style: Parameters<typeof textWidth>[0], text: unknown): number;
}

(vega as unknown as { textMetrics: VegaTextMetrics }).textMetrics.width = (
  style,
  text,
) => textWidth(style, String(text ?? "").trim());

/** A logger under which a figure with a fault is no figure. */
const strictLogger: vega.LoggerInterface = {
  level: (() => strictLogger) as vega.LoggerInterface["level"],
  error: refuse,
  warn: refuse,
  info: () => strictLogger,
  debug: () => strictLogger,
};

function refuse(...messages: readonly unknown[]): never {
  throw new Error(`Cannot render the figure: ${messages.join(" ")}`);
}

/**
 * The specification as SVG. The same specification gives the same text.
 *
 * @throws {Error} At the first warning of Vega-Lite or Vega.
 */
export async function specToSvg(spec: FigureSpec): Promise<string> {
  const { spec: compiled } = compile(spec, { logger: strictLogger });
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(compiled), {
    logger: strictLogger,
    renderer: "none",
  });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Width and height of an SVG that {@linkcode specToSvg} made, in pixels. */
export function sizeOfSvg(svg: string): { width: number; height: number } {
  const [, width, height] = svg.match(
    /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/,
  ) ?? [];
  return { width: Number(width), height: Number(height) };
}

/** SVG as pixels, `scale` of them for each pixel of the figure. */
function drawSvg(svg: string, scale: number) {
  const resvg = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: {
      defaultFontFamily: "DejaVu Sans",
      fontFiles: [...typefaceFiles],
      loadSystemFonts: false,
    },
  });
  return resvg.render();
}

/** SVG as PNG, `scale` pixels for each pixel of the figure. */
export function svgToPng(svg: string, scale: number): Uint8Array {
  return Uint8Array.from(drawSvg(svg, scale).asPng());
}

/** SVG as a PNG of 256 colors, which takes a third of the bytes. */
export function svgToSmallPng(svg: string, scale: number): Uint8Array {
  const { pixels, width, height } = drawSvg(svg, scale);
  return palettePng({ data: pixels, width, height });
}
