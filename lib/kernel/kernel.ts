/**
 * Deno's Jupyter kernel as a child process.
 *
 * @module
 */

import { dirname, join } from "node:path";
import {
  type ConnectionInfo,
  KernelConnection,
  newConnectionInfo,
} from "./connection.ts";
import {
  type ConnectionFolder,
  makeConnectionFolder,
} from "./connection_folder.ts";
import { KernelError, TimeLimitError } from "./errors.ts";
import {
  type ExecuteOptions,
  type ExecuteReply,
  type InputHandler,
  type OutputHandler,
  readReply,
} from "./execute.ts";
import { Patience } from "./patience.ts";
import { LARGE_OUTPUT_TYPE, OUTPUT_FILE } from "./preamble.ts";
import { KernelProcess } from "./process.ts";
import type { JsonPart, KernelMessage } from "./wire.ts";

/** Options of {@linkcode Kernel.start}. */
export interface KernelOptions {
  /** Working directory, from which imports resolve. */
  readonly folder: string;
  /** Abandons whatever is under way. */
  readonly signal?: AbortSignal;
  /** How long the kernel may take to answer; by default 60 s. */
  readonly startTimeLimitS?: number;
  /** Where the connection file lies; by default in `folder`. */
  readonly connectionFolder?: string;
  /** Receives broadcasts of type {@linkcode NOTICE_TYPE}, whatever caused them. */
  readonly onNotice?: OutputHandler;
}

/** Type of broadcasts that are meant for the kernel's owner, not for a front end. */
export const NOTICE_TYPE = "kernel_notice";

const START_TIME_LIMIT_S = 60;
const START_ATTEMPTS = 3;
const FIRST_HANDSHAKE_MS = 100;
/** How long a reply may take that needs no code of the user. */
const REPLY_LIMIT_MS = 5000;
const FENCE_TYPE = "output_fence";
const FENCE = `await Deno.jupyter.broadcast("${FENCE_TYPE}", {}); undefined`;

/** What has arrived of the answer to one request. */
interface Answer {
  readonly id: string;
  reply?: Readonly<Record<string, unknown>>;
  idle: boolean;
  fenced: boolean;
}

/**
 * A running kernel. It has every permission, as all Deno kernels have.
 *
 * No output is lost or counted to another request: the kernel reports itself
 * idle before it has sent everything, so each request is followed by a silent
 * one that broadcasts a fence, and outputs are collected until the fence arrives
 * behind them on the same channel.
 *
 * @example
 * ```ts ignore
 * const kernel = await Kernel.start({ folder: "notebooks" });
 * try {
 *   await kernel.execute("console.log(6 * 7)", {
 *     onOutput: ({ type, content }) => console.log(type, content),
 *   });
 * } finally {
 *   await kernel.stop();
 * }
 * ```
 */
export class Kernel {
  readonly #process: KernelProcess;
  readonly #connection: KernelConnection;
  readonly #connectionFolder: ConnectionFolder;
  readonly #handlers = new Map<string, OutputHandler>();
  readonly #onNotice: OutputHandler | undefined;
  #onInput: InputHandler | undefined;
  #onCount: ((executionCount: number) => void) | undefined;
  #answer: Answer = { id: "", idle: false, fenced: false };
  #language: Readonly<Record<string, unknown>> = {};
  readonly #patience: Patience;

