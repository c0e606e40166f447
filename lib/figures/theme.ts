/**
 * How every figure looks: data only.
 *
 * @module
 */

import type { Config } from "vega-lite";

/**
 * Typefaces in order of preference: the first is rendered into PNG files and
 * measured for layout, the others stand in for it in a browser.
 */
export const fontFamily = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

/** The color of titles, and of what belongs to no series. */
export const inkColor = "#1A1A1A";

/** The Vega-Lite configuration of the house. */
export const houseTheme = {
  background: "#FFFFFF",
  padding: 12,
  font: fontFamily,
  view: { stroke: null },
  title: {
    anchor: "start",
    color: inkColor,
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
    titleColor: inkColor,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  legend: {
    labelColor: inkColor,
    labelFontSize: 12,
    symbolStrokeWidth: 3,
    titleFontSize: 12,
  },
  line: { strokeCap: "round", strokeJoin: "round" },
} as const satisfies Config;

/** The two grounds that figures stand on. */
export type ThemeName = "light" | "dark";

/** The color of titles on dark ground. */
export const darkInkColor = "#F2F2F2";

/** The configuration of figures on dark ground: the house's but for its colors. */
export const darkTheme = {
  ...houseTheme,
  background: "#14171A",
  title: {
    ...houseTheme.title,
    color: darkInkColor,
    subtitleColor: "#B8BDC2",
  },
  axis: {
    ...houseTheme.axis,
    domainColor: "#8A9096",
    gridColor: "#2E3338",
    labelColor: "#D0D4D8",
    tickColor: "#8A9096",
    titleColor: darkInkColor,
  },
  legend: { ...houseTheme.legend, labelColor: darkInkColor },
} as const satisfies Config;

/** The configuration of each theme. */
export const themes: Readonly<Record<ThemeName, Config>> = {
  light: houseTheme,
  dark: darkTheme,
};
