/**
 * What the tables in `data/` hold for the claims.
 *
 * @module
 */

import { readExperiment } from "../aggregate.ts";
import { FIG04, FIG05, type ProfileName } from "../registry.ts";
import { FIG06_07, readScalability } from "../scalability.ts";
import { finalReturns } from "./final_returns.ts";
import { type FigureRows, judgeReadings, type MatrixCell } from "./matrix.ts";
import { readReadings } from "./readings_table.ts";

/**
 * Reads the tables of Figs. 4 to 7.
 *
 * @throws {Deno.errors.NotFound} If one is not there.
 */
export async function readFigureRows(
  dataDirectory: string,
  profile: ProfileName,
): Promise<FigureRows> {
  return {
    learningRates: finalReturns(
      await readExperiment(dataDirectory, FIG04, profile),
    ),
    training: finalReturns(await readExperiment(dataDirectory, FIG05, profile)),
    tests: await readScalability(dataDirectory, FIG06_07, profile),
  };
}

/**
 * Judges every claim under every reading by the tables in `data/`.
 *
 * @throws {Deno.errors.NotFound} If a table is not there.
 */
export async function readMatrix(
  dataDirectory: string,
  profile: ProfileName,
): Promise<MatrixCell[]> {
  return judgeReadings(
    await readFigureRows(dataDirectory, profile),
    await readReadings(dataDirectory, profile),
  );
}
