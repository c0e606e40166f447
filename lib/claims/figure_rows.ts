/**
 * What the tables in `data/` hold for the claims.
 *
 * @module
 */

import { readExperiment } from "../studies/paper/aggregate.ts";
import {
  FIG04,
  FIG05,
  FIG06_07,
  type ProfileName,
} from "../studies/paper/registry.ts";
import { readScalability } from "../studies/paper/scalability.ts";
import { finalReturns } from "./final_returns.ts";
import { type FigureRows, judgeReadings, type MatrixCell } from "./matrix.ts";
import { readReadings } from "./readings_table.ts";

/** What commands are doing that read these tables, unless they say it. */
const ACT = "judge the claims";

/**
 * Reads the tables of Figs. 4 to 7.
 *
 * @param act What the caller is doing, for error messages.
 * @throws {Deno.errors.NotFound} If one is not there.
 * @throws {InputError} If one is damaged or not whole.
 */
export async function readFigureRows(
  dataDirectory: string,
  profile: ProfileName,
  act = ACT,
): Promise<FigureRows> {
  return {
    learningRates: finalReturns(
      await readExperiment(dataDirectory, FIG04, profile, act),
    ),
    training: finalReturns(
      await readExperiment(dataDirectory, FIG05, profile, act),
    ),
    tests: await readScalability(dataDirectory, FIG06_07, profile, act),
  };
}

/**
 * Judges every claim under every reading by the tables in `data/`.
 *
 * @param act What the caller is doing, for error messages.
 * @throws {Deno.errors.NotFound} If a table is not there.
 * @throws {InputError} If one is damaged or not whole.
 */
export async function readMatrix(
  dataDirectory: string,
  profile: ProfileName,
  act = ACT,
): Promise<MatrixCell[]> {
  return judgeReadings(
    await readFigureRows(dataDirectory, profile, act),
    await readReadings(dataDirectory, profile, act),
  );
}
