/**
 * A figure as the site shows it: `pageFigure` finishes it, and its words stand beside
 * it as text of the page.
 *
 * @module
 */

import { pageFigure } from "../../lib/figures/page_figure.ts";
import type { FigureSpec } from "../../lib/figures/spec.ts";

/** Part of a specification: this knows no more of them than it needs. */
type Part = Record<string, unknown>;

/** Where a figure is shown. */
export interface PageOptions {
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

/** Words of a title, whose parts may be lists of lines. */
function linesOf(text: unknown): string[] {
  if (text === undefined) return [];
  return Array.isArray(text) ? text.map(String) : [String(text)];
}

/** A figure of the lab as a page of this color shows it. */
export function pageSpec(
  source: FigureSpec,
  { dark }: PageOptions,
): PageFigure {
  const { title, config, usermeta: _, ...rest } = pageFigure(source, {
    theme: dark ? "dark" : "light",
  }) as unknown as Part;
  const words = typeof title === "object" && title !== null
    ? title as Part
    : { text: title };
  return {
    title: linesOf(words.text).join(" "),
    lines: linesOf(words.subtitle),
    spec: {
      ...rest,
      // What is bundled is Vega-Lite 6, which reads specifications of 5.
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: {
        ...config as Part,
        background: "transparent",
        padding: 4,
        font: "system-ui, Segoe UI, DejaVu Sans, Arial, sans-serif",
      },
    },
  };
}
