/**
 * Figures in notebooks.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { pageFigure } from "../figures/page_figure.ts";
import type { FigureSpec } from "../figures/spec.ts";
import type { ThemeName } from "../figures/theme.ts";
import {
  check,
  checkJson,
  checkObject,
  OBJECT,
  optional,
  POSITIVE,
  type Rule,
  TEXT,
} from "./check.ts";
import { display, type DisplayBundle, type ShowOptions } from "./front_end.ts";

/** A figure as a notebook shows it. */
export interface NotebookFigure {
  /** Vega-Lite specification of schema 5, which JupyterLab and VS Code draw. */
  readonly spec: object;
  /**
   * The same as PNG, which is all that GitHub shows. May be left out while a
   * figure still changes.
   */
  readonly png?: Uint8Array;
  /** What it shows, in words. */
  readonly text: string;
  /** Pixels of the PNG for one pixel on the page; by default 2. */
  readonly pixelRatio?: number;
  /** Light or dark ground of a figure of the house; by default `"light"`. */
  readonly theme?: ThemeName;
}

const DEFAULT_PIXEL_RATIO = 2;
/** Place of the width in a PNG's first chunk; the height follows (RFC 2083). */
const PNG_WIDTH_OFFSET = 16;

/** First bytes of a PNG. */
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Of these, every view of Vega-Lite has one. */
const VIEWS = [
  "mark",
  "layer",
  "facet",
  "repeat",
  "concat",
  "hconcat",
  "vconcat",
];

/** Whether a value may be a specification of Vega-Lite. */
export function isSpec(value: unknown): value is object {
  return OBJECT.holds(value) &&
    VIEWS.some((view) => Object.hasOwn(value as object, view));
}

const FIGURE = {
  spec: {
    condition: `must be a Vega-Lite specification, an object with ${
      VIEWS.slice(0, -1).join(", ")
    } or ${VIEWS.at(-1)}`,
    holds: isSpec,
  },
  png: optional({
    condition: "must be the bytes of a PNG",
    holds: (value) =>
      value instanceof Uint8Array && value.length >= PNG_WIDTH_OFFSET + 8 &&
      PNG_SIGNATURE.every((byte, i) => value[i] === byte),
  }),
  text: TEXT,
  pixelRatio: optional(POSITIVE),
  theme: optional({
    condition: 'must be "light" or "dark"',
    holds: (value) => value === "light" || value === "dark",
  }),
};

const FIGURE_FORM: Rule = {
  condition: "must be an object with spec and text",
  holds: OBJECT.holds,
};

/** Size on the page of a PNG. */
function pageSize(png: Uint8Array, pixelRatio: number) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return {
    width: view.getUint32(PNG_WIDTH_OFFSET) / pixelRatio,
    height: view.getUint32(PNG_WIDTH_OFFSET + 4) / pixelRatio,
  };
}

/** What a figure says of itself in words, if it does. */
function descriptionOf(spec: object): string {
  const { description } = spec as { description?: unknown };
  return typeof description === "string" ? description : "";
}

/**
 * A figure as one bundle: `application/vnd.vegalite.v5+json` (neither JupyterLab 4
 * nor VS Code draws v6), `image/png` and `text/plain`.
 *
 * A figure of the house answers to the pointer, as `pageFigure` makes it. Its
 * description is the picture's alternative text and stands below the text; a figure
 * without one has its text for that.
 *
 * @throws {InputError} If a part is of a wrong type, the specification or the PNG is
 * none, or the specification has a number that is not finite.
 */
export function figureBundle(figure: NotebookFigure): DisplayBundle {
  const act = "show the figure";
  check(FIGURE_FORM, figure, act, "figure");
  checkObject(FIGURE, figure, act);
  checkJson(figure.spec, act, ["spec"]);
  const { spec, png, text, pixelRatio = DEFAULT_PIXEL_RATIO, theme } = figure;
  const description = descriptionOf(spec);
  const alt = description === "" ? text : description;
  return {
    data: {
      "application/vnd.vegalite.v5+json": pageFigure(
        spec as FigureSpec,
        theme === undefined ? {} : { theme },
      ),
      ...(png && { "image/png": Buffer.from(png).toString("base64") }),
      "text/plain": description === "" ? text : `${text}\n${description}`,
    },
    metadata: png
      ? {
        "image/png": {
          ...pageSize(png, pixelRatio),
          ...alt === "" ? {} : { alt },
        },
      }
      : {},
  };
}

/**
 * Shows a figure below the cell. Outside a kernel it does nothing.
 *
 * @example
 * ```ts ignore
 * await displayFigure({ spec, png: rendered.png, text: "Figure 5" });
 * ```
 */
export async function displayFigure(
  figure: NotebookFigure,
  options: ShowOptions = {},
): Promise<void> {
  await display(figureBundle(figure), options);
}
