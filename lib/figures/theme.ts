/**
 * How every figure looks: data only.
 *
 * @module
 */

import type { Config } from "vega-lite";

/**
 * The colour of each method, the same in every figure.
 *
 * The palette of Okabe and Ito (2008) with a darker purple and two neutrals, so
 * that any two stay apart under protanopia, deuteranopia and tritanopia.
 */
export const methodColours = {
  "TD3": "#0072B2",
  "DDPG": "#D55E00",
  "PCRAS": "#009E73",
  "GCRAS": "#AA3377",
  "cloud-only": "#5B4636",
  "random": "#A6A6A6",
  "popularity": "#E69F00",
  "request-aware": "#56B4E9",
  "optimum": "#000000",
} as const satisfies Record<string, string>;

/**
 * Typefaces in order of preference: the first is rendered into PNG files and
 * measured for layout, the others stand in for it in a browser.
 */
export const fontFamily = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

/** The colour of titles, and of what belongs to no series. */
export const inkColour = "#1A1A1A";

/** The Vega-Lite configuration of the house. */
export const houseTheme = {
  background: "#FFFFFF",
  padding: 12,
  font: fontFamily,
  view: { stroke: null },
  title: {
    anchor: "start",
    color: inkColour,
    fontSize: 16,
    fontWeight: "bold",
    offset: 14,
    subtitleColor: "#4D4D4D",
    subtitleFontSize: 12,
    subtitleLineHeight: 16,
    subtitlePadding: 6,
  },
  concat: { spacing: 14 },
  axis: {
    domainColor: "#808080",
    grid: true,
    gridColor: "#E6E6E6",
    labelColor: "#333333",
    labelFontSize: 12,
    labelPadding: 4,
    tickColor: "#808080",
    tickSize: 4,
    titleColor: inkColour,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  legend: {
    labelColor: inkColour,
    labelFontSize: 12,
    symbolStrokeWidth: 3,
    titleFontSize: 12,
  },
  line: { strokeCap: "round", strokeJoin: "round" },
} as const satisfies Config;
