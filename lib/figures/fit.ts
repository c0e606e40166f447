/**
 * Figures at the width of a column, with text that can be read there.
 *
 * @module
 */

import { InputError } from "../input/input_error.ts";
import { sizeOfSvg, specToSvg } from "./engine.ts";
import type { FigureSpec, FitOptions } from "./spec.ts";
import { textWidth } from "./text_width.ts";
import { houseTheme } from "./theme.ts";
import { wrapText } from "./wrap_text.ts";

/** A part of a specification. */
type Part = Record<string, unknown>;

/** The text size that the house theme is made for. */
const HOUSE_SIZE = houseTheme.axis.labelFontSize;

/** Pixels below which panels stand in one column, and legends below the plots. */
const NARROW = 520;

/** Least width of a plot in pixels, beside its axis. */
const LEAST_PLOT = 120;

/** Pixels that an axis takes, about. */
const AXIS = 80;

/** Height of a plot to its width, at most. */
const ASPECT = 0.75;

/** From so many plots in one column on, each has half that height. */
const MANY_PLOTS = 4;

/** Margin around a fitted figure, which stands in a column with a margin. */
const PADDING = 3;

/** Pixels of a legend's entry beside its label. */
const LEGEND_SYMBOL = 46;

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Calls `visit` for every part but data, outer ones first. */
function walk(node: unknown, visit: (part: Part) => void): void {
  if (Array.isArray(node)) { for (const one of node) walk(one, visit); }
  if (!isPart(node)) return;
  visit(node);
  for (const [key, value] of Object.entries(node)) {
    if (!["data", "datasets", "values"].includes(key)) walk(value, visit);
  }
}

/** Scales every size of text. */
function scaleText(spec: Part, factor: number): void {
  walk(spec, (part) => {
    for (const [key, value] of Object.entries(part)) {
      if (!/(fontSize|FontSize|LineHeight)$/.test(key)) continue;
      if (typeof value === "number") part[key] = value * factor;
    }
  });
}

/** Puts panels that stand side by side below each other. */
function stack(spec: Part): void {
  walk(spec, (part) => {
    if (!Array.isArray(part.hconcat) || part.hconcat.length < 2) return;
    part.vconcat = part.hconcat;
    delete part.hconcat;
    // Only the first of a row has the labels that all share.
    walk(part.vconcat, (inner) => {
      if (inner.labels === false) delete inner.labels;
    });
  });
}

/** Puts legends below the plots, in as many columns as there is room for. */
function lowerLegends(spec: Part, width: number, fontSize: number): void {
  walk(spec, (part) => {
    if (!isPart(part.legend)) return;
    const { domain = [] } = isPart(part.scale)
      ? part.scale as { domain?: unknown[] }
      : {};
    const widest = Math.max(
      0,
      ...domain.map((name) => textWidth({ fontSize }, String(name))),
    );
    part.legend = {
      ...part.legend,
      orient: "bottom",
      direction: "horizontal",
      labelLimit: width,
      symbolSize: 200,
      columns: Math.max(1, Math.floor(width / (widest + LEGEND_SYMBOL))),
    };
  });
}

/** Turns names of places, for which there is little room. */
function turnNames(spec: Part): void {
  walk(spec, (part) => {
    if (typeof part.labelExpr !== "string") return;
    Object.assign(part, {
      labelAngle: -30,
      labelAlign: "right",
      labelOverlap: false,
    });
  });
}

/** Plots with a width of their own. */
function plotsOf(spec: Part): (Part & { width: number })[] {
  const plots: (Part & { width: number })[] = [];
  walk(spec, (part) => {
    if (typeof part.width === "number" && "encoding" in part) {
      plots.push(part as Part & { width: number });
    }
  });
  return plots;
}

/** Breaks the titles of a plot and its axes where there is no room for them. */
function wrapTitles(plot: Part & { width: number }, fontSize: number): void {
  if (isPart(plot.title) && typeof plot.title.text === "string") {
    plot.title.text = wrapText(plot.title.text, plot.width, {
      fontSize: plot.title.fontSize as number,
      fontWeight: "bold",
    });
  }
  walk(plot, (part) => {
    if (!isPart(part.encoding)) return;
    for (const [channel, room] of [["x", plot.width], ["y", plot.height]]) {
      const axis = part.encoding[channel as string];
      if (!isPart(axis) || typeof axis.title !== "string") continue;
      if (typeof room !== "number") continue;
      axis.title = wrapText(axis.title, room, { fontSize });
    }
  });
}

