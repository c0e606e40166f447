/**
 * How plots answer to the pointer.
 *
 * @module
 */

import type { PageParts, ShownField } from "./page_parts.ts";
import { isPart, type Part, plotsOf } from "./parts.ts";

/** Part of its opacity that a series keeps when another is clicked. */
const FADED = 0.12;

/** Marks that are wide enough to be pointed at; a line has its points instead. */
const WIDE_MARKS = ["tick", "rect", "bar", "rule", "text"];

/** The parameter of the series that was clicked in the legend. */
const CLICKED = "clicked";

/** The layers of a plot; a plot without layers is its own. */
function layersOf(plot: Part): Part[] {
  return Array.isArray(plot.layer) ? plot.layer as Part[] : [plot];
}

/** The encoding of a layer, with what it has from its plot. */
function encodingOf(plot: Part, layer: Part): Part {
  return {
    ...isPart(plot.encoding) ? plot.encoding : {},
    ...isPart(layer.encoding) ? layer.encoding : {},
  };
}

/** The mark of a layer as an object. */
function markOf({ mark }: Part): Part {
  return isPart(mark) ? mark : { type: mark };
}

/** The field of a channel, if it has one. */
function fieldOf(channel: unknown): string | undefined {
  return isPart(channel) && typeof channel.field === "string"
    ? channel.field
    : undefined;
}

/** Fields that are names or numbers of things, which are written as they are. */
const NAMES = ["series", "seed", "episode"];

/**
 * What is told at the pointer. Values and their intervals have four digits.
 *
 * @param axes The axes that fields without a name have theirs from.
 */
export function tooltipOf(
  shown: readonly ShownField[],
  axes: readonly unknown[],
): readonly Part[] {
  const [value] = shown.filter(({ title }) => title === "");
  return shown.map(({ field, title }) => {
    const axis = axes.filter(isPart).find((one) => one.field === field);
    const isValue = field === value?.field || /lower|upper/i.test(field) ||
      ["estimate", "share", "threshold"].includes(field);
    return {
      field,
      ...isValue && !NAMES.includes(field)
        ? { type: "quantitative", format: ".4~r" }
        : { type: "nominal" },
      title: title === "" ? axis?.title ?? field : title,
    };
  });
}

/** Adds parameters to a layer. */
function addParameters(layer: Part, params: readonly Part[]): void {
  layer.params = [...(layer.params as Part[] ?? []), ...params];
}

/** Whether the legend of the series can be clicked: a line or a point names them. */
function hasLegend(plot: Part, layer: Part): boolean {
  const { color } = encodingOf(plot, layer);
  return isPart(color) && color.field === "series" && color.legend !== null &&
    isPart(color.scale) && (color.scale.domain as unknown[]).length > 1;
}

/** Lets a layer fade where its series is not the one that was clicked. */
function fade(layer: Part): void {
  const { opacity = 1 } = markOf(layer) as { opacity?: number };
  layer.encoding = {
    ...layer.encoding as Part,
    opacity: {
      condition: { param: CLICKED, value: opacity },
      value: opacity * FADED,
    },
  };
}

/** A point that shows itself under the pointer, with its values. */
function pointerLayer(
  plot: Part,
  layer: Part,
  tooltip: readonly Part[],
  name: string,
): Part {
  const { y } = encodingOf(plot, layer);
  const { color } = markOf(layer);
  return {
    ...layer.data === undefined ? {} : { data: layer.data },
    ...layer.transform === undefined ? {} : { transform: layer.transform },
    params: [{
      name,
      select: {
        type: "point",
        on: "pointerover",
        nearest: true,
        clear: "pointerout",
      },
    }],
    mark: {
      type: "point",
      clip: true,
      filled: true,
      size: 80,
      ...color === undefined ? {} : { color },
    },
    encoding: {
      y,
      opacity: {
        condition: { param: name, empty: false, value: 1 },
        value: 0,
      },
      tooltip,
    },
  };
}

/** Whether a plot has curves over numbers, which can be moved. */
function hasCurves(plot: Part): boolean {
  return layersOf(plot).some((layer) => {
    const { x } = encodingOf(plot, layer);
    return markOf(layer).type === "line" && isPart(x) &&
      x.type === "quantitative";
  });
}

/**
 * Lets plots answer to the pointer, in place: values at the nearest point of curves
 * and at other marks, a legend that can be clicked, curves that can be moved.
 *
 * @returns Which of these there are, for a hint.
 */
export function addReactions(
  spec: Part,
  tooltips: PageParts["tooltips"],
): { readonly canFade: boolean; readonly canZoom: boolean } {
  const plots = plotsOf(spec);
  const legends = plots.flatMap((plot) =>
    layersOf(plot).filter((layer) => hasLegend(plot, layer))
  );
  const canFade = legends.length > 0;
  let canZoom = false;
  for (const [k, plot] of plots.entries()) {
    const pointers: Part[] = [];
    for (const layer of layersOf(plot)) {
      const encoding = encodingOf(plot, layer);
      const shown = tooltips[fieldOf(encoding.y) ?? ""];
      if (shown !== undefined && markOf(layer).type === "line") {
        const tooltip = tooltipOf(shown, [encoding.y, encoding.x]);
        const name = `near${k}_${pointers.length}`;
        pointers.push(pointerLayer(plot, layer, tooltip, name));
      } else if (
        shown !== undefined && WIDE_MARKS.includes(String(markOf(layer).type))
      ) {
        layer.encoding = {
          ...layer.encoding as Part,
          tooltip: tooltipOf(shown, [encoding.y, encoding.x]),
        };
      }
      if (hasLegend(plot, layer) && markOf(layer).color === undefined) {
        fade(layer);
      }
    }
    const [first] = layersOf(plot);
    if (hasCurves(plot)) {
      canZoom = true;
      for (const layer of layersOf(plot)) {
        layer.mark = { ...markOf(layer), clip: true };
      }
      addParameters(first, [{
        name: `zoom${k}`,
        select: {
          type: "interval",
          encodings: ["x"],
          // Without a key the wheel scrolls the page.
          zoom: "wheel![event.altKey]",
        },
        bind: "scales",
      }]);
    }
    if (Array.isArray(plot.layer)) plot.layer.push(...pointers);
  }
  if (canFade) {
    addParameters(legends[0], [{
      name: CLICKED,
      select: { type: "point", fields: ["series"] },
      bind: "legend",
    }]);
  }
  return { canFade, canZoom };
}
