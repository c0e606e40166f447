/**
 * Figures as wide as the page leaves room for.
 *
 * @module
 */

import { isPart, type Part, plotsOf, walkParts } from "./parts.ts";

/** Pixels of a letter of a size, about, in the typefaces of the house. */
const LETTER = 0.54;

/** Widths in pixels of lines below which titles are broken. */
const LINES = [330, 560, 800];

/** Pixels of a legend's entry beside its label. */
const LEGEND_SYMBOL = 46;

/**
 * Pixels that a figure may take: what the container has. JupyterLab's is only as wide
 * as what is in it, at first a slider or nothing, and takes what text usually has.
 */
const CONTAINER =
  "max(containerSize()[0] || 0, min(760, windowSize()[0] - 120))";

/**
 * Pixels between the margins. It names the width of plots, too, whose change is what
 * Vega notices.
 */
const ROOM = `(width > 0 ? ${CONTAINER} - 24 : 0)`;

/** Breaks a text into lines of so many letters, between words. */
function wrap(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= letters) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** An expression for lines that are broken as the width of the plots needs. */
function wrappedText(text: unknown, fontSize: number): string {
  const lines = [text].flat().map(String);
  const [narrow, middle, wide] = LINES.map((width) =>
    JSON.stringify(
      lines.flatMap((line) =>
        wrap(line, Math.floor(width / (LETTER * fontSize)))
      ),
    )
  );
  return `${ROOM} < ${LINES[1]} ? ${narrow} : ${ROOM} < ${
    LINES[2]
  } ? ${middle} : ${wide}`;
}

/** Breaks the title of a plot on its way to the width of a phone. */
function wrapPanelTitle({ title }: Part): void {
  if (!isPart(title) || typeof title.text !== "string") return;
  const lines = wrap(title.text, Math.floor(LINES[0] / (LETTER * 16)));
  if (lines.length === 1) return;
  title.text = {
    expr: `${ROOM} < ${LINES[1]} ? ${JSON.stringify(lines)} : ${
      JSON.stringify([title.text])
    }`,
  };
}

/** Puts legends above the plots, in as many columns as there is room for. */
function raiseLegends(spec: Part): void {
  walkParts(spec, (part) => {
    if (!isPart(part.legend) || !isPart(part.scale)) return;
    const longest = Math.max(
      ...(part.scale.domain as string[]).map(({ length }) => length),
    );
    const entry = Math.ceil(longest * 12 * LETTER) + LEGEND_SYMBOL;
    part.legend = {
      ...part.legend,
      orient: "top",
      direction: "horizontal",
      columns: { expr: `max(1, floor(${ROOM} / ${entry}))` },
    };
  });
}

/** What belongs to a plot, not to the page around it. */
const PLOT_KEYS = [
  ...["data", "transform", "params", "mark", "layer", "encoding"],
  ...["width", "height"],
];

/** Makes a plot whose height follows its rows the only one of a column. */
function wrapPlot(spec: Part): void {
  const plot: Part = {};
  for (const key of PLOT_KEYS.filter((one) => one in spec)) {
    plot[key] = spec[key];
    delete spec[key];
  }
  spec.vconcat = [plot];
}

/** Where a figure that Vega-Lite has compiled has the width of its container. */
const WIDTHS = ["/signals/0/init", "/signals/0/on/0/update"];

/** How Vega fits a figure into its container. */
const AUTOSIZE = { type: "fit-x", contains: "padding" };

/**
 * Makes a figure as wide as its container, in place: its plots below each other.
 *
 * Vega-Lite fits single plots alone. What several need lies in the options of
 * vega-embed that a specification can carry: the compiled figure is fitted by Vega,
 * which can do so.
 */
export function fillContainer(spec: Part): void {
  // Vega-Lite warns of single plots that it fits to one side alone.
  if (isPart(spec.height)) wrapPlot(spec);
  const plots = plotsOf(spec);
  for (const plot of plots) {
    plot.width = "container";
    if (plot !== spec) wrapPanelTitle(plot);
  }
  // Only the first plot of a row had the labels that all share.
  walkParts(spec, (part) => {
    if (part.labels === false) delete part.labels;
  });
  raiseLegends(spec);
  const patch: Part[] = WIDTHS.map((path) => (
    { op: "replace", path, value: CONTAINER }
  ));
  if (plots[0] === spec) spec.autosize = AUTOSIZE;
  else {
    for (const key of ["hconcat", "vconcat", "concat"]) delete spec[key];
    spec.vconcat = plots;
    patch.push({ op: "add", path: "/autosize", value: AUTOSIZE });
  }
  if (isPart(spec.title)) {
    const { text, subtitle } = spec.title;
    patch.push({
      op: "replace",
      path: "/title/text",
      value: { signal: wrappedText(text, 17) },
    });
    if (subtitle !== undefined) {
      patch.push({
        op: "replace",
        path: "/title/subtitle",
        value: { signal: wrappedText(subtitle, 12) },
      });
    }
  }
  const { embedOptions, ...usermeta } = (spec.usermeta ?? {}) as Part;
  spec.usermeta = {
    ...usermeta,
    embedOptions: { ...embedOptions as Part, patch },
  };
}