function wrapHead(spec: Part, width: number): void {
  if (!isPart(spec.title)) return;
  const { title } = spec.config as typeof houseTheme;
  const wrap = (text: unknown, fontSize: number, isBold = false) =>
    [text].flat().flatMap((line) =>
      wrapText(String(line), width, {
        fontSize,
        ...isBold ? { fontWeight: "bold" } : {},
      })
    );
  spec.title = {
    ...spec.title,
    text: wrap(spec.title.text, title.fontSize, true),
    ...spec.title.subtitle === undefined ? {} : {
      subtitle: wrap(spec.title.subtitle, title.subtitleFontSize),
    },
  };
}

/** Ticks that leave room for their labels. */
function limitTicks(plot: Part & { width: number }): void {
  walk(plot, (part) => {
    if (!isPart(part.encoding) || !isPart(part.encoding.x)) return;
    const { axis } = part.encoding.x;
    if (!isPart(axis) || typeof axis.tickCount !== "number") return;
    axis.tickCount = Math.min(axis.tickCount, Math.floor(plot.width / 45));
  });
}

/**
 * Makes plots wider or narrower until the figure is as wide as it should be.
 *
 * @throws {InputError} If there is no room for plots.
 */
async function fitWidth(spec: Part, widthPx: number): Promise<void> {
  // Plots that stand side by side share the width.
  const parts = Array.isArray(spec.vconcat) ? spec.vconcat as Part[] : [spec];
  const rows = parts.flatMap((part) =>
    "vconcat" in part && part !== spec ? plotsOf(part) : [part]
  );
  // The difference is shared by the plots of a row, and depends on their ticks.
  for (let round = 0; round < 6; round += 1) {
    const { width } = sizeOfSvg(
      await specToSvg(spec as unknown as FigureSpec),
    );
    const missing = widthPx - width;
    if (Math.abs(missing) < 1) return;
    for (const row of rows) {
      const plots = plotsOf(row);
      const share = Math.trunc(missing / plots.length) ||
        (missing < 0 ? -1 : 0);
      for (const plot of plots) {
        plot.width += share;
        if (plot.width >= LEAST_PLOT) continue;
        throw new InputError(
          `Cannot fit the figure: width must leave each plot ${LEAST_PLOT} pixels beside its axis, got ${
            Math.max(0, plot.width)
          } of ${widthPx}`,
        );
      }
    }
    if (
      Math.abs(missing) < Math.max(...rows.map((row) => plotsOf(row).length))
    ) {
      return;
    }
  }
}

/**
 * The figure as wide as it should be, its text as large: plots give way, text does
 * not. In a narrow column panels stand below each other and legends below them, and
 * what does not fit in a line is broken.
 *
 * @throws {InputError} If there is no room for plots, or the figure has none whose
 * width can change.
 */
export async function fit(
  spec: FigureSpec,
  { widthPx, fontSizePx, title = true }: FitOptions,
): Promise<FigureSpec> {
  const fitted = structuredClone(spec) as unknown as Part;
  if (!title) delete fitted.title;
  const fontSize = fontSizePx ?? HOUSE_SIZE;
  if (fontSizePx !== undefined) scaleText(fitted, fontSizePx / HOUSE_SIZE);
  if (widthPx === undefined) return fitted as unknown as FigureSpec;
  const config = fitted.config as Part;
  const inner = widthPx - 2 * PADDING;
  fitted.config = {
    ...config,
    padding: PADDING,
    axis: { ...config.axis as Part, labelOverlap: true },
  };
  wrapHead(fitted, inner);
  if (widthPx < NARROW) {
    stack(fitted);
    turnNames(fitted);
    lowerLegends(fitted, inner, fontSize);
  }
  const plots = plotsOf(fitted);
  if (plots.length === 0) {
    throw new InputError(
      "Cannot fit the figure: it must have plots whose width can change, got none",
    );
  }
  if (widthPx < NARROW) {
    // Else a title that is wider than its plot would make that narrower and narrower.
    for (const plot of plots) {
      plot.width = widthPx - AXIS;
      wrapTitles(plot, fontSize);
    }
  }
  await fitWidth(fitted, widthPx);
  const isTall = widthPx < NARROW && plots.length >= MANY_PLOTS;
  const aspect = isTall ? ASPECT / 2 : ASPECT;
  for (const plot of plots) {
    if (typeof plot.height === "number" && plot.height > aspect * plot.width) {
      plot.height = Math.round(aspect * plot.width);
    }
    limitTicks(plot);
    wrapTitles(plot, fontSize);
  }
  // Broken titles of vertical axes take room of their own.
  await fitWidth(fitted, widthPx);
  return fitted as unknown as FigureSpec;
}
