/**
 * What figures of a metric can do on a page.
 *
 * @module
 */

import type { Panel, Places, Point } from "./metric_panels.ts";
import type { PageParts, ShownField } from "./page_parts.ts";

/** Places from which on one of them is chosen by a slider. */
const LEAST_PLACES = 3;

const INTERVAL: readonly ShownField[] = [
  { field: "lower", title: "95 % interval from" },
  { field: "upper", title: "95 % interval to" },
];

/**
 * What a figure of a metric can do on a page: values at the pointer, a place that is
 * chosen by a slider, and a table of all points, panel by panel.
 */
export function metricPage(
  panels: readonly Panel[],
  points: readonly (readonly Point[])[],
  { x, places, subtitle }: {
    readonly x: {
      readonly field: string;
      readonly title: string;
      readonly symbol?: string;
    };
    readonly places: Places;
    readonly subtitle: readonly string[];
  },
): PageParts {
  const hasIntervals = points.flat().some(({ lower }) => lower !== null);
  const head: readonly ShownField[] = [
    { field: "series", title: "Series" },
    { field: x.field, title: x.title },
  ];
  const interval = hasIntervals ? INTERVAL : [];
  const rows = points.flatMap((own, k) =>
    own.map(({ position: _, series, [x.field]: place, ...point }) => ({
      ...panels.length > 1 ? { panel: panels[k].axis } : {},
      series,
      [x.field]: place,
      ...point,
    }))
  );
  const values = places.values.filter((value) => typeof value === "number");
  return {
    tooltips: { mean: [...head, { field: "mean", title: "" }, ...interval] },
    columns: [
      ...panels.length > 1 ? [{ field: "panel", title: "Value" }] : [],
      ...head,
      {
        field: "mean",
        title: panels.length > 1 ? "Mean" : panels[0].axis,
      },
      ...interval,
    ],
    rows,
    // Panels stand below each other on a page.
    subtitle: subtitle.map((line) =>
      line.replace("side by side on the right.", "side by side below.")
    ),
    ...places.areNames || values.length < LEAST_PLACES ? {} : {
      slider: {
        kind: "place",
        field: x.field,
        title: x.title,
        symbol: x.symbol ?? x.title,
        values,
      },
    },
  };
}
