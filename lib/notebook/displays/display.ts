/**
 * What shows itself, and the pages that it shows.
 *
 * @module
 */

import type { DisplayBundle } from "../front_end.ts";
import { escapeHtml } from "../html.ts";
import { tableBundle, type TableColumn } from "../table.ts";

/** A kind of value that shows itself as a cell's result. */
export interface Display<Value extends object = object> {
  /**
   * Whether a value is of the kind. It goes by shape, as most have no class, and a
   * class may have been loaded twice; it is asked of every result, so it is quick.
   */
  readonly test: (value: object) => value is Value;
  /**
   * What is shown, one below the other. What it needs beside this room is loaded when
   * the first is shown.
   */
  readonly bundles: (value: Value) => Promise<readonly DisplayBundle[]>;
}

/** Whether a value is an object as `{}` makes it. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether a value has functions of these names. */
export function hasMethods(value: object, names: readonly string[]): boolean {
  return names.every((name) => typeof Reflect.get(value, name) === "function");
}

/** What has more digits is rounded. */
const LONGEST_NUMBER = 8;

/** A value of JSON in a cell: `[4, 8]`; long numbers have six significant digits. */
export function cellText(value: unknown): string {
  if (typeof value === "string") return value;
  const text = JSON.stringify(
    value,
    (_, inner) =>
      typeof inner === "number" && String(inner).length > LONGEST_NUMBER
        ? Number(inner.toPrecision(6))
        : inner,
  );
  return text?.replaceAll(",", ", ") ?? "";
}

/** What {@linkcode pageBundle} shows. */
export interface Page<Row extends object> {
  /** What it is, in a line. */
  readonly title: string;
  /** A table; none if it has no rows. */
  readonly rows: readonly Row[];
  /** The table's columns; by default those of the first row. */
  readonly columns?: readonly (keyof Row & string | TableColumn<Row>)[];
  /** Lines below the table; empty ones are left out. */
  readonly notes?: readonly string[];
}

/** A line, a table and more lines. */
export function pageBundle<Row extends object>(
  { title, rows, columns, notes = [] }: Page<Row>,
): DisplayBundle {
  const table = rows.length === 0 ? undefined : tableBundle(rows, columns).data;
  const lines = notes.filter((note) => note !== "");
  return {
    data: {
      "text/html": [
        `<p><b>${escapeHtml(title)}</b></p>`,
        table?.["text/html"] ?? "",
        ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
      ].join(""),
      "text/plain": [
        title,
        ...table === undefined ? [] : [table["text/plain"]],
        ...lines,
      ].join("\n"),
    },
    metadata: {},
  };
}
