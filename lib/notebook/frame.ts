/**
 * Results as danfojs frames.
 *
 * @module
 */

import { basename } from "node:path";
import type { DataFrame } from "danfojs";
import { showFramesAsTables } from "./table.ts";

/**
 * Reads a CSV file with a head line into a danfojs frame. From then on frames and
 * series show as tables below a cell.
 *
 * @param path The file, relative to the working directory.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function readFrame(path: string): Promise<DataFrame> {
  // Danfojs is large: it is loaded with the first frame.
  const { DataFrame, readCSV } = await import("danfojs");
  showFramesAsTables(DataFrame);
  const file = new File([await Deno.readFile(path)], basename(path));
  return await readCSV(file) as DataFrame;
}

/** The rows of a frame as plain objects, one property a column. */
export async function frameRows<Row extends object>(
  frame: DataFrame,
): Promise<Row[]> {
  const { toJSON } = await import("danfojs");
  return toJSON(frame, { format: "column" }) as Row[];
}