  private constructor(
    connectionFolder: ConnectionFolder,
    info: ConnectionInfo,
    options: KernelOptions,
  ) {
    this.#connectionFolder = connectionFolder;
    this.#onNotice = options.onNotice;
    const hear = () => this.#patience.hear();
    this.#process = new KernelProcess(
      options.folder,
      connectionFolder.file,
      hear,
    );
    this.#connection = new KernelConnection(info, {
      message: (message) => this.#take(message),
      change: hear,
    });
    this.#patience = new Patience(
      this.#process,
      this.#connection,
      options.signal,
    );
  }

  /**
   * Starts a kernel and waits until its outputs arrive.
   *
   * The connection file, readable for its owner alone, lies in a hidden folder of
   * `folder` until {@linkcode Kernel.stop}. The kernel ends with this process,
   * also if that is killed.
   *
   * @throws {KernelError} If the kernel does not start.
   * @throws {InputError} If `folder` cannot be written to.
   */
  static async start(options: KernelOptions): Promise<Kernel> {
    for (let attempt = 1;; attempt++) {
      options.signal?.throwIfAborted();
      const info = newConnectionInfo();
      const folder = await makeConnectionFolder(
        options.connectionFolder ?? options.folder,
        JSON.stringify(info),
      );
      let kernel: Kernel | undefined;
      try {
        kernel = new Kernel(folder, info, options);
        await kernel.#shakeHands(options.startTimeLimitS ?? START_TIME_LIMIT_S);
        return kernel;
      } catch (error) {
        if (kernel) await kernel.stop();
        else await folder.remove();
        // Another program may have taken a port since it was picked.
        const taken = error instanceof KernelError &&
          error.message.includes("AddrInUse");
        if (!taken || attempt === START_ATTEMPTS) throw error;
      }
    }
  }

  /** Where large outputs wait to be read. */
  get outputFolder(): string {
    return dirname(this.#connectionFolder.file);
  }

  /** What the kernel says of its language, for the notebook's metadata. */
  get language(): Readonly<Record<string, unknown>> {
    return this.#language;
  }

  /**
   * Executes code and waits for its outputs, also those that arrive late.
   *
   * Outputs of code that is still running afterwards (timers, promises that were
   * not awaited) go to the handler of the request that is executed by then.
   *
   * @throws {KernelError} If the kernel dies or falls silent.
   * @throws {TimeLimitError} If the code runs too long; the kernel still runs it.
   */
  async execute(
    code: string,
    options: ExecuteOptions = {},
  ): Promise<ExecuteReply> {
    const { onOutput, silent = false, timeLimitS = Infinity } = options;
    const deadline = performance.now() + 1000 * timeLimitS;
    const act = `wait for code that runs longer than ${timeLimitS} s`;
    this.#onInput = options.onInput;
    this.#onCount = options.onCount;
    const answer = this.#request(code, silent, onOutput);
    await this.#patience.waitUntil(
      () => answer.reply !== undefined && answer.idle,
      () => answer.reply !== undefined || answer.idle,
      deadline,
      act,
    );
    const fence = this.#request(
      FENCE,
      true,
      onOutput,
    );
    await this.#patience.waitUntil(
      // A reply that came behind the next request would not be acknowledged for
      // 40 ms, and the kernel's system holds the next one back for as long.
      () => fence.fenced && fence.reply !== undefined,
      () => fence.reply !== undefined || fence.idle,
      deadline,
      act,
    );
    return readReply(answer.reply ?? {});
  }

  /**
   * Asks for something else than to execute, and waits for the reply; nothing, if
   * the kernel does not know what to reply.
   */
  async request(
    type: string,
    content: JsonPart,
  ): Promise<JsonPart | undefined> {
    const id = this.#connection.send(type, content);
    const answer: Answer = { id, idle: false, fenced: false };
    this.#answer = answer;
    const deadline = performance.now() + REPLY_LIMIT_MS;
    try {
      const done = () => answer.reply !== undefined;
      await this.#patience.waitUntil(
        done,
        () => false,
        deadline,
        `ask for ${type}`,
      );
    } catch (error) {
      if (!(error instanceof TimeLimitError)) throw error;
    }
    return answer.reply;
  }

  /** Interrupts what runs; without a SIGINT listener this ends the kernel. */
  interrupt(): void {
    this.#process.interrupt();
  }

  /** Ends JavaScript that runs without a break: V8 lets no code catch it. */
  terminate(): void {
    this.#connection.send("interrupt_request", {}, "control");
  }

  /** Kills the process and removes what belongs to it; may be called again. */
  async stop(): Promise<void> {
    this.#patience.end();
    await this.#process.kill();
    await this.#connection.close();
    await this.#connectionFolder.remove();
  }

  /** Asks for the kernel's information until answers and outputs arrive. */
  async #shakeHands(limitS: number): Promise<void> {
    const deadline = performance.now() + 1000 * limitS;
    const act = `start a kernel within ${limitS} s`;
    const connection = this.#connection;
    await this.#patience.waitUntil(
      () => connection.isOpen,
      () => false,
      deadline,
      act,
    );
    for (let waitMs = FIRST_HANDSHAKE_MS;; waitMs *= 2) {
      const id = connection.send("kernel_info_request", {});
      const answer: Answer = { id, idle: false, fenced: false };
      this.#answer = answer;
      try {
        await this.#patience.waitUntil(
          () => answer.reply !== undefined && answer.idle,
          () => false,
          Math.min(deadline, performance.now() + waitMs),
          act,
        );
        this.#language = answer.reply?.language_info as Record<string, unknown>;
        return;
      } catch (error) {
        // The reply alone shows that outputs were not subscribed to in time.
        if (
          !(error instanceof TimeLimitError) || performance.now() > deadline
        ) {
          throw error;
        }
      }
    }
  }

  #request(
    code: string,
    silent: boolean,
    onOutput: OutputHandler | undefined,
  ): Answer {
    const id = this.#connection.send("execute_request", {
      code,
      silent,
      store_history: !silent,
      user_expressions: {},
      allow_stdin: this.#onInput !== undefined,
      stop_on_error: true,
    });
    if (onOutput) this.#handlers.set(id, onOutput);
    return this.#answer = { id, idle: false, fenced: false };
  }

  /** The output that a message stands for. */
  #readLarge(message: KernelMessage): KernelMessage {
    const { type, number } = message.content;
    const path = join(this.outputFolder, `${OUTPUT_FILE}${Number(number)}`);
    const bytes = Deno.readFileSync(path);
    Deno.removeSync(path);
    const content = JSON.parse(new TextDecoder().decode(bytes));
    const contentBytes = bytes.length;
    return { ...message, type: String(type), content, contentBytes };
  }

  #take(received: KernelMessage): void {
    const message = received.type === LARGE_OUTPUT_TYPE
      ? this.#readLarge(received)
      : received;
    const { type, parentId, content } = message;
    const own = parentId === this.#answer.id;
    if (type === "status") {
      this.#answer.idle ||= own && content.execution_state === "idle";
    } else if (type.endsWith("_reply")) {
      if (own) this.#answer.reply = content;
    } else if (type === FENCE_TYPE) {
      this.#answer.fenced ||= own;
    } else if (type === NOTICE_TYPE) {
      this.#onNotice?.(message);
    } else if (type === "input_request") {
      this.#onInput?.(content).then((value) =>
        this.#connection.send("input_reply", { value }, "stdin")
      );
    } else if (type === "execute_input") {
      // Deno's kernel announces silent code as well.
      if (content.code !== FENCE) {
        this.#onCount?.(Number(content.execution_count));
      }
    } else if (parentId !== undefined) {
      try {
        this.#handlers.get(parentId)?.(message);
      } catch (error) {
        this.#patience.fail(error);
      }
    }
    this.#patience.hear();
  }
}
