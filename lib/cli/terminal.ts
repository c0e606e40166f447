/**
 * What a terminal can show: texts of users without control characters, and lines
 * that are overwritten where that works.
 *
 * @module
 */

import { cut, printable } from "../input/input_error.ts";

/** Longest text of a user or of a process in a line, in characters. */
const LONGEST_TEXT = 300;

/** A text in one line that every terminal can show. */
export function oneLine(text: string): string {
  return printable(cut(text, LONGEST_TEXT));
}

/** What JSON leaves as it is, and terminals act on: C1 controls, directions. */
const CONTROLS = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as indented JSON in which control characters are escaped. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(
    CONTROLS,
    (one) =>
      one.split("").map((unit) =>
        `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
      ).join(""),
  );
}

/** Whether lines on standard output can be overwritten. */
export function canOverwrite(): boolean {
  if (!Deno.stdout.isTerminal()) return false;
  const descriptor = { name: "env", variable: "TERM" } as const;
  const { state } = Deno.permissions.querySync(descriptor);
  return state !== "granted" || Deno.env.get("TERM") !== "dumb";
}

/** How large a terminal is. */
export interface TerminalSize {
  /** Characters of a line. */
  readonly columns: number;
  /** Lines. */
  readonly rows: number;
}

/** Columns and rows of the terminal; some do not know how large they are. */
export function terminalSize(): TerminalSize {
  const { columns, rows } = Deno.consoleSize();
  return { columns: columns || 80, rows: rows || 24 };
}
