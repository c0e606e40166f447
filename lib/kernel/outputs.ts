/**
 * Output messages as the outputs of a notebook's cells.
 *
 * @module
 */

/** A value that JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

/** An object that JSON can hold. */
export type JsonObject = { [key: string]: JsonValue };

/** Text that a cell wrote to standard output or standard error. */
export interface StreamOutput {
  /** Kind of output. */
  readonly output_type: "stream";
  /** Which of the two streams. */
  readonly name: string;
  /** Everything written until another kind of output followed. */
  text: string;
}

/** A display: the same thing in several formats. */
export interface DisplayOutput {
  /** Kind of output. */
  readonly output_type: "display_data";
  /** Formats by media type. */
  data: JsonObject;
  /** Metadata by media type. */
  metadata: JsonObject;
}

/** The value of a cell's last expression. */
export interface ResultOutput {
  /** Kind of output. */
  readonly output_type: "execute_result";
  /** Number of the execution. */
  readonly execution_count: number;
  /** Formats by media type. */
  data: JsonObject;
  /** Metadata by media type. */
  metadata: JsonObject;
}

/** An error. */
export interface ErrorOutput {
  /** Kind of output. */
  readonly output_type: "error";
  /** Name of the error. */
  readonly ename: string;
  /** Message of the error. */
  readonly evalue: string;
  /** Stack, line by line. */
  readonly traceback: string[];
}

/** An output of a cell, as nbformat 4.5 has it (text is one string here). */
export type CellOutput =
  | StreamOutput
  | DisplayOutput
  | ResultOutput
  | ErrorOutput;

/**
 * What a message counts beside its content, also when it is replaced later: Deno's
 * kernel keeps some 3 kB of every one (measured).
 */
const MESSAGE_BYTES = 100;

/** What the cells of a notebook share. */
interface SharedOutputs {
  /** Displays by their identifier. */
  readonly displays: Map<string, Set<DisplayOutput | ResultOutput>>;
  /** How long outputs were as they came. */
  readonly bytes: WeakMap<CellOutput, number>;
}

/** Collects the outputs of cells that share their displays. */
export class OutputRecorder {
  readonly #shared: SharedOutputs = {
    displays: new Map(),
    bytes: new WeakMap(),
  };

  /** Opens the collection of one cell. */
  openCell(): CellOutputs {
    return new CellOutputs(this.#shared);
  }
}

/**
 * The outputs of one cell, built from messages as JupyterLab builds them: text
 * of one stream runs together, `update_display_data` changes every earlier
 * display of that identifier whichever cell it stands in, `clear_output` empties
 * the cell now or, with `wait`, as soon as something new arrives.
 */
export class CellOutputs {
  readonly #displays: SharedOutputs["displays"];
  readonly #bytes: SharedOutputs["bytes"];
  #outputs: CellOutput[] = [];
  #byteCount = 0;
  #clearBeforeNext = false;

  /** @param shared What the cells of a notebook share. */
  constructor(shared: SharedOutputs) {
    this.#displays = shared.displays;
    this.#bytes = shared.bytes;
  }

  /** The outputs so far, in their order. */
  get outputs(): readonly CellOutput[] {
    return this.#outputs;
  }

  /**
   * By how many bytes the cell has made the notebook's outputs longer, and 100 for
   * each message. The content that it replaced or cleared counts no more.
   */
  get byteCount(): number {
    return this.#byteCount;
  }

  /** The first error among the outputs. */
  get error(): ErrorOutput | undefined {
    return this.#outputs.find((output) => output.output_type === "error");
  }

  /**
   * Applies a message; types that are no outputs are passed over.
   *
   * @param bytes Length of the content as it came.
   */
  handle(
    type: string,
    content: Readonly<Record<string, unknown>>,
    bytes = 0,
  ): void {
    const fields = content as JsonObject;
    this.#byteCount += MESSAGE_BYTES;
    switch (type) {
      case "stream":
        return this.#write(fields.name as string, fields.text as string, bytes);
      case "display_data":
      case "execute_result":
        return this.#display(type, fields, bytes);
      case "update_display_data":
        return this.#update(fields, bytes);
      case "clear_output":
        if (fields.wait === true) this.#clearBeforeNext = true;
        else this.#clear();
        return;
      case "error":
        this.#add({
          output_type: "error",
          ename: fields.ename as string,
          evalue: fields.evalue as string,
          traceback: fields.traceback as string[],
        }, bytes);
    }
  }

  /** Sets how long an output is. */
  #measure(output: CellOutput, bytes: number): void {
    this.#byteCount += bytes - (this.#bytes.get(output) ?? 0);
    this.#bytes.set(output, bytes);
  }

  #clear(): void {
    for (const displays of this.#displays.values()) {
      for (const output of this.#outputs) {
        displays.delete(output as DisplayOutput);
      }
    }
    for (const output of this.#outputs) this.#measure(output, 0);
    this.#outputs = [];
    this.#clearBeforeNext = false;
  }

  #add(output: CellOutput, bytes: number): void {
    if (this.#clearBeforeNext) this.#clear();
    this.#outputs.push(output);
    this.#measure(output, bytes);
  }

  #write(name: string, text: string, bytes: number): void {
    const last = this.#outputs.at(-1);
    const same = last?.output_type === "stream" && last.name === name;
    if (same && !this.#clearBeforeNext) {
      last.text += text;
      this.#measure(last, (this.#bytes.get(last) ?? 0) + bytes);
    } else this.#add({ output_type: "stream", name, text }, bytes);
  }

  #display(
    type: "display_data" | "execute_result",
    fields: JsonObject,
    bytes: number,
  ): void {
    const bundle = {
      data: fields.data as JsonObject,
      metadata: fields.metadata as JsonObject ?? {},
    };
    const output: DisplayOutput | ResultOutput = type === "display_data"
      ? { output_type: type, ...bundle }
      : {
        output_type: type,
        execution_count: fields.execution_count as number,
        ...bundle,
      };
    this.#add(output, bytes);
    const { display_id: id } = fields.transient as JsonObject ?? {};
    if (typeof id !== "string") return;
    const displays = this.#displays.get(id) ?? new Set();
    this.#displays.set(id, displays.add(output));
  }

  #update(fields: JsonObject, bytes: number): void {
    const { display_id: id } = fields.transient as JsonObject ?? {};
    for (const output of this.#displays.get(id as string) ?? []) {
      output.data = fields.data as JsonObject;
      output.metadata = fields.metadata as JsonObject ?? {};
      this.#measure(output, bytes);
    }
  }
}
