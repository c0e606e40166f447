/**
 * What figures of learning curves can do on a page.
 *
 * @module
 */

import { drawnPoints, meanFields } from "./curves_panel.ts";
import type { PageParts, ShownField, SmoothingSlider } from "./page_parts.ts";
import type { ConvergencePoint } from "./rows.ts";

/** The columns of curves: which, where, the value and the ends of its interval. */
function fieldsOf(
  [middle, lower, upper]: readonly string[],
): readonly ShownField[] {
  return [
    { field: "series", title: "Series" },
    { field: "episode", title: "Episode" },
    { field: middle, title: "" },
    { field: lower, title: "95 % interval from" },
    { field: upper, title: "95 % interval to" },
  ];
}

/** The unitless return of an episode, as columns call it. */
const RETURN = "Mean episode return Σₜ r(t)";

/** What a figure of such means can do on a page; its table has their rows. */
export function curvesPage(
  points: readonly (ConvergencePoint & { readonly task?: string })[],
  { hasTasks = false, slider, subtitle }: {
    readonly subtitle?: readonly string[];
    readonly hasTasks?: boolean;
    readonly slider?: SmoothingSlider | undefined;
  },
): PageParts {
  const fields = fieldsOf(meanFields);
  const hasIntervals = points.some(({ lower }) => lower !== null);
  const shown = fields.slice(0, hasIntervals ? 5 : 3);
  return {
    tooltips: {
      mean: shown,
      fit: fieldsOf(["fit", "fitLower", "fitUpper"]).slice(0, shown.length),
    },
    columns: [
      ...hasTasks ? [{ field: "task", title: "World" }] : [],
      ...shown.map(({ field, title }) => ({
        field,
        title: field === "mean" ? RETURN : title,
      })),
    ],
    rows: drawnPoints(points, meanFields).map((row, k) =>
      hasTasks ? { task: points[k].task!, ...row } : row
    ),
    ...subtitle === undefined ? {} : { subtitle },
    ...slider === undefined ? {} : { slider },
  };
}
