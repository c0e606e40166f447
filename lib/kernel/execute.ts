/**
 * Requests to execute code, as a kernel's users see them.
 *
 * @module
 */

import type { JsonPart, MessageBody } from "./wire.ts";

/** Receives what a request outputs. What it throws ends the request. */
export type OutputHandler = (output: MessageBody) => void;

/** Answers the kernel's question to the user. */
export type InputHandler = (question: JsonPart) => Promise<string>;

/** Options of `Kernel.execute`. */
export interface ExecuteOptions {
  /** Receives the outputs in their order. */
  readonly onOutput?: OutputHandler;
  /** Is told the number of the request, as it begins. */
  readonly onCount?: (executionCount: number) => void;
  /** Answers questions; without it the code must not ask any. */
  readonly onInput?: InputHandler;
  /** Whether the code is not counted and shows no result; by default false. */
  readonly silent?: boolean;
  /** How long the code may run; by default for ever. */
  readonly timeLimitS?: number;
}

/** Why a cell failed, in Jupyter's words. */
export interface CellFailure {
  /** Name of the error, or nothing. */
  readonly ename: string;
  /** Message of the error, or nothing. */
  readonly evalue: string;
  /** Stack of the error, line by line. */
  readonly traceback: readonly string[];
}

/** A failure that has no stack but itself. */
export function cellFailure(ename: string, evalue: string): CellFailure {
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}

/** How the kernel judges what it executed. */
export interface ExecuteReply extends CellFailure {
  /** Whether the code ran to its end. */
  readonly status: "ok" | "error";
  /** Number of the request among those that count. */
  readonly executionCount: number | null;
}

/** Reads the content of an `execute_reply`. */
export function readReply(
  content: Readonly<Record<string, unknown>>,
): ExecuteReply {
  const { status, execution_count, ename, evalue, traceback } = content;
  return {
    status: status === "ok" ? "ok" : "error",
    executionCount: typeof execution_count === "number"
      ? execution_count
      : null,
    ename: String(ename ?? ""),
    evalue: String(evalue ?? ""),
    traceback: Array.isArray(traceback) ? traceback.map(String) : [],
  };
}
