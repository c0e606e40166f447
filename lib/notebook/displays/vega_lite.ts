/**
 * How specifications of Vega-Lite show themselves.
 *
 * @module
 */

import type { FigureSpec } from "../../figures/spec.ts";
import { isSpec } from "../figure.ts";
import type { DisplayBundle } from "../front_end.ts";
import { showFigureBundles } from "../show_figure.ts";
import { type Display, isPlain } from "./display.ts";

/**
 * A figure as Vega-Lite, PNG and text. If it cannot be rendered, such as one whose
 * data lie elsewhere, there is no PNG, and the text says why.
 */
export async function specBundle(spec: FigureSpec): Promise<DisplayBundle> {
  const [bundle] = await showFigureBundles(spec, { table: false });
  return bundle;
}

/** Objects with the address of a schema of Vega-Lite. */
export const VEGA_LITE: Display<FigureSpec> = {
  test: (value): value is FigureSpec =>
    isPlain(value) && typeof value.$schema === "string" &&
    value.$schema.includes("/vega-lite/") && isSpec(value),
  bundles: async (spec) => [await specBundle(spec)],
};
