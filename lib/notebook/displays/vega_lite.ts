/**
 * How specifications of Vega-Lite show themselves.
 *
 * @module
 */

import type { FigureSpec } from "../../figures/spec.ts";
import { figureBundle, isSpec } from "../figure.ts";
import type { DisplayBundle } from "../front_end.ts";
import { type Display, isPlain } from "./display.ts";

/** The title of a specification that does not describe itself, if it has one. */
function titleOf(spec: FigureSpec): string {
  const { title } = spec;
  const text = isPlain(title) ? title.text : title;
  const lines = Array.isArray(text) ? text : [text];
  return lines.every((line) => typeof line === "string")
    ? `Figure: ${lines.join(" ")}`
    : "A figure in Vega-Lite";
}

/** Whether some data of a specification lie elsewhere, which nothing here reads. */
function hasDistantData(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  return Object.entries(part).some(([key, inner]) =>
    key === "data" && isPlain(inner) ? "url" in inner : hasDistantData(inner)
  );
}

async function pngOf(spec: FigureSpec): Promise<Uint8Array> {
  if (hasDistantData(spec)) {
    throw new Error("its data must be inside, got the address of some");
  }
  const { renderFigure } = await import("../../figures/render.ts");
  return (await renderFigure(spec)).png;
}

/**
 * A figure as Vega-Lite, PNG and text. If it cannot be rendered, such as one whose
 * data lie elsewhere, there is no PNG, and the text says why.
 */
export async function specBundle(spec: FigureSpec): Promise<DisplayBundle> {
  const text = spec.description ?? titleOf(spec);
  // A specification that is no JSON is refused before it is rendered.
  const draft = figureBundle({ spec, text });
  try {
    return figureBundle({ spec, png: await pngOf(spec), text });
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    return {
      ...draft,
      data: { ...draft.data, "text/plain": `${text} (no PNG: ${reason})` },
    };
  }
}

/** Objects with the address of a schema of Vega-Lite. */
export const VEGA_LITE: Display<FigureSpec> = {
  test: (value): value is FigureSpec =>
    isPlain(value) && typeof value.$schema === "string" &&
    value.$schema.includes("/vega-lite/") && isSpec(value),
  bundles: async (spec) => [await specBundle(spec)],
};
