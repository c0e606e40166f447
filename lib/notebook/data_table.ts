/**
 * The data of a figure as a table below it.
 *
 * @module
 */

import { pagePartsOf } from "../figures/page_parts.ts";
import type { FigureSpec } from "../figures/spec.ts";
import type { DisplayBundle } from "./front_end.ts";
import { tableBundle } from "./table.ts";

/** Rows that are shown at most. */
const MOST_ROWS = 200;

/** Rows that text, which nothing folds, shows at most. */
const MOST_TEXT_ROWS = 12;

/**
 * The rows that a figure of the house shows, folded below "Data of the figure": what
 * the points are, for whoever cannot see them or wants the numbers.
 *
 * @returns `undefined` if the figure has none.
 */
export function dataBundle(spec: FigureSpec): DisplayBundle | undefined {
  const { rows, columns } = pagePartsOf(spec) ?? { rows: [], columns: [] };
  if (rows.length === 0) return undefined;
  const labels = columns.map(({ field, title }) => ({
    key: field,
    label: title,
  }));
  const table = (maxRows: number) => tableBundle(rows, labels, { maxRows });
  const { data } = table(MOST_ROWS);
  return {
    data: {
      "text/html":
        `<details><summary>Data of the figure (${rows.length} rows)</summary>${
          data["text/html"]
        }</details>`,
      "text/plain": `Data of the figure (${rows.length} rows)\n${
        table(MOST_TEXT_ROWS).data["text/plain"]
      }`,
    },
    metadata: {},
  };
}
