/**
 * Sweeps: many trials from one config, run so that whatever ends a run loses
 * nothing.
 *
 * @module
 */

export { setTrialAside } from "./aside.ts";
export { type Metric, METRIC_COLUMNS } from "./columns.ts";
export {
  parseSweepConfig,
  type SweepChoices,
  type SweepConfig,
  sweepJsonSchema,
  type SweepPart,
} from "./config.ts";
export {
  type CellValue,
  enginesOf,
  expandSweep,
  labelOf,
  MOST_TRIALS,
  type Sweep,
  type SweepTrial,
} from "./expand.ts";
export { readFailures } from "./failures.ts";
export {
  logPath,
  readStates,
  rowsPath,
  sweepDirectory,
  type TrialState,
} from "./folder.ts";
export { trialsDirectory } from "../store.ts";
export {
  Forecast,
  type Foreseen,
  kindOf,
  readForecast,
  type Work,
  workOf,
} from "./forecast.ts";
export type { Grid } from "./grid.ts";
export type { MethodSpec, MethodVariant, StudyMethod } from "./methods.ts";
export {
  overrideSweep,
  parseSetting,
  type SweepOverrides,
} from "./overrides.ts";
export { writeSweepParquet } from "./parquet.ts";
export { labelTrial, scoreRows, type TrialLabels } from "./score_rows.ts";
export { parseSeeds } from "../../input/seeds.ts";
export {
  runSweep,
  type RunSweepOptions,
  type SweepFailure,
  type SweepObserver,
  type SweepReport,
} from "./run_sweep.ts";
export {
  columnsOf,
  formatSweepTable,
  readSweepRow,
  readSweepRows,
  type SweepRow,
  type SweepRows,
  writeSweepTable,
} from "./table.ts";
export {
  type Problem,
  type Verification,
  verifySweep,
  verifyTrials,
} from "./verify.ts";
