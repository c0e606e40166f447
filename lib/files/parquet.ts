/**
 * Tables as Apache Parquet, which DuckDB, pandas and Polars read with the types of
 * the columns.
 *
 * @module
 */

import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { ByteWriter, parquetWriteRows } from "hyparquet-writer";
import { replaceFile, writeAll } from "./write_file.ts";

/** Type of a column: 64-bit integer, 64-bit floating point, UTF-8 text, or boolean. */
export type ParquetType = "int" | "double" | "string" | "boolean";

/** The columns of a table in their order. */
export type ParquetColumns<Key extends string = string> = Readonly<
  Record<Key, ParquetType>
>;

/** A value of a row; what is missing is null. */
export type ParquetValue = number | string | boolean | null;

const STORED = {
  int: "INT64",
  double: "DOUBLE",
  string: "STRING",
  boolean: "BOOLEAN",
} as const;

const CONDITIONS: Readonly<Record<ParquetType, string>> = {
  int: "a whole number within ±(2⁵³ − 1)",
  double: "a number",
  string: "a text",
  boolean: "true or false",
};

/** Rows of a group: what is in memory at a time. */
const GROUP_ROWS = 50_000;

/** Where the library puts bytes: a buffer that goes to a file group by group. */
class FileWriter extends ByteWriter {
  readonly #file: Deno.FsFile;

  constructor(file: Deno.FsFile) {
    super();
    this.#file = file;
  }

  /** Called by the library after every group. */
  async flush(): Promise<void> {
    await writeAll(this.#file, this.getBytes());
    this.index = 0;
  }

  override async finish(): Promise<void> {
    await this.flush();
    await this.#file.sync();
  }
}

/** A value as the library wants it, or `undefined` if it is of another type. */
function encode(
  value: unknown,
  type: ParquetType,
): bigint | number | string | boolean | null | undefined {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "int":
      return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
    case "double":
      return typeof value === "number" ? value : undefined;
    case "string":
      return typeof value === "string" ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
  }
}

/**
 * Writes a table, whole or not at all. Rows are taken as they come, so that a table
 * need not fit into memory.
 *
 * The same rows give the same bytes.
 *
 * @param rows Objects with the columns' keys; other keys are left out, and a missing
 * one is null.
 * @param columns Keys and types, in the order of the columns; as pairs where a key may
 * be a whole number, which objects put first.
 * @throws {TypeError} If a value is not of its column's type.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readParquet, writeParquet } from "./parquet.ts";
 *
 * const path = await Deno.makeTempFile();
 * const rows = [{ series: "TD3", seed: 0, hitRate: 0.1 }];
 * const columns = { series: "string", seed: "int", hitRate: "double" } as const;
 * await writeParquet(path, rows, columns);
 * assertEquals(await readParquet(path, columns), rows);
 * await Deno.remove(path);
 * ```
 */
export function writeParquet<Key extends string>(
  path: string,
  rows:
    | Iterable<Partial<Readonly<Record<NoInfer<Key>, unknown>>>>
    | AsyncIterable<Partial<Readonly<Record<NoInfer<Key>, unknown>>>>,
  columns: ParquetColumns<Key> | readonly (readonly [Key, ParquetType])[],
): Promise<void> {
  const types =
    (Array.isArray(columns) ? columns : Object.entries(columns)) as [
      Key,
      ParquetType,
    ][];
  async function* encoded() {
    let count = 0;
    for await (const row of rows) {
      const cells: Record<string, unknown> = {};
      for (const [name, type] of types) {
        const cell = encode(row[name], type);
        if (cell === undefined) {
          throw new TypeError(
            `Cannot write ${path}: rows[${count}].${name} must be ${
              CONDITIONS[type]
            }, got ${String(row[name])}`,
          );
        }
        cells[name] = cell;
      }
      yield cells;
      count++;
    }
  }
  return replaceFile(path, async (temporary) => {
    using file = await Deno.open(temporary, { write: true, create: true });
    await parquetWriteRows({
      writer: new FileWriter(file),
      rows: encoded(),
      columns: types.map(([name, type]) => ({
        name,
        type: STORED[type],
        // The library's dictionaries take −0 for 0.
        ...(type === "double" ? { encoding: "PLAIN" as const } : {}),
      })),
      rowGroupSize: GROUP_ROWS,
    });
  });
}

/** Keeps U+FEFF at the beginning of a text, which decoders take for a mark. */
const PARSERS = {
  stringFromBytes: (bytes: Uint8Array | undefined) =>
    bytes && new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
};

/** A value as rows have it. */
function decode(value: unknown, where: string): ParquetValue {
  if (value === null || value === undefined) return null;
  if (["number", "string", "boolean"].includes(typeof value)) {
    return value as ParquetValue;
  }
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) {
    return Number(value);
  }
  throw new TypeError(
    `Cannot read ${where} must be a text, a boolean or a number within ±(2⁵³ − 1), got ${
      String(value)
    }`,
  );
}

/**
 * Reads columns of a Parquet file with all its rows.
 *
 * @param columns Keys to read, with any values: what was given to
 * {@linkcode writeParquet}.
 * @throws {TypeError} If a value is neither text nor boolean nor a number that
 * JavaScript holds exactly.
 * @throws {Error} If a column is missing or the file is damaged.
 */
export async function readParquet<Key extends string>(
  path: string,
  columns: Readonly<Record<Key, unknown>>,
): Promise<Record<Key, ParquetValue>[]> {
  const names = Object.keys(columns) as Key[];
  const { buffer } = await Deno.readFile(path);
  const rows = await parquetReadObjects({
    file: buffer,
    columns: names,
    parsers: PARSERS,
  });
  return rows.map((row, index) =>
    Object.fromEntries(
      names.map((
        name,
      ) => [name, decode(row[name], `${path}: rows[${index}].${name}`)]),
    ) as Record<Key, ParquetValue>
  );
}

/**
 * Reads all columns of a Parquet file with all its rows, as lists of values.
 *
 * @throws {TypeError} As {@linkcode readParquet}.
 * @throws {Error} If the file is damaged.
 */
export async function readAnyParquet(
  path: string,
): Promise<{ columns: string[]; rows: ParquetValue[][] }> {
  const { buffer: file } = await Deno.readFile(path);
  const metadata = parquetMetadata(file);
  const columns = parquetSchema(metadata).children
    .map(({ element }) => element.name);
  const rows = await parquetReadObjects({ file, metadata, parsers: PARSERS });
  return {
    columns,
    rows: rows.map((row, index) =>
      columns.map((name) =>
        decode(row[name], `${path}: rows[${index}].${name}`)
      )
    ),
  };
}
