/**
 * Deno's Jupyter kernel as a child process.
 *
 * @module
 */

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
  type OutputHandler,
  readReply,
} from "./execute.ts";
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

const START_TIME_LIMIT_S = 60;
const START_ATTEMPTS = 3;
const FIRST_HANDSHAKE_MS = 100;
/** How long the rest of an answer may take to follow its first part. */
const SILENCE_LIMIT_MS = 60_000;
/** How long a kernel whose sockets are closed may take to end. */
const END_LIMIT_MS = 5000;
/** How long a dead kernel's log may be held open, by a child of its own. */
const LOG_LIMIT_MS = 500;
/** Timers that are set for longer go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const FENCE_TYPE = "output_fence";

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
  #failure: unknown;
  #heardMs = 0;
  #wake = () => {};
  /** Looks again at what a request waits for. */
  readonly #hear = () => {
    this.#heardMs = performance.now();
    this.#wake();
  };

  private constructor(
    connectionFolder: ConnectionFolder,
    info: ConnectionInfo,
    options: KernelOptions,
  ) {
    this.#connectionFolder = connectionFolder;
    this.#signal = options.signal;
    this.#signal?.addEventListener("abort", this.#hear);
    this.#process = new KernelProcess(
      options.folder,
      connectionFolder.file,
      this.#hear,
    );
    this.#connection = new KernelConnection(info, {
      message: (message) => this.#take(message),
      change: this.#hear,
    });
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
    const answer = this.#request(code, silent, onOutput);
    await this.#waitUntil(
      () => answer.reply !== undefined && answer.idle,
      () => answer.reply !== undefined || answer.idle,
      deadline,
      act,
    );
    const fence = this.#request(
      `await Deno.jupyter.broadcast("${FENCE_TYPE}", {}); undefined`,
      true,
      onOutput,
    );
    await this.#waitUntil(
      // A reply that came behind the next request would not be acknowledged for
      // 40 ms, and the kernel's system holds the next one back for as long.
      () => fence.fenced && fence.reply !== undefined,
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
    this.#signal?.removeEventListener("abort", this.#hear);
    await this.#process.kill();
    await this.#connection.close();
    await this.#connectionFolder.remove();
  }

  /** Asks for the kernel's information until answers and outputs arrive. */
  async #shakeHands(limitS: number): Promise<void> {
    const deadline = performance.now() + 1000 * limitS;
    const act = `start a kernel within ${limitS} s`;
    const connection = this.#connection;
    await this.#waitUntil(() => connection.isOpen, () => false, deadline, act);
    for (let waitMs = FIRST_HANDSHAKE_MS;; waitMs *= 2) {
      const id = connection.send("kernel_info_request", {});
      const answer: Answer = { id, idle: false, fenced: false };
      this.#answer = answer;
      try {
        await this.#waitUntil(
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
      allow_stdin: false,
      stop_on_error: true,
    });
    if (onOutput) this.#handlers.set(id, onOutput);
    return this.#answer = { id, idle: false, fenced: false };
  }

  /** Waits until `done`; once `begun`, only so long as messages follow. */
  async #waitUntil(
    done: () => boolean,
    begun: () => boolean,
    deadlineMs: number,
    act: string,
  ): Promise<void> {
    this.#heardMs = performance.now();
    for (;;) {
      this.#signal?.throwIfAborted();
      const failure = this.#failure;
      this.#failure = undefined;
      if (failure !== undefined) throw failure;
      if (done()) return;
      const now = performance.now();
      if (now > deadlineMs) throw new TimeLimitError(`Cannot ${act}`);
      const silentMs = now - this.#heardMs;
      const patienceMs = this.#patienceMs(begun());
      if (silentMs > patienceMs) throw this.#death();
      await this.#sleep(Math.min(deadlineMs - now, patienceMs - silentMs));
    }
  }

  /** How long nothing may be heard. */
  #patienceMs(isBegun: boolean): number {
    const { exitCode, logEnded } = this.#process;
    const { isOpen, isEnded } = this.#connection;
    if (exitCode !== undefined) {
      // What it sent before its end comes first.
      return logEnded && (isEnded || !isOpen) ? -1 : LOG_LIMIT_MS;
    }
    // Another program that has its port may answer until it finds that out.
    if (isEnded) return END_LIMIT_MS;
    return isBegun ? SILENCE_LIMIT_MS : Infinity;
  }

  /** Why nothing is heard. */
  #death(): KernelError {
    const { exitCode, log } = this.#process;
    const { isEnded, error } = this.#connection;
    if (exitCode !== undefined) {
      return new KernelError(
        `The kernel ended by itself with exit code ${exitCode}:\n${log.trim()}`,
      );
    }
    return error ?? new KernelError(
      isEnded
        ? "The kernel closed its connection, and runs on"
        : "The kernel fell silent in the middle of an answer",
    );
  }

  /** Sleeps until something is heard, or so long. */
  #sleep(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      // A timer may go off a little early.
      const ms = Math.min(limitMs + 1, LONGEST_TIMER_MS);
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
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
      try {
        this.#handlers.get(parentId)?.(type, content, contentBytes);
      } catch (error) {
        this.#failure ??= error;
      }
    }
    this.#hear();
  }
}
