/**
 * Runs and checks notebooks headless, on Deno's Jupyter kernel.
 *
 * Deno's kernels from 2.8.2 on send outputs after they report themselves idle:
 * runners that stop listening there (nbconvert, nbclient) lose them. This one
 * collects until a fence arrives behind the outputs.
 *
 * @module
 */

export {
  checkNotebooks,
  formatProblem,
  type NotebookProblem,
} from "./check_notebooks.ts";
export {
  CellError,
  type CellErrorOptions,
  KernelError,
  TimeLimitError,
} from "./errors.ts";
export type {
  ExecuteOptions,
  ExecuteReply,
  InputHandler,
  OutputHandler,
} from "./execute.ts";
export { Kernel, type KernelOptions } from "./kernel.ts";
export { listNotebooks } from "./list_notebooks.ts";
export {
  type Cell,
  formatNotebook,
  type Notebook,
  parseNotebook,
} from "./notebook_file.ts";
export type {
  CellOutput,
  DisplayOutput,
  ErrorOutput,
  JsonObject,
  JsonValue,
  ResultOutput,
  StreamOutput,
} from "./outputs.ts";
export { type NotebookParameters, parseParameter } from "./parameters.ts";
export {
  DEFAULT_CELL_OUTPUT_LIMIT_MEGABYTES,
  DEFAULT_CELL_TIME_LIMIT_S,
  LAB_KERNEL,
  readRunnableNotebook,
  type RunnableNotebook,
  runNotebook,
  type RunNotebookOptions,
  type RunNotebookResult,
} from "./run_notebook.ts";
export type { JsonPart, MessageBody } from "./wire.ts";
