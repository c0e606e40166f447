/**
 * What the figures' specifications have in common.
 *
 * @module
 */

import type { TopLevelSpec } from "vega-lite";

/** A Vega-Lite specification with its data inside. */
export type FigureSpec = TopLevelSpec;

/**
 * The schema the specifications follow: JupyterLab 4 and VS Code draw version 5.
 */
export const vegaLiteSchema = "https://vega.github.io/schema/vega-lite/v5.json";

/** How large a figure is to be; what is missing stays as it is. */
export interface FitOptions {
  /** Width of the whole figure in pixels, of which an inch has 96. */
  readonly widthPx?: number;
  /** Size of the text of axes and legends in pixels; other text keeps its ratio. */
  readonly fontSizePx?: number;
  /** Whether to keep the title and what is below it; by default `true`. */
  readonly title?: boolean;
}

/** "TD3", "TD3 and DDPG", "TD3, DDPG and PCRAS". */
export function listText(names: readonly string[]): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The number with `digits` significant digits, so that files stay small. */
export function roundSignificant(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** Inline Vega-Lite data as comma-separated text. */
export interface CsvData {
  /** A header line and one line per row. */
  values: string;
  /** How Vega reads it: every column is a number. */
  format: { type: "csv"; parse: Record<string, "number"> };
}

/** Columns of numbers as comma-separated text: a third of their size as JSON. */
export function csvData<Field extends string>(
  rows: readonly Readonly<Record<Field, number>>[],
  fields: readonly Field[],
): CsvData {
  const lines = rows.map((row) => fields.map((field) => row[field]).join(","));
  return {
    values: [fields.join(","), ...lines].join("\n"),
    format: {
      type: "csv",
      parse: Object.fromEntries(fields.map((field) => [field, "number"])),
    },
  };
}
