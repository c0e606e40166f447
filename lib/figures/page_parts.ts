/**
 * What figures can do on a page beside what their files show. A figure's function puts
 * it into the specification's `usermeta`; {@linkcode fileFigure} leaves it out, and
 * `pageFigure` makes it come true.
 *
 * @module
 */

import type { FigureSpec } from "./spec.ts";

/** A field of the data, and its name for readers. */
export interface ShownField {
  /** The field. */
  readonly field: string;
  /** What it is, with its unit. */
  readonly title: string;
}

/** A row of data. */
export type ShownRow = Readonly<Record<string, string | number | null>>;

/** A slider that chooses among means of more and more episodes. */
export interface SmoothingSlider {
  /** Which kind of slider. */
  readonly kind: "smoothing";
  /** Episodes of the least mean, which files show, and from each to the next. */
  readonly least: number;
  /** Episodes from one mean to the next. */
  readonly step: number;
  /** Episodes of the widest mean. */
  readonly most: number;
  /** By the name of a dataset: the same with all means, told apart by `window`. */
  readonly datasets: Readonly<Record<string, readonly ShownRow[]>>;
}

/** A slider that chooses a place of the horizontal axis, which is shown on its own. */
export interface PlaceSlider {
  /** Which kind of slider. */
  readonly kind: "place";
  /** The field of the places. */
  readonly field: string;
  /** What the places are: `Number of users U`. */
  readonly title: string;
  /** What a place is called in a line: `U`. */
  readonly symbol: string;
  /** The places in rising order. */
  readonly values: readonly number[];
}

/** What a figure can do on a page. */
export interface PageParts {
  /**
   * What the pointer is told, by the vertical field of the marks under it; a field
   * that has the title "" has that of its axis.
   */
  readonly tooltips: Readonly<Record<string, readonly ShownField[]>>;
  /** Columns of the table below. */
  readonly columns: readonly ShownField[];
  /** Rows of the table below. */
  readonly rows: readonly ShownRow[];
  /** The lines below the title, if they are others than in files. */
  readonly subtitle?: readonly string[];
  /** A slider below the figure. */
  readonly slider?: SmoothingSlider | PlaceSlider;
}

/** What a figure of the house can do on a page; `undefined` for any other. */
export function pagePartsOf({ usermeta }: FigureSpec): PageParts | undefined {
  return usermeta?.page as PageParts | undefined;
}

/**
 * A figure as it is in files and in print: of fixed width, without anything that
 * reacts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fileFigure } from "./page_parts.ts";
 * import { scalabilityFigure } from "./scalability.ts";
 *
 * const rows = [5, 10].map((users) => (
 *   { series: "TD3", users, seed: 0, hitRate: 0.4, objective: users }
 * ));
 * const spec = scalabilityFigure(rows, { profile: "An example", metric: "hitRate" });
 * assertEquals("usermeta" in fileFigure(spec), false);
 * ```
 */
export function fileFigure(spec: FigureSpec): FigureSpec {
  if (pagePartsOf(spec) === undefined) return spec;
  const { usermeta: { page: _, ...usermeta } = {}, ...file } = spec;
  return (Object.keys(usermeta).length === 0
    ? file
    : { ...file, usermeta }) as FigureSpec;
}
