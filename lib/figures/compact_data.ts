/**
 * Data inside specifications as comma-separated text: a third of their size as JSON,
 * and in notebooks, which give every value a line, a fifth.
 *
 * @module
 */

import { isPart, type Part, plotsOf, walkParts } from "./parts.ts";

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;

/** Which kind of values a column has; `undefined` if it has several. */
function kindOf(rows: readonly Row[], field: string): string | undefined {
  const kinds = new Set(
    rows.map((row) => row[field]).filter((value) => value !== null)
      .map((value) => typeof value),
  );
  return kinds.size > 1 ? undefined : [...kinds][0] ?? "number";
}

/** A cell of comma-separated text, in quotes where it needs them (RFC 4180). */
function cellText(value: Cell): string {
  const text = value === null ? "" : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as text that Vega reads back as the same rows; `undefined` if they have values
 * other than texts, numbers and nothing, or not all the same columns.
 */
export function compactRows(rows: readonly unknown[]): Part | undefined {
  if (rows.length === 0 || !rows.every(isPart)) return undefined;
  const fields = Object.keys(rows[0]);
  const kinds = fields.map((field) => kindOf(rows as readonly Row[], field));
  const isPlain = kinds.every((kind) => kind === "number" || kind === "string");
  const isWhole = rows.every((row) =>
    Object.keys(row).join("\n") === fields.join("\n")
  );
  // A text without letters would come back as nothing.
  const isKept = (rows as readonly Row[]).every((row) =>
    fields.every((field) => row[field] !== "")
  );
  if (fields.length === 0 || !isPlain || !isWhole || !isKept) return undefined;
  return {
    values: [
      fields.map(cellText),
      ...(rows as readonly Row[]).map((row) =>
        fields.map((field) => cellText(row[field]))
      ),
    ].map((cells) => cells.join(",")).join("\n"),
    format: {
      type: "csv",
      parse: Object.fromEntries(
        fields.map((field, k) => [field, kinds[k]!]),
      ),
    },
  };
}

/** The series that a part of a figure is of, if it is of one. */
function seriesOf({ transform }: Part): unknown {
  if (!Array.isArray(transform)) return undefined;
  const filters = transform.map(({ filter }) => filter).filter(isPart);
  return filters.find(({ field }) => field === "series")?.equal;
}

/** Gives a plot the data that most of its layers have, so that they stand there once. */
function shareData(plot: Part): void {
  if (plot.data !== undefined || !Array.isArray(plot.layer)) return;
  const layers = plot.layer as Part[];
  const texts = layers.map(({ data }) => JSON.stringify(data));
  const shared = texts.find((text, i) =>
    text !== undefined && texts.indexOf(text) < i
  );
  if (shared === undefined) return;
  plot.data = JSON.parse(shared);
  for (const [i, layer] of layers.entries()) {
    if (texts[i] === shared) delete layer.data;
  }
}

/**
 * Writes every table of a specification as text where it is drawn, in place; of what
 * shows one series, the rows of that series.
 */
export function compactData(spec: Part): void {
  const datasets = (spec.datasets ?? {}) as Record<string, unknown[]>;
  walkParts(spec, (part) => {
    const { data } = part;
    if (!isPart(data)) return;
    const all = data.values ?? datasets[String(data.name)];
    if (!Array.isArray(all)) return;
    const series = seriesOf(part);
    const rows = series === undefined
      ? all
      : all.filter((row) => row.series === series);
    part.data = compactRows(rows) ?? { values: rows };
  });
  delete spec.datasets;
  for (const plot of plotsOf(spec)) shareData(plot);
}
