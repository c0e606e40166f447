/**
 * Sliders below figures, of Vega-Lite's own.
 *
 * @module
 */

import type { PageParts, PlaceSlider, SmoothingSlider } from "./page_parts.ts";
import { isPart, type Part, plotsOf, walkParts } from "./parts.ts";
import { tooltipOf } from "./reactions.ts";
import { inkColor } from "./theme.ts";

/** Adds a parameter with an input below the figure. */
function addInput(spec: Part, parameter: Part): void {
  spec.params = [...(spec.params as Part[] ?? []), parameter];
}

/** Lets a slider choose how many episodes the means of a figure are of, in place. */
export function addSmoothingSlider(
  spec: Part,
  { least, step, most, datasets }: SmoothingSlider,
): void {
  spec.datasets = { ...spec.datasets as Part, ...structuredClone(datasets) };
  walkParts(spec, (part) => {
    const { data, transform = [] } = part;
    if (!isPart(data) || !Object.hasOwn(datasets, String(data.name))) return;
    part.transform = [
      { filter: "datum.window === smoothing" },
      ...transform as Part[],
    ];
  });
  addInput(spec, {
    name: "smoothing",
    value: least,
    bind: {
      input: "range",
      min: least,
      max: most,
      step,
      name: "Episodes in a mean ",
    },
  });
}

/** Whether numbers are equally far apart, as the steps of a slider are. */
function areEven(values: readonly number[]): boolean {
  const [first, second] = values;
  return values.every((value, k) => value === first + k * (second - first));
}

/** The element that chooses a place. */
function inputOf({ values, title }: PlaceSlider): Part {
  const name = `${title} `;
  if (!areEven(values)) return { input: "select", options: [...values], name };
  return {
    input: "range",
    min: values[0],
    max: values[values.length - 1],
    step: values[1] - values[0],
    name,
  };
}

/** A line at the chosen place of a plot. */
function placeRule(): Part {
  return {
    data: { values: [{}] },
    mark: { type: "rule", color: inkColor, strokeDash: [2, 3], opacity: 0.7 },
    encoding: {
      x: { datum: { expr: "place" }, type: "quantitative" },
      color: { value: inkColor },
    },
  };
}

/** Pixels of a series in the plot of the chosen place. */
const LINE = 20;

/** The plot of the chosen place: a point a series with its interval. */
function placePlot(
  plot: Part,
  { field, symbol }: PlaceSlider,
  tooltips: PageParts["tooltips"],
): Part {
  const { color } = plot.encoding as Part;
  const { domain } = (color as Part).scale as { domain: string[] };
  const means = (plot.layer as Part[]).find((layer) =>
    isPart(layer.encoding) && isPart(layer.encoding.y) &&
    layer.encoding.y.field === "mean"
  )!;
  const { title, scale } = (means.encoding as Part).y as Part;
  const x = (name: string) => ({
    field: name,
    type: "quantitative",
    title,
    axis: { tickCount: 6 },
    scale,
  });
  const opacity = (value: number) => ({
    condition: { param: "clicked", value },
    value: value * 0.12,
  });
  return {
    title: {
      text: { expr: `${JSON.stringify(`At ${symbol} = `)} + place` },
      fontSize: 13,
      offset: 8,
      frame: "group",
    },
    width: plot.width,
    height: LINE * domain.length,
    data: plot.data,
    transform: [{ filter: `datum[${JSON.stringify(field)}] === place` }],
    encoding: {
      y: {
        field: "series",
        type: "nominal",
        title: null,
        scale: { domain },
        axis: { ticks: false, domain: false, grid: false, labelLimit: 130 },
      },
      color,
    },
    layer: [
      {
        transform: [{ filter: { field: "lower", valid: true } }],
        mark: { type: "rule", strokeWidth: 6, strokeCap: "butt" },
        encoding: {
          x: x("lower"),
          x2: { field: "upper" },
          ...domain.length > 1 ? { opacity: opacity(0.45) } : {},
        },
      },
      {
        mark: { type: "point", filled: true, size: 60 },
        encoding: {
          x: x("mean"),
          ...domain.length > 1 ? { opacity: opacity(1) } : {},
          tooltip: tooltipOf(tooltips.mean, [x("mean")]),
        },
      },
    ],
  };
}

/**
 * Lets a slider choose a place of the horizontal axis, in place: a line stands there,
 * and a plot below shows all series side by side.
 */
export function addPlaceSlider(
  spec: Part,
  slider: PlaceSlider,
  tooltips: PageParts["tooltips"],
): void {
  const plots = plotsOf(spec);
  const chosen = placePlot(plots[0], slider, tooltips);
  for (const plot of plots) {
    // A line at a value must not inherit the field of its plot.
    const layers = plot.layer as Part[];
    for (const layer of layers) {
      layer.encoding = { ...plot.encoding as Part, ...layer.encoding as Part };
    }
    delete plot.encoding;
    layers.unshift(placeRule());
  }
  spec.vconcat = [...plots, chosen];
  delete spec.hconcat;
  const { values } = slider;
  addInput(spec, {
    name: "place",
    value: values[Math.floor((values.length - 1) / 2)],
    bind: inputOf(slider),
  });
}
