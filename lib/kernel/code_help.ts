/**
 * What a front end is told of the code in cells: types and documentation where the
 * cursor is, and what is wrong with the types.
 *
 * @module
 */

import {
  type Diagnostic,
  LanguageServer,
  type Position,
} from "./language_server.ts";

/** Between two cells: what the first one leaves open ends there. */
const SEPARATOR = "\n;\n";

/** Said of every cell that is run again: "cannot redeclare", "duplicate". */
const OF_RERUNS = new Set([2451, 2300]);

/** Most notes of one cell. */
const MOST_NOTES = 5;

/** How long to wait for the rest of what the server finds. */
const REST_MS = 150;

/** Where a text ends. */
function endOf(text: string): Position {
  const lines = text.split("\n");
  const line = lines.length - 1;
  return { line, character: lines[line].length };
}

/** The place that a cursor in a call's parentheses asks about: the call's name. */
function callBefore(code: string): string | undefined {
  const call = /[\w$]+(?=\s*\([^()]*$)/.exec(code);
  return call === null ? undefined : code.slice(0, call.index + 1);
}

/**
 * Knows the cells of a notebook that were run, as one text in the order of their runs.
 * The language server is started when it is first needed.
 */
export class CodeHelp {
  readonly #folder: string;
  readonly #cells = new Map<string, string>();
  /** Who is told what is wrong with cells that were run since. */
  readonly #waiting = new Map<string, (notes: readonly string[]) => void>();
  #server: LanguageServer | undefined;
  #latest = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param folder The kernel's folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * What is known of the name at a cursor, in Markdown.
   *
   * @param code The cell's code.
   * @param cursor Where the cursor is, in Unicode characters from its start.
   */
  async inspect(code: string, cursor: number): Promise<string | undefined> {
    const server = this.#start();
    const before = this.#joined();
    const chars = [...code].slice(0, cursor).join("");
    await server.setText(before + code);
    // Behind a name the cursor still asks for it.
    const isBehind = /[\w$]$/.test(chars);
    const at = endOf(before + (isBehind ? chars.slice(0, -1) : chars));
    const found = await server.hover(at);
    const call = callBefore(chars);
    if (found !== undefined || call === undefined) return found;
    return server.hover(endOf(before + call.slice(0, -1)));
  }

  /**
   * Takes a cell that is run.
   *
   * @param id The cell's identifier in the notebook.
   * @param onNotes Is told in a while, line by line, if its types are wrong.
   */
  async run(
    id: string,
    code: string,
    onNotes: (notes: readonly string[]) => void,
  ): Promise<void> {
    this.#cells.delete(id);
    this.#cells.set(id, code.trimEnd());
    this.#waiting.set(id, onNotes);
    const server = this.#start();
    // What is found until then is about a text without this cell.
    this.#latest = Infinity;
    this.#latest = await server.setText(this.#joined());
  }

  /** Ends the server, if it runs. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#server?.close();
  }

  #joined(): string {
    return [...this.#cells.values()].map((code) => code + SEPARATOR).join("");
  }

  #start(): LanguageServer {
    if (this.#server) return this.#server;
    this.#server = new LanguageServer(this.#folder);
    this.#server.onDiagnostics = (version, found) => {
      // A later version speaks for all cells of an earlier one.
      if (version < this.#latest) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#note(found), REST_MS);
    };
    return this.#server;
  }

  #note(found: readonly Diagnostic[]): void {
    const errors = found.filter(({ severity, code, source }) =>
      severity === 1 && source !== "deno-lint" && !OF_RERUNS.has(Number(code))
    );
    let from = 0;
    for (const [id, code] of this.#cells) {
      const to = from + code.split("\n").length;
      const notes = errors
        .filter(({ range: { start } }) => start.line >= from && start.line < to)
        .map(({ range: { start }, message }) =>
          `line ${start.line - from + 1}, column ${
            start.character + 1
          }: ${message}`
        );
      if (notes.length > 0) this.#waiting.get(id)?.(notes.slice(0, MOST_NOTES));
      this.#waiting.delete(id);
      from = to + 1;
    }
  }
}
