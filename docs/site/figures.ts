/**
 * The figures of the site: where a page has a place for one, or all below each other.
 *
 * @module
 */

/// <reference lib="dom" />

import embed, { type VisualizationSpec } from "vega-embed";
import type { SiteFigure } from "../../lib/cli/site_data.ts";
import { pageSpec } from "./page_spec.ts";
import { el, setText } from "./playground/dom.ts";

/** What the build writes into the page. */
const { SITE_DATA } = globalThis as unknown as { SITE_DATA: SiteFigure[] };

/** A place for a figure. */
interface Place {
  readonly figure: SiteFigure;
  readonly heading?: HTMLElement;
  readonly words?: HTMLElement;
  readonly plot: HTMLElement;
}

/** "fig06_hit_rate" is Figure 6. */
function numberOf(name: string): string {
  return `Figure ${Number(/\d+/.exec(name)?.[0])}`;
}

function placeFor(figure: SiteFigure): Place {
  const heading = el("h2", { id: figure.name });
  const words = el("div", { class: "quiet" });
  const plot = el("div", { class: "figure" });
  const section = el(
    "section",
    { "aria-labelledby": figure.name },
    heading,
    words,
    plot,
  );
  document.getElementById("figures")?.append(section);
  return { figure, heading, words, plot };
}

function findPlaces(): Place[] {
  const own = document.querySelectorAll<HTMLElement>("[data-figure]");
  if (own.length === 0) return SITE_DATA.map(placeFor);
  return [...own].flatMap((plot) => {
    const { figure: name } = plot.dataset;
    const figure = SITE_DATA.find((one) => one.name === name);
    return figure === undefined ? [] : [{ figure, plot }];
  });
}

const isDark = matchMedia("(prefers-color-scheme: dark)");

async function draw({ figure, heading, words, plot }: Place): Promise<void> {
  const { title, lines, spec } = pageSpec(figure.spec, {
    dark: isDark.matches,
  });
  if (heading !== undefined) {
    setText(heading, `${numberOf(figure.name)}: ${title}`);
  }
  words?.replaceChildren(
    el("p", {}, lines.join(" ").replaceAll(" %", "\u00a0%")),
  );
  await embed(plot, spec as unknown as VisualizationSpec, {
    actions: false,
    renderer: "svg",
    tooltip: { theme: "custom" },
  });
  const drawing = plot.querySelector("svg");
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute("aria-label", [title, ...lines].join(". "));
  plot.dataset.drawn = String(Math.round(performance.now()));
}

async function drawAll(places: readonly Place[]): Promise<void> {
  for (const place of places) await draw(place);
}

const places = findPlaces();
let drawn = drawAll(places);
let width = places[0]?.plot.clientWidth;

/** Draws again, once what is being drawn is there. */
function redraw(): void {
  drawn = drawn.then(() => drawAll(places));
}

isDark.addEventListener("change", redraw);
addEventListener("resize", () => {
  const now = places[0]?.plot.clientWidth;
  if (now === width) return;
  width = now;
  redraw();
});
