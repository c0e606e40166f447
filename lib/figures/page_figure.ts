/**
 * Figures as they are on a page and in a notebook: they answer to the pointer, are as
 * wide as their container, and stand on light or dark ground.
 *
 * @module
 */

import { fillContainer } from "./fill_container.ts";
import { putOnGround } from "./ground.ts";
import { addPlaceSlider, addSmoothingSlider } from "./page_sliders.ts";
import { fileFigure, type PageParts, pagePartsOf } from "./page_parts.ts";
import { isPart, type Part, plotsOf } from "./parts.ts";
import { addReactions } from "./reactions.ts";
import type { FigureSpec } from "./spec.ts";
import { thinFigure } from "./thin_figure.ts";
import type { ThemeName } from "./theme.ts";

/** How {@linkcode pageFigure} finishes a figure. */
export interface PageFigureOptions {
  /** Light or dark ground; by default `"light"`. */
  readonly theme?: ThemeName;
}

/** What can be done with a figure, in a sentence. */
function hintOf(parts: PageParts, { canFade, canZoom }: {
  readonly canFade: boolean;
  readonly canZoom: boolean;
}): string {
  const does = [
    ...Object.keys(parts.tooltips).length > 0 ? ["point at it for values"] : [],
    ...canFade ? ["click a name to see it alone"] : [],
    ...canZoom
      ? ["drag to move, Alt + wheel to zoom, double-click to go back"]
      : [],
  ].join("; ");
  return does === "" ? "" : `${does[0].toUpperCase()}${does.slice(1)}.`;
}

/** A copy of which no two places share a part, so that each is changed once. */
function copy(spec: unknown): Part {
  return JSON.parse(JSON.stringify(spec));
}

/** Puts a line below the others of a subtitle. */
function addLine(spec: Part, line: string): void {
  if (line === "" || !isPart(spec.title)) return;
  spec.title.subtitle = [spec.title.subtitle ?? [], line].flat();
}

/**
 * A figure of the house as it is on a page: values at the pointer with their units,
 * series that fade when another is clicked in the legend, curves that can be moved and
 * zoomed, a slider where it teaches (the users of Figures 6 and 7, the smoothing of
 * Figures 4 and 5), plots below each other as wide as their container (of vega-embed,
 * which JupyterLab and VS Code use), and colors that can be read on the ground of the
 * theme. The same specification of Vega-Lite 5, without code of its own.
 *
 * Any other specification stays as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pageFigure } from "./page_figure.ts";
 * import { scalabilityFigure } from "./scalability.ts";
 *
 * const rows = [5, 10].map((users) => (
 *   { series: "TD3", users, seed: 0, hitRate: 0.4, objective: users }
 * ));
 * const spec = scalabilityFigure(rows, { profile: "An example", metric: "hitRate" });
 * const page = pageFigure(spec, { theme: "dark" });
 * assertEquals(page.config?.background, "#14171A");
 * ```
 */
export function pageFigure(
  source: FigureSpec,
  { theme = "light" }: PageFigureOptions = {},
): FigureSpec {
  const parts = pagePartsOf(source);
  if (parts === undefined) return source;
  const spec = copy(thinFigure(fileFigure(source)));
  const { slider, subtitle, tooltips } = parts;
  if (subtitle !== undefined && isPart(spec.title)) {
    spec.title.subtitle = [...subtitle];
  }
  if (slider?.kind === "smoothing") addSmoothingSlider(spec, slider);
  const can = addReactions(spec, tooltips);
  if (slider?.kind === "place") addPlaceSlider(spec, slider, tooltips);
  const page = copy(spec);
  putOnGround(page, theme);
  addLine(page, hintOf(parts, can));
  page.usermeta = {
    ...isPart(page.usermeta) ? page.usermeta : {},
    embedOptions: { tooltip: { theme } },
  };
  if (plotsOf(page).every(({ width }) => typeof width === "number")) {
    fillContainer(page);
  }
  return page as unknown as FigureSpec;
}
