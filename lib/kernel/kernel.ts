/**
 * Deno's Jupyter kernel as a child process.
 *
 * @module
 */

import { setTimeout as delay } from "node:timers/promises";
import { KernelConnection, newConnectionInfo } from "./connection.ts";
import {
  type ConnectionFolder,
  makeConnectionFolder,
} from "./connection_folder.ts";
import { KernelError, TimeLimitError } from "./errors.ts";
import { KernelProcess } from "./process.ts";
import type { KernelMessage } from "./wire.ts";

/** Options of {@linkcode Kernel.start}. */
export interface KernelOptions {
  /** Working directory, from which imports resolve. */
  readonly folder: string;
  /** Abandons whatever is under way. */
  readonly signal?: AbortSignal;
  /** How long the kernel may take to answer; by default 60 s. */
  readonly startTimeLimitS?: number;
}

/**
 * Receives what a request outputs: type and content of each message, and how long
 * the content is. What it throws ends the request.
 */
export type OutputHandler = (
  type: string,
  content: Readonly<Record<string, unknown>>,
  contentBytes: number,
) => void;

/** Options of {@linkcode Kernel.execute}. */
export interface ExecuteOptions {
  /** Receives the outputs in their order. */
  readonly onOutput?: OutputHandler;
  /** Whether the code is not counted and shows no result; by default false. */
  readonly silent?: boolean;
  /** How long the code may run; by default for ever. */
  readonly timeLimitS?: number;
}

/** How the kernel judges what it executed. */
export interface ExecuteReply {
  /** Whether the code ran to its end. */
  readonly status: "ok" | "error";
  /** Number of the request among those that count. */
  readonly executionCount: number | null;
  /** Name of the error, or nothing. */
  readonly ename: string;
  /** Message of the error, or nothing. */
  readonly evalue: string;
  /** Stack of the error, line by line. */
  readonly traceback: readonly string[];
}

const START_TIME_LIMIT_S = 60;
const START_ATTEMPTS = 3;
const FIRST_HANDSHAKE_MS = 100;
/** How long the rest of an answer may take to follow its first part. */
const SILENCE_LIMIT_MS = 60_000;
const FASTEST_POLL_MS = 1;
const SLOWEST_POLL_MS = 20;
const POLLS_UNTIL_SLOWEST = 200;
/** How long messages may follow each other before timers and signals get a turn. */
const LONGEST_TURN_MS = 50;
/** How long a dead kernel's log may be held open, by a child of its own. */
const LOG_LIMIT_MS = 500;
const FENCE_TYPE = "output_fence";

/** What has arrived of the answer to one request. */
interface Answer {
  readonly id: string;
  reply?: Readonly<Record<string, unknown>>;
  idle: boolean;
  fenced: boolean;
}

function readReply(content: Readonly<Record<string, unknown>>): ExecuteReply {
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
 *     onOutput: (type, content) => console.log(type, content),
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
  readonly #signal: AbortSignal | undefined;
  readonly #handlers = new Map<string, OutputHandler>();
  #answer: Answer = { id: "", idle: false, fenced: false };
  #language: Readonly<Record<string, unknown>> = {};

  private constructor(
    connectionFolder: ConnectionFolder,
    connection: KernelConnection,
    options: KernelOptions,
  ) {
    this.#connectionFolder = connectionFolder;
    this.#connection = connection;
    this.#signal = options.signal;
    this.#process = new KernelProcess(options.folder, connectionFolder.file);
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
        options.folder,
        JSON.stringify(info),
      );
      let kernel: Kernel | undefined;
      try {
        const connection = await KernelConnection.open(info);
        kernel = new Kernel(folder, connection, options);
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
    const answer = await this.#request(code, silent, onOutput);
    await this.#receiveUntil(
      () => answer.reply !== undefined && answer.idle,
      () => answer.reply !== undefined || answer.idle,
      deadline,
      act,
    );
    const fence = await this.#request(
      `await Deno.jupyter.broadcast("${FENCE_TYPE}", {}); undefined`,
      true,
      onOutput,
    );
    await this.#receiveUntil(
      () => fence.fenced,
      () => fence.reply !== undefined || fence.idle,
      deadline,
      act,
    );
    return readReply(answer.reply ?? {});
  }

  /** Interrupts what runs; without a SIGINT listener this ends the kernel. */
  interrupt(): void {
    this.#process.interrupt();
  }

  /** Kills the process and removes what belongs to it; may be called again. */
  async stop(): Promise<void> {
    await this.#process.kill();
    this.#connection.close();
    await this.#connectionFolder.remove();
  }

  /** Asks for the kernel's information until answers and outputs arrive. */
  async #shakeHands(limitS: number): Promise<void> {
    const deadline = performance.now() + 1000 * limitS;
    for (let waitMs = FIRST_HANDSHAKE_MS;; waitMs *= 2) {
      const id = await this.#connection.send("kernel_info_request", {});
      const answer: Answer = { id, idle: false, fenced: false };
      this.#answer = answer;
      try {
        await this.#receiveUntil(
          () => answer.reply !== undefined && answer.idle,
          () => false,
          Math.min(deadline, performance.now() + waitMs),
          `start a kernel within ${limitS} s`,
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

  async #request(
    code: string,
    silent: boolean,
    onOutput: OutputHandler | undefined,
  ): Promise<Answer> {
    const id = await this.#connection.send("execute_request", {
      code,
      silent,
      store_history: !silent,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
    if (onOutput) this.#handlers.set(id, onOutput);
    return this.#answer = { id, idle: false, fenced: false };
  }

  /** Receives until `done`; once `begun`, only so long as messages follow. */
  async #receiveUntil(
    done: () => boolean,
    begun: () => boolean,
    deadline: number,
    act: string,
  ): Promise<void> {
    let heard = performance.now();
    let turn = heard;
    for (let polls = 0; !done();) {
      this.#signal?.throwIfAborted();
      const { exitCode } = this.#process;
      const message = await this.#connection.receive();
      const now = performance.now();
      if (now > deadline) throw new TimeLimitError(`Cannot ${act}`);
      if (message !== undefined) {
        this.#take(message);
        heard = now;
        polls = 0;
        if (now - turn > LONGEST_TURN_MS) {
          await delay(0);
          turn = performance.now();
        }
        continue;
      }
      const { log, logEnded } = this.#process;
      if (exitCode !== undefined && (logEnded || now - heard > LOG_LIMIT_MS)) {
        throw new KernelError(
          `The kernel ended by itself with exit code ${exitCode}:\n${log.trim()}`,
        );
      }
      if (begun() && now - heard > SILENCE_LIMIT_MS) {
        throw new KernelError(
          "The kernel fell silent in the middle of an answer: outputs are lost, as happens to outputs of several megabytes",
        );
      }
      const share = Math.min(1, polls++ / POLLS_UNTIL_SLOWEST);
      await delay(
        FASTEST_POLL_MS + share * (SLOWEST_POLL_MS - FASTEST_POLL_MS),
      );
      turn = performance.now();
    }
  }

  #take({ type, parentId, content, contentBytes }: KernelMessage): void {
    const own = parentId === this.#answer.id;
    if (type === "status") {
      this.#answer.idle ||= own && content.execution_state === "idle";
    } else if (type.endsWith("_reply")) {
      if (own) this.#answer.reply = content;
    } else if (type === FENCE_TYPE) {
      this.#answer.fenced ||= own;
    } else if (parentId !== undefined && type !== "execute_input") {
      this.#handlers.get(parentId)?.(type, content, contentBytes);
    }
  }
}
