/**
 * How what the run of a study came to shows itself.
 *
 * @module
 */

import type { SweepReport } from "../../studies/run_sweep.ts";
import { type Display, isPlain, pageBundle } from "./display.ts";

/** What `study.run()` gives: the rows of its finished trials. */
export const REPORT: Display<SweepReport> = {
  test: (value): value is SweepReport =>
    isPlain(value) && value.rows instanceof Map &&
    Array.isArray(value.failed) && typeof value.finished === "number" &&
    "table" in value,
  bundles: ({ rows, table }) =>
    Promise.resolve([
      pageBundle({
        title: `Rows of finished trials: ${rows.size}`,
        rows: [...rows.values()],
        notes: table === undefined ? [] : [`Table: ${table}`],
      }),
    ]),
};
