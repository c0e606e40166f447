/**
 * Deno's language server, for one document that nobody else sees.
 *
 * Source: "Language Server Protocol Specification 3.17" (microsoft.github.io).
 *
 * @module
 */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A place in a text, both from 0. */
export interface Position {
  /** Line. */
  readonly line: number;
  /** UTF-16 units from the line's start. */
  readonly character: number;
}

/** What the server finds wrong with a text. */
export interface Diagnostic {
  /** Where it is. */
  readonly range: { readonly start: Position; readonly end: Position };
  /** 1 is an error. */
  readonly severity?: number;
  /** For example 2322, of TypeScript. */
  readonly code?: number | string;
  /** For example `deno-ts`. */
  readonly source?: string;
  /** In words. */
  readonly message: string;
}

/** A message of the protocol, as far as it is read. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const HEADER_END = encoder.encode("\r\n\r\n");

/** Reads messages, each behind a header that says how long it is. */
async function* readMessages(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Message> {
  let text = new Uint8Array();
  for await (const chunk of stream) {
    const joined = new Uint8Array(text.length + chunk.length);
    joined.set(text);
    joined.set(chunk, text.length);
    text = joined;
    for (;;) {
      const end = text.findIndex((_, at) =>
        HEADER_END.every((byte, i) => text[at + i] === byte)
      );
      if (end < 0) break;
      const header = decoder.decode(text.subarray(0, end));
      const length = Number(/Content-Length: *(\d+)/i.exec(header)?.[1]);
      const start = end + HEADER_END.length;
      if (text.length < start + length) break;
      yield JSON.parse(decoder.decode(text.subarray(start, start + length)));
      text = text.slice(start + length);
    }
  }
}

/** Hovers, as text; the protocol has several forms of it. */
function hoverText(result: unknown): string | undefined {
  const { contents } = (result ?? {}) as { contents?: unknown };
  const parts = Array.isArray(contents) ? contents : [contents];
  const texts = parts.map((part) => {
    if (typeof part === "string") return part;
    const { language, value } = (part ?? {}) as Record<string, string>;
    return language ? `\`\`\`${language}\n${value}\n\`\`\`` : value;
  });
  const text = texts.filter(Boolean).join("\n\n");
  return text === "" ? undefined : text;
}

/** A running server. It takes some seconds and 300 MB to start. */
export class LanguageServer {
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #ready: Promise<unknown>;
  readonly #uri: string;
  #count = 0;
  #version = 0;
  /** Is told what is wrong with a version of the text. */
  onDiagnostics: (version: number, found: readonly Diagnostic[]) => void =
    () => {};

  /**
   * Starts the server.
   *
   * @param folder Where the document is taken to lie: its imports resolve from there.
   */
  constructor(folder: string) {
    this.#uri = pathToFileURL(join(folder, ".cells.ts")).href;
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["lsp"],
      cwd: folder,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#writer = this.#process.stdin.getWriter();
    void this.#listen();
    const rootUri = pathToFileURL(folder).href;
    this.#ready = this.#ask("initialize", {
      processId: Deno.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: "notebooks" }],
      capabilities: {
        textDocument: {
          publishDiagnostics: { versionSupport: true },
          hover: { contentFormat: ["markdown", "plaintext"] },
        },
        workspace: { configuration: true, workspaceFolders: true },
      },
      initializationOptions: { enable: true, lint: false },
    }).then(() => this.#tell("initialized", {}));
  }

  /** Replaces the text; returns the number of its version. */
  async setText(text: string): Promise<number> {
    await this.#ready;
    const version = ++this.#version;
    if (version === 1) {
      const document = { uri: this.#uri, languageId: "typescript", version };
      this.#tell("textDocument/didOpen", {
        textDocument: { ...document, text },
      });
    } else {
      this.#tell("textDocument/didChange", {
        textDocument: { uri: this.#uri, version },
        contentChanges: [{ text }],
      });
    }
    return version;
  }

  /** What is known of a place in the text, in Markdown. */
  async hover(position: Position): Promise<string | undefined> {
    const result = await this.#ask("textDocument/hover", {
      textDocument: { uri: this.#uri },
      position,
    });
    return hoverText(result);
  }

  /** Ends the server; may be called again. */
  async close(): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#process.status;
  }

  async #listen(): Promise<void> {
    for await (const message of readMessages(this.#process.stdout)) {
      const { id, method, params, result } = message;
      if (method === "textDocument/publishDiagnostics") {
        if (params?.uri !== this.#uri) continue;
        const found = params.diagnostics as readonly Diagnostic[];
        this.onDiagnostics(Number(params.version), found);
      } else if (id !== undefined && method !== undefined) {
        // It asks for settings, and for nothing else that matters.
        const items = (params?.items ?? []) as readonly unknown[];
        const settings = items.map(() => ({ enable: true, lint: false }));
        const isAsked = method === "workspace/configuration";
        this.#send({ id, result: isAsked ? settings : null });
      } else if (id !== undefined) {
        this.#answers.get(id)?.(result);
        this.#answers.delete(id);
      }
    }
    for (const answer of this.#answers.values()) answer(undefined);
  }

  #ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#count;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#send({ id, method, params });
    });
  }

  #tell(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    const bytes = encoder.encode(body);
    const header = encoder.encode(`Content-Length: ${bytes.length}\r\n\r\n`);
    for (const part of [header, bytes]) {
      this.#writer.write(part).catch(() => {
        // It has ended, which whoever asks is told by the end of its answers.
      });
    }
  }
}
