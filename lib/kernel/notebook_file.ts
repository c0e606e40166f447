/**
 * Notebooks as files: nbformat 4.5, laid out as Jupyter writes it.
 *
 * Source: "The notebook file format" (nbformat.readthedocs.io).
 *
 * @module
 */

import { NotebookInputError } from "./errors.ts";
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

function isJson(mediaType: string): boolean {
  return /^application\/(.*\+)?json$/.test(mediaType);
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

function readCell(value: JsonValue, index: number, act: string): Cell {
  const path = `cells[${index}]`;
  const types = ["code", "markdown", "raw"];
  if (!isObject(value) || !types.includes(value.cell_type as string)) {
    throw new NotebookInputError(
      `Cannot ${act}: ${path}.cell_type must be one of ${
        types.join(", ")
      }, got ${JSON.stringify(isObject(value) ? value.cell_type : value)}`,
    );
  }
  const source = joinText(value.source ?? null);
  if (typeof source !== "string") {
    throw new NotebookInputError(
      `Cannot ${act}: ${path}.source must be text, got ${
        JSON.stringify(source)
      }`,
    );
  }
  const outputs = Array.isArray(value.outputs)
    ? value.outputs.filter(isObject).map(readOutput)
    : [];
  return {
    ...value,
    id: value.id ?? `cell-${index + 1}`,
    metadata: value.metadata ?? {},
    source,
    ...(value.cell_type === "code"
      ? { outputs, execution_count: value.execution_count ?? null }
      : {}),
  } as unknown as Cell;
}

/**
 * Reads a notebook's text. Notebooks of nbformat 4.0 to 4.4 are brought to 4.5:
 * their cells get identifiers.
 *
 * @param text Content of the file.
 * @param act What could not be done otherwise, for example `run a.ipynb`.
 * @throws {NotebookInputError} If the text is not a notebook of nbformat 4.
 */
export function parseNotebook(text: string, act: string): Notebook {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, " ");
    throw new NotebookInputError(
      `Cannot ${act}: the document must be valid JSON, got an error: ${reason}`,
    );
  }
  if (!isObject(value) || value.nbformat !== 4 || !Array.isArray(value.cells)) {
    const got = isObject(value) ? JSON.stringify(value.nbformat) : "no object";
    throw new NotebookInputError(
      `Cannot ${act}: the document must be a notebook of nbformat 4, got ${
        got ?? "none"
      }`,
    );
  }
  return {
    ...value,
    cells: value.cells.map((cell, index) => readCell(cell, index, act)),
    metadata: isObject(value.metadata) ? value.metadata : {},
    nbformat: 4,
    nbformat_minor: Math.max(5, Number(value.nbformat_minor ?? 0)),
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
 * @throws {NotebookInputError} If it cannot be read.
 */
export async function readNotebookText(
  path: string,
  act: string,
): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "nothing there"
      : (error as Error).message.split("\n")[0];
    throw new NotebookInputError(
      `Cannot ${act}: ${path} must be a readable file, got ${reason}`,
    );
  }
}
