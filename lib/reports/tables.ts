/**
 * One table as Markdown, LaTeX and CSV, with the same digits.
 *
 * @module
 */

import { csvFormatRows } from "d3-dsv";

/** Rows of cells; the first is the head. */
export type Table = readonly (readonly string[])[];

/** A table in Markdown. */
export function markdownTable(rows: Table): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const [head, ...body] = rows;
  return [line(head), line(head.map(() => "---")), ...body.map(line)]
    .join("\n");
}

/** What LaTeX writes otherwise. */
const LATEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  "$": "\\$",
  "#": "\\#",
  "_": "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "$<$",
  ">": "$>$",
  "|": "$|$",
  "–": "--",
  "−": "$-$",
  "±": "$\\pm$",
  "×": "$\\times$",
  "≥": "$\\geq$",
  "≤": "$\\leq$",
  "∞": "$\\infty$",
  "◇": "$\\diamond$",
  "✓": "$\\surd$",
  "✗": "$\\times$",
  "Σ": "$\\Sigma$",
  "ₜ": "$_t$",
};

/** A text as LaTeX, which pdfLaTeX sets with no package. */
export function latexText(text: string): string {
  return Array.from(
    text.normalize("NFC"),
    (character) => LATEX[character] ?? character,
  ).join("").replace(/^-(?=[\d.])/, "$-$").replace(
    /(?<=[( ])-(?=[\d.])/g,
    "$-$",
  );
}

/** Whether all cells of a column below the head are numbers, intervals or missing. */
function isNumeric(rows: Table, column: number): boolean {
  return rows.slice(1).every((row) => /^[-–\d.]/.test(row[column]));
}

/** An estimate with its interval, as tables write it. */
const INTERVAL = /^(\S+) \((\S+) to (\S+)\)$/;

/** Characters from which on cells of a column are broken into lines. */
const LONG_CELL = 40;

/** How a column is set: numbers to the right, long texts in lines. */
function columnOf(rows: Table, column: number): string {
  if (isNumeric(rows, column)) return "r";
  const longest = Math.max(...rows.map((row) => row[column].length));
  return longest < LONG_CELL ? "l" : "p{0.14\\linewidth}";
}

/** A cell; an interval is small, as there are many in a row. */
function latexCell(text: string): string {
  const [, estimate, lower, upper] = INTERVAL.exec(text) ?? [];
  return estimate === undefined
    ? latexText(text)
    : `${latexText(estimate)} {\\scriptsize ${
      latexText(`(${lower} to ${upper})`)
    }}`;
}

/**
 * A table in LaTeX with the rules of the package booktabs, for `\input`; numbers are
 * set to the right, intervals small, long texts in lines.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { latexTable } from "./tables.ts";
 *
 * assertEquals(latexTable([["method", "G"], ["my_rule", "-1.5 (-2.0 to -1.0)"]]), [
 *   "\\begin{tabular}{lr}",
 *   "\\toprule",
 *   "method & G \\\\",
 *   "\\midrule",
 *   "my\\_rule & $-$1.5 {\\scriptsize ($-$2.0 to $-$1.0)} \\\\",
 *   "\\bottomrule",
 *   "\\end{tabular}",
 * ].join("\n"));
 * ```
 */
export function latexTable(rows: Table): string {
  const [head, ...body] = rows;
  const line = (cells: readonly string[]) =>
    `${cells.map(latexCell).join(" & ")} \\\\`;
  const columns = head.map((_, column) => columnOf(rows, column));
  return [
    `\\begin{tabular}{${columns.join("")}}`,
    "\\toprule",
    line(head),
    "\\midrule",
    ...body.map(line),
    "\\bottomrule",
    "\\end{tabular}",
  ].join("\n");
}

/**
 * A table as CSV, in which an estimate with its interval has three columns, with the
 * digits of the table.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { csvTable } from "./tables.ts";
 *
 * assertEquals(
 *   csvTable([["method", "G"], ["TD3", "7.0 (6.5 to 7.5)"], ["mine", "–"]]),
 *   "method,G,G lower,G upper\nTD3,7.0,6.5,7.5\nmine,,,",
 * );
 * ```
 */
export function csvTable(rows: Table): string {
  const [head, ...body] = rows;
  const split = head.map((_, column) =>
    body.some((row) => INTERVAL.test(row[column]))
  );
  return csvFormatRows([
    head.flatMap((name, column) =>
      split[column] ? [name, `${name} lower`, `${name} upper`] : [name]
    ),
    ...body.map((row) =>
      row.flatMap((cell, column) => {
        const plain = cell === "–" ? "" : cell;
        if (!split[column]) return [plain];
        return INTERVAL.exec(cell)?.slice(1) ?? [plain, "", ""];
      })
    ),
  ]);
}
