/**
 * The lab's Jupyter kernel, and notebooks without a front end.
 *
 * Deno's kernel (`kernel.ts`, over ZeroMQ's sockets in `sockets.ts`) reports itself idle
 * before it has sent everything, ends at a Stop and is silent about some failures.
 * `stoppable_kernel.ts` mends that, for two users: `relay.ts` for Jupyter's front ends,
 * `run_notebook.ts` without one.
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
  CellFailure,
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
