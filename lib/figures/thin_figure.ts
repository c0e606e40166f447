/**
 * Figures with fewer points of single runs, for notebooks and pages that hold them.
 *
 * @module
 */

import { isPart, type Part, walkParts } from "./parts.ts";
import { csvData, type FigureSpec } from "./spec.ts";
import { thinRuns } from "./thin_runs.ts";

/** The columns of runs that are drawn line by line. */
const RUN_FIELDS = ["seed", "episode", "episodeReturn"] as const;

/** Points of one panel in a notebook: its runs' peaks stay. */
export const POINTS_ON_PAGE = 1_200;

/** The runs of a panel from their text, with at most `most` rows. */
function thinText(text: string, most: number): string {
  const [, ...lines] = text.split("\n");
  const rows = lines.map((line) => {
    const [seed, episode, episodeReturn] = line.split(",").map(Number);
    return { series: "", seed, episode, episodeReturn };
  });
  return csvData(thinRuns(rows, most), RUN_FIELDS).values;
}

/**
 * A figure with at most `most` points of single runs in each panel: those with the
 * least and the greatest return of successive episodes, as {@linkcode thinRuns} keeps
 * them. Means, fits and intervals stay whole.
 */
export function thinFigure(
  spec: FigureSpec,
  most: number = POINTS_ON_PAGE,
): FigureSpec {
  const thinned = JSON.parse(JSON.stringify(spec)) as Part;
  walkParts(thinned, ({ data }) => {
    if (!isPart(data) || typeof data.values !== "string") return;
    if (!data.values.startsWith(`${RUN_FIELDS.join(",")}\n`)) return;
    data.values = thinText(data.values, most);
  });
  return thinned as unknown as FigureSpec;
}
