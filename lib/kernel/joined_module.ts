/**
 * A notebook's code cells joined into one module.
 *
 * @module
 */

import type { Notebook } from "./notebook_file.ts";

/** A line of a cell. */
export interface CellLine {
  /** Index of the cell among all cells, from 0. */
  readonly cellIndex: number;
  /** Number of the line in the cell, from 1. */
  readonly line: number;
}

/** A module and where its lines come from. */
export interface JoinedModule {
  /** Source of the module. */
  readonly text: string;
  /** Finds a line of the module, counted from 1, in the notebook. */
  readonly locate: (line: number) => CellLine;
}

/**
 * Joins the code cells of a notebook. Each cell begins on a line of its own; a
 * semicolon ends a last statement that has none, since cells are scripts apart.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { joinCells } from "./joined_module.ts";
 *
 * const cell = { cell_type: "code", metadata: {}, outputs: [] } as const;
 * const { text, locate } = joinCells({
 *   cells: [
 *     { ...cell, id: "a", outputs: [], source: "const a = 1;\nconst b = 2;" },
 *     { ...cell, id: "b", outputs: [], source: "a + b" },
 *   ],
 *   metadata: {},
 *   nbformat: 4,
 *   nbformat_minor: 5,
 * });
 * assertEquals(text, "const a = 1;\nconst b = 2;\na + b\n;\n");
 * assertEquals(locate(3), { cellIndex: 1, line: 1 });
 * ```
 */
export function joinCells(notebook: Notebook): JoinedModule {
  const lines: string[] = [];
  const origins: CellLine[] = [];
  for (const [cellIndex, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code" || cell.source.trim() === "") continue;
    const source = cell.source.trimEnd().split("\n");
    if (!/[;}]$/.test(cell.source.trimEnd())) source.push(";");
    lines.push(...source);
    origins.push(...source.map((_, i) => ({ cellIndex, line: i + 1 })));
  }
  return {
    text: lines.map((line) => `${line}\n`).join(""),
    locate: (line) => origins[line - 1] ?? { cellIndex: 0, line: 1 },
  };
}
