/**
 * Options that say how figures look and which files they are.
 *
 * @module
 */

import {
  FIGURE_FORMATS,
  type FigureFormat,
  type FitOptions,
} from "../figures/mod.ts";
import { InputError } from "../input/input_error.ts";
import { readChoice } from "./command.ts";

/** Pixels of the units of length: an inch has 96, and 72 points. */
const PIXELS: Readonly<Record<string, number>> = {
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  pt: 96 / 72,
  px: 1,
};

/** A length in an option: its unit in messages, an example, and its limits there. */
interface LengthOption {
  readonly name: "width" | "font-size";
  readonly unit: "in" | "pt";
  readonly example: string;
  readonly least: number;
  readonly most: number;
}

const WIDTH: LengthOption = {
  name: "width",
  unit: "in",
  example: "3.5in",
  least: 2,
  most: 40,
};

const FONT_SIZE: LengthOption = {
  name: "font-size",
  unit: "pt",
  example: "8pt",
  least: 4,
  most: 72,
};

/** A length with its unit in pixels. */
function readLength(
  text: string,
  { name, unit, example, least, most }: LengthOption,
): number {
  const [, digits, given] = /^(\d+(?:\.\d+)?)(in|cm|mm|pt|px)$/.exec(text) ??
    [];
  const pixels = Number(digits) * PIXELS[given];
  if (pixels >= least * PIXELS[unit] && pixels <= most * PIXELS[unit]) {
    return pixels;
  }
  throw new InputError(
    `Cannot read the arguments: --${name} must be a length in in, cm, mm, pt or px from ${least}${unit} to ${most}${unit}, such as ${example}, got ${text}`,
  );
}

/** Options of figures, as `parseArgs` takes them. */
export interface FigureArguments {
  /** Width of the figure with its unit. */
  readonly width?: string;
  /** Size of text with its unit. */
  readonly "font-size"?: string;
  /** Whether to leave the title out. */
  readonly "no-title"?: boolean;
  /** Kinds of files, separated by commas. */
  readonly formats?: string;
  /** Where they go. */
  readonly output?: string;
}

/** The lines of a help text that tell of figures' options. */
export const FIGURES_HELP =
  `  --width LENGTH       of every figure, such as 3.5in, 89mm or 252pt: plots give
                       way, text does not; by default figures are for a screen
  --font-size LENGTH   of axes and legends, such as 8pt
  --no-title           leaves titles to the captions of a paper
  --formats LIST       of ${FIGURE_FORMATS.join(",")} (default: all)`;

/** How figures are fitted; `undefined` if they stay as they are. */
export function readFit(args: FigureArguments): FitOptions | undefined {
  const { width, "font-size": fontSize, "no-title": noTitle } = args;
  if (width === undefined && fontSize === undefined && !noTitle) {
    return undefined;
  }
  return {
    ...width === undefined ? {} : { widthPx: readLength(width, WIDTH) },
    ...fontSize === undefined
      ? width === undefined ? {} : { fontSizePx: 8 * PIXELS.pt }
      : { fontSizePx: readLength(fontSize, FONT_SIZE) },
    title: !noTitle,
  };
}

/** Which files a figure is. */
export function readFormats({ formats }: FigureArguments): FigureFormat[] {
  if (formats === undefined) return [...FIGURE_FORMATS];
  return formats.split(",").map((text) =>
    readChoice("--formats", FIGURE_FORMATS, text)
  );
}
