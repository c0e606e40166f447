/**
 * Figures of the house in notebooks, with all that belongs to them.
 *
 * @module
 */

import type { FigureSpec } from "../figures/spec.ts";
import type { ThemeName } from "../figures/theme.ts";
import { dataBundle } from "./data_table.ts";
import { figureBundle } from "./figure.ts";
import { display, type DisplayBundle, type ShowOptions } from "./front_end.ts";

/** How a figure is shown. */
export interface ShowFigureOptions {
  /** What it is, in a line; by default its title. */
  readonly text?: string;
  /** Light or dark ground; by default `"light"`. */
  readonly theme?: ThemeName;
  /** Whether its data stand below it, folded; by default `true`. */
  readonly table?: boolean;
}

/** The title of a specification, if it has one. */
function titleOf({ title }: FigureSpec): string {
  const text = typeof title === "object" && !Array.isArray(title)
    ? title.text
    : title;
  const lines = Array.isArray(text) ? text : [text];
  return lines.every((line) => typeof line === "string")
    ? `Figure: ${lines.join(" ")}`
    : "A figure in Vega-Lite";
}

/** Whether some data of a specification lie elsewhere, which nothing here reads. */
function hasDistantData(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  return Object.entries(part).some(([key, inner]) =>
    key === "data" && typeof inner === "object" && inner !== null
      ? "url" in inner
      : hasDistantData(inner)
  );
}

async function pngOf(
  spec: FigureSpec,
  look: { readonly theme?: ThemeName },
): Promise<Uint8Array> {
  if (hasDistantData(spec)) {
    throw new Error("its data must be inside, got the address of some");
  }
  const { notebookPng } = await import("../figures/render.ts");
  return await notebookPng(spec, look);
}

/**
 * A figure as notebooks show it: first the specification that answers to the pointer,
 * a small PNG with an alternative text, and text; then its data, if it is one of the
 * house. If it cannot be rendered, such as one whose data lie elsewhere, there is no
 * PNG, and the text says why.
 *
 * @throws {InputError} If the specification is none, or an option is of a wrong type.
 */
export async function showFigureBundles(
  spec: FigureSpec,
  { text = titleOf(spec), theme, table = true }: ShowFigureOptions = {},
): Promise<readonly DisplayBundle[]> {
  const look = theme === undefined ? {} : { theme };
  // A specification that is no JSON is refused before it is rendered.
  const draft = figureBundle({ spec, text, ...look });
  const data = table ? dataBundle(spec) : undefined;
  const rest = data === undefined ? [] : [data];
  try {
    const png = await pngOf(spec, look);
    return [figureBundle({ spec, png, text, ...look }), ...rest];
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    const plain = `${draft.data["text/plain"]} (no PNG: ${reason})`;
    return [
      { ...draft, data: { ...draft.data, "text/plain": plain } },
      ...rest,
    ];
  }
}

/**
 * Shows a figure below the cell, with a table of its data. Outside a kernel it does
 * nothing.
 *
 * @example
 * ```ts ignore
 * await showFigure(usersFigure("hitRate", "paper", rows), { theme: "dark" });
 * ```
 */
export async function showFigure(
  spec: FigureSpec,
  { frontEnd, ...options }: ShowFigureOptions & ShowOptions = {},
): Promise<void> {
  const show = frontEnd === undefined ? {} : { frontEnd };
  for (const bundle of await showFigureBundles(spec, options)) {
    await display(bundle, show);
  }
}
