/**
 * A figure's specification as the site shows it: the one place to change once figures
 * have a form for pages of their own.
 *
 * @module
 */

/** Part of a specification: this knows no more of them than it needs. */
type Part = Record<string, unknown>;

/** Where a figure is shown. */
export interface PageOptions {
  /** Room for it, in CSS pixels. */
  readonly width: number;
  /** Whether the page is dark. */
  readonly dark: boolean;
}

/** A figure with its words beside it. */
export interface PageFigure {
  /** The title, which the page shows as a heading. */
  readonly title: string;
  /** The lines below the title. */
  readonly lines: readonly string[];
  /** The rest, for vega-embed. */
  readonly spec: Part;
}

/** Colors that a dark ground swallows, and what stands for them there. */
const ON_DARK: Readonly<Record<string, string>> = {
  "#000000": "#FFFFFF",
  "#1A1A1A": "#ECEEF1",
  "#0072B2": "#4AA8E0",
  "#AA3377": "#D970A8",
};

/** Room that a plot of its own needs for axis labels. */
const AXES = 76;
/** Room beside plots for a legend. */
const LEGEND = 150;

/** Panels get no wider than this many times what they are drawn for. */
const MOST_WIDENED = 1.4;

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy whose values are changed, each known by its key. */
function mapValues(
  value: unknown,
  change: (key: string, value: unknown) => unknown,
  key = "",
): unknown {
  if (key === "values" && typeof value === "string") return value;
  if (Array.isArray(value)) {
    return value.map((item) => mapValues(item, change, key));
  }
  if (!isPart(value)) return change(key, value);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      mapValues(item, change, name),
    ]),
  );
}

/** Marks at which one can point; of lines only those that stand for a whole series. */
function answers(mark: Part): boolean {
  const { type, tooltip } = mark;
  return tooltip === undefined &&
    ["point", "bar", "rect", "rule"].includes(type as string);
}

/** Lets marks tell of their row, unless the figure already says what they tell. */
function withTooltips(part: Part): Part {
  const { mark, layer, hconcat, vconcat } = part;
  const inner = (parts: unknown) => (parts as Part[]).map(withTooltips);
  const whole = isPart(part.encoding) && "tooltip" in part.encoding;
  return {
    ...part,
    ...isPart(mark) && answers(mark) && !whole
      ? { mark: { ...mark, tooltip: { content: "data" } } }
      : {},
    ...layer === undefined ? {} : { layer: inner(layer) },
    ...hconcat === undefined ? {} : { hconcat: inner(hconcat) },
    ...vconcat === undefined ? {} : { vconcat: inner(vconcat) },
  };
}

/** Panels below each other instead of side by side, each as wide as there is room. */
function stacked(part: Part, width: number): Part {
  const { hconcat, vconcat, ...rest } = part;
  const panels = (hconcat ?? vconcat) as Part[] | undefined;
  if (panels !== undefined) {
    return { ...rest, vconcat: panels.map((panel) => stacked(panel, width)) };
  }
  return typeof part.width === "number"
    ? { ...part, width: width - AXES }
    : part;
}

/** Panels wider, by a factor, so that they fill their place. */
function widened(part: Part, factor: number): Part {
  const { hconcat, vconcat, width } = part;
  const inner = (parts: unknown) =>
    (parts as Part[]).map((panel) => widened(panel, factor));
  return {
    ...part,
    ...typeof width === "number" ? { width: Math.floor(factor * width) } : {},
    ...hconcat === undefined ? {} : { hconcat: inner(hconcat) },
    ...vconcat === undefined ? {} : { vconcat: inner(vconcat) },
  };
}

/** Legends below, where there is no room beside. */
function legendsBelow(spec: unknown): unknown {
  if (Array.isArray(spec)) return spec.map(legendsBelow);
  if (!isPart(spec)) return spec;
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => [
      key,
      key === "legend" && isPart(value)
        ? { ...value, orient: "bottom", columns: 2 }
        : key === "data"
        ? value
        : legendsBelow(value),
    ]),
  );
}

/** Widths of the panels of a specification, side by side, and of their axes. */
function widthsOf({ hconcat, vconcat, width }: Part): [number, number] {
  const panels = (hconcat ?? vconcat) as Part[] | undefined;
  if (panels === undefined) return [Number(width) || 0, AXES];
  const all = panels.map(widthsOf);
  return hconcat === undefined
    ? all.reduce((most, one) => one[0] > most[0] ? one : most)
    : all.reduce((sum, one) => [sum[0] + one[0], sum[1] + one[1]]);
}

function theme(dark: boolean): Part {
  const [ink, quiet, line, domain] = dark
    ? ["#ECEEF1", "#C3C9D1", "#343A43", "#8D96A3"]
    : ["#1A1D21", "#3D444D", "#E3E6EA", "#7B8490"];
  return {
    background: "transparent",
    font: "system-ui, Segoe UI, DejaVu Sans, Arial, sans-serif",
    padding: 4,
    view: { stroke: null },
    title: { color: ink, anchor: "start", fontSize: 13, fontWeight: 600 },
    axis: {
      labelColor: quiet,
      titleColor: ink,
      gridColor: line,
      domainColor: domain,
      tickColor: domain,
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 400,
      titlePadding: 8,
    },
    legend: {
      labelColor: ink,
      titleColor: ink,
      labelFontSize: 12,
      titleFontSize: 12,
    },
    line: { strokeCap: "round", strokeJoin: "round" },
    rule: { color: domain },
    text: { color: ink },
  };
}

/** Words of a title, whose parts may be lists of lines. */
function linesOf(text: unknown): string[] {
  if (text === undefined) return [];
  return Array.isArray(text) ? text.map(String) : [String(text)];
}

/** A figure of the lab as a page of this width and color shows it. */
export function pageSpec(
  spec: unknown,
  { width, dark }: PageOptions,
): PageFigure {
  const { title, config: _, ...rest } = spec as Part;
  const words = isPart(title) ? title : { text: title };
  const colored = mapValues(
    withTooltips(rest),
    (key, value) =>
      key !== "$schema" && dark && typeof value === "string"
        ? ON_DARK[value.toUpperCase()] ?? value
        : value,
  ) as Part;
  const [panels, axes] = widthsOf(colored);
  const factor = (width - axes - LEGEND) / panels;
  const fitted = factor >= 1
    ? widened(colored, Math.min(factor, MOST_WIDENED))
    : legendsBelow(stacked(colored, width)) as Part;
  return {
    title: linesOf(words.text).join(" "),
    lines: linesOf(words.subtitle),
    spec: {
      ...fitted,
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: theme(dark),
    },
  };
}
