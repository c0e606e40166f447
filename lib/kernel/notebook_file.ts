/**
 * Notebooks as files: nbformat 4.5, laid out as Jupyter writes it.
 *
 * Source: "The notebook file format" (nbformat.readthedocs.io).
 *
 * @module
 */

import { parseInput } from "../input/input_error.ts";
import { parseJson } from "../input/json.ts";
import { readText } from "../input/text.ts";
import { isJson, NOTEBOOK } from "./notebook_schema.ts";
import type { CellOutput, JsonObject, JsonValue } from "./outputs.ts";

/** A cell; a code cell alone has outputs and an execution count. */
export interface Cell {
  /** Kind of cell. */
  cell_type: "code" | "markdown" | "raw";
  /** Identifier, unique in the notebook. */
  id: string;
  /** Metadata, for example `tags`. */
  metadata: JsonObject;
  /** Source as one string. */
  source: string;
  /** Outputs, text as one string. */
  outputs?: CellOutput[];
  /** Number of the last execution. */
  execution_count?: number | null;
}

/** A notebook. */
export interface Notebook {
  /** Cells in their order. */
  cells: Cell[];
  /** Metadata, for example `kernelspec` and `language_info`. */
  metadata: JsonObject;
  /** Always 4. */
  nbformat: 4;
  /** Always 5 after reading. */
  nbformat_minor: number;
}

/** Ends of lines as Python's `str.splitlines`, which Jupyter uses, sees them. */
const LINE =
  // deno-lint-ignore no-control-regex -- these are what Python splits at
  /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g;

function splitLines(text: string): string[] {
  return (text.match(LINE) ?? []).filter((line) => line !== "");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** nbformat's rule for which formats are stored line by line. */
function isStoredByLine(mediaType: string): boolean {
  return mediaType.startsWith("text/") ||
    ["application/javascript", "image/svg+xml"].includes(mediaType);
}

function mapValues(
  object: JsonObject,
  map: (value: JsonValue, key: string) => JsonValue,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, map(value, key)]),
  );
}

/** The text of a field that may be stored line by line. */
function joinText(value: JsonValue): JsonValue {
  return Array.isArray(value) ? value.join("") : value;
}

function readOutput(output: JsonObject): JsonObject {
  return mapValues(output, (value, key) => {
    if (key === "text") return joinText(value);
    if (key !== "data" || !isObject(value)) return value;
    return mapValues(
      value,
      (part, mediaType) => isJson(mediaType) ? part : joinText(part),
    );
  });
}

function storeOutput(output: JsonObject): JsonObject {
  return mapValues(output, (value, key) => {
    if (key === "text") return splitLines(value as string);
    if (key !== "data" || !isObject(value)) return value;
    return mapValues(
      value,
      (part, mediaType) =>
        typeof part === "string" && isStoredByLine(mediaType)
          ? splitLines(part)
          : part,
    );
  });
}

/** Identifiers of cells: their own, or new ones. */
function cellIds(cells: readonly { readonly id?: string }[]): string[] {
  const taken = new Set(cells.map(({ id }) => id));
  return cells.map(({ id }, index) => {
    let own = id ?? `cell-${index + 1}`;
    while (id === undefined && taken.has(own)) own += "-new";
    taken.add(own);
    return own;
  });
}

/**
 * Reads a notebook's text. Notebooks of nbformat 4.0 to 4.4 are brought to 4.5:
 * their cells get identifiers.
 *
 * @param text Content of the file.
 * @param act What could not be done otherwise, for example `run a.ipynb`.
 * @throws {InputError} If the text is not a notebook of nbformat 4, or one for a
 * kernel of another language.
 */
export function parseNotebook(text: string, act: string): Notebook {
  const notebook = parseInput(NOTEBOOK, parseJson(text, act), { act });
  const ids = cellIds(notebook.cells);
  const cells = notebook.cells.map((cell, index) => ({
    ...cell,
    id: ids[index],
    metadata: cell.metadata ?? {},
    source: joinText(cell.source),
    ...(cell.cell_type === "code"
      ? {
        outputs: (cell.outputs as JsonObject[] ?? []).map(readOutput),
        execution_count: cell.execution_count ?? null,
      }
      : {}),
  }));
  return {
    ...notebook,
    cells: cells as unknown as Cell[],
    metadata: (notebook.metadata ?? {}) as JsonObject,
    nbformat: 4,
    nbformat_minor: Math.max(5, notebook.nbformat_minor ?? 0),
  };
}

/** The value with the keys of all objects in order, as Jupyter writes them. */
function sortKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value).sort().map((key) => [key, sortKeys(value[key])]),
  );
}

/** Writes a notebook: keys sorted, indented by one space, a final newline. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: splitLines(cell.source),
    ...(cell.outputs && {
      outputs: (cell.outputs as unknown as JsonObject[]).map(storeOutput),
    }),
  }));
  const document = { ...notebook, cells } as unknown as JsonObject;
  return `${JSON.stringify(sortKeys(document), null, 1)}\n`;
}

/** Whether a cell bears a tag. */
export function hasTag(cell: Cell, tag: string): boolean {
  const { tags } = cell.metadata;
  return Array.isArray(tags) && tags.includes(tag);
}

/**
 * Reads the text of a notebook file.
 *
 * @throws {InputError} If it cannot be read.
 */
export async function readNotebookText(
  path: string,
  act: string,
): Promise<string> {
  // A notebook is saved where it was, which standard input is not.
  return await readText(path === "-" ? "./-" : path, act);
}
