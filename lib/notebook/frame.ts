/**
 * Results as danfojs frames.
 *
 * @module
 */

import type * as danfojs from "danfojs";
import { parseAnyCsv, readTableText } from "../input/csv.ts";
import { showFramesAsTables } from "./table.ts";

/** A frame of danfojs; its documentation says what it can. */
export type DataFrame = danfojs.DataFrame;

/**
 * Rows as a danfojs frame. From then on frames and series show as tables below a
 * cell.
 *
 * @param rows Objects with the same keys, such as what `readExperiment` reads; what
 * is missing is null.
 */
export async function frameOf(rows: readonly object[]): Promise<DataFrame> {
  // Danfojs is large: it is loaded with the first frame.
  const { DataFrame } = await import("danfojs");
  showFramesAsTables(DataFrame);
  return new DataFrame([...rows]);
}

/**
 * Reads a CSV file with a head line into a danfojs frame, strictly: a column is one
 * of numbers if all its cells are finite numbers or empty, else one of texts.
 *
 * @param path The file, relative to the working directory.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {InputError} With row and column, if the file is cut, a row has more or
 * fewer cells than the head, or a number is not finite.
 */
export async function readFrame(path: string): Promise<DataFrame> {
  const source = { act: "read the frame", path };
  return await frameOf(parseAnyCsv(await readTableText(source), source));
}

/** The rows of a frame as plain objects, one property a column. */
export async function frameRows<Row extends object>(
  frame: DataFrame,
): Promise<Row[]> {
  const { toJSON } = await import("danfojs");
  return toJSON(frame, { format: "column" }) as Row[];
}
