/**
 * The colors of series: those of the methods' descriptions, or free ones.
 *
 * @module
 */

import type { MethodDescription } from "../methods/method.ts";
import { METHODS } from "../methods/registry.ts";
import { methodNameOf } from "./series_names.ts";

/** Colors of series, by name of the series. */
export type SeriesColors = Readonly<Record<string, string>>;

/**
 * The colors that methods say are theirs, by label: for `options.colors` of a figure.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { colorsOfMethods } from "./colors.ts";
 *
 * assertEquals(
 *   colorsOfMethods([{ label: "mine", color: "#AA4499" }, { label: "other" }]),
 *   { mine: "#AA4499" },
 * );
 * ```
 */
export function colorsOfMethods(
  methods: readonly Pick<MethodDescription, "label" | "color">[],
): SeriesColors {
  return Object.fromEntries(
    methods.flatMap(({ label, color }) =>
      color === undefined ? [] : [[label, color]]
    ),
  );
}

/** Colors of the methods that come with the project, by label. */
export const methodColors: SeriesColors = colorsOfMethods(METHODS);

/**
 * Colors for series without one, the first of them first: those of Okabe and Ito
 * (2008), but Paul Tol's purple for their paler one and no yellow, which is hardly
 * seen on white; then others of Tol's schemes (2021). Any two, and any of them and
 * the color of another method, stay apart under protanopia, deuteranopia and
 * tritanopia.
 */
export const freeColors: readonly string[] = [
  ...["#0072B2", "#D55E00", "#009E73", "#AA3377", "#E69F00", "#56B4E9"],
  ...["#000000", "#332288", "#999933", "#666633", "#225555", "#EE6677"],
];

/**
 * The color of every series: its own of `colors`, or its method's, or else, in order
 * of first appearance, the next of {@linkcode freeColors} that no other has. When
 * all are taken, they begin again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { seriesColors } from "./colors.ts";
 *
 * assertEquals(
 *   seriesColors(["mine", "TD3", "other"]),
 *   ["#D55E00", "#0072B2", "#009E73"],
 * );
 * ```
 */
export function seriesColors(
  series: readonly string[],
  colors: SeriesColors = {},
): string[] {
  const known: SeriesColors = { ...methodColors, ...colors };
  const own = series.map((name) =>
    [name, methodNameOf(name)].find((one) => Object.hasOwn(known, one))
  ).map((name) => name === undefined ? undefined : known[name]);
  const taken = new Set(own.map((color) => color?.toUpperCase()));
  const free = freeColors.filter((color) => !taken.has(color));
  const choice = free.length > 0 ? free : freeColors;
  let next = 0;
  return own.map((color) => color ?? choice[next++ % choice.length]);
}
