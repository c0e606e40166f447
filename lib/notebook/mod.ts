/**
 * What a notebook needs from its front end: figures, tables and progress below
 * its cells, and a signal for the stop button.
 *
 * In a kernel, its import makes the lab's values show themselves as a cell's result
 * (specifications, frames, scenarios, environments, outcomes, agents, studies, rows),
 * and the stop button no longer ends the kernel.
 *
 * Outside a kernel, everything that shows something does nothing, so that the
 * same code runs in a plain program; the `…Bundle` functions give what would be
 * shown. Frames of danfojs are apart, in `frame.ts`.
 *
 * @module
 */

import { installDisplays } from "./displays/install.ts";

export { displayFigure, figureBundle, type NotebookFigure } from "./figure.ts";
export {
  display,
  type DisplayBundle,
  findFrontEnd,
  type FrontEnd,
  type ShowOptions,
} from "./front_end.ts";
export { LiveDisplay, type LiveDisplayOptions } from "./live_display.ts";
export {
  progressBundle,
  ProgressDisplay,
  type ProgressDisplayOptions,
} from "./progress.ts";
export { reload } from "./reload.ts";
export {
  showFigure,
  showFigureBundles,
  type ShowFigureOptions,
} from "./show_figure.ts";
export { type StopSignal, stopSignal } from "./stop_signal.ts";
export {
  displayTable,
  type Frame,
  showFramesAsTables,
  tableBundle,
  type TableColumn,
  type TableOptions,
} from "./table.ts";

installDisplays();
