/**
 * A kernel that can be stopped without losing its state, and that says why a cell
 * failed.
 *
 * @module
 */

import { setTimeout as delay } from "node:timers/promises";
import { KernelError } from "./errors.ts";
import {
  type CellFailure,
  cellFailure,
  type ExecuteOptions,
  type ExecuteReply,
} from "./execute.ts";
import { explainFailure } from "./explain.ts";
import { Kernel, type KernelOptions } from "./kernel.ts";
import { preamble } from "./preamble.ts";
import { stoppable, TEACH_STOPPING } from "./stop.ts";
import type { JsonPart, MessageBody } from "./wire.ts";

/** A signal that the kernel has not acknowledged yet. */
interface Signal {
  readonly acknowledged: Promise<"stopped" | "left">;
  readonly acknowledge: (how: "stopped" | "left") => void;
}

/** The cell that runs. */
interface RunningCell {
  readonly ended: Promise<void>;
  isStopped: boolean;
  isLost: boolean;
}

/** What becomes of a stop. */
export type StopResult =
  /** Nothing ran. */
  | "idle"
  /** The cell has ended, and variables are kept. */
  | "stopped"
  /** The cell listens for SIGINT and is left to end by itself. */
  | "left"
  /** The cell could not be ended, and the kernel was started anew. */
  | "restarted";

/** How long the event loop may take to acknowledge a signal. */
const SIGNAL_LIMIT_MS = 1000;
/** How long a cell may take to end that was told to. */
const END_LIMIT_MS = 500;
/** How often a cell that does not end is told again. */
const ATTEMPTS = 4;

const STOPPED = cellFailure(
  "Stopped",
  "the cell was stopped; variables are kept",
);
const RESTARTED = cellFailure(
  "KernelRestarted",
  "the cell could not be stopped; the kernel was started anew, and all variables are lost",
);

/** An error as an output. */
function errorOutput(reason: CellFailure): MessageBody {
  const { ename, evalue, traceback } = reason;
  const content = { ename, evalue, traceback };
  const contentBytes = JSON.stringify(content).length;
  return { type: "error", metadata: {}, content, buffers: [], contentBytes };
}

/**
 * A {@linkcode Kernel} with a Stop.
 *
 * A stop first sends SIGINT, which rejects what the cell's top level waits for. If the
 * event loop does not acknowledge it within a second, V8 ends what runs. If the cell
 * does not end even then, the kernel is started anew, and the cell says so. So it is
 * with a loop without end in a callback of a timer, and with one that comes after an
 * await while other code waits for timers in the background.
 *
 * @example
 * ```ts ignore
 * const kernel = await StoppableKernel.start({ folder: "notebooks" });
 * const reply = kernel.execute("for (;;);");
 * await kernel.interrupt(); // "stopped"
 * (await reply).ename; // "Stopped"
 * await kernel.stop();
 * ```
 */
export class StoppableKernel {
  readonly #options: KernelOptions;
  #kernel: Kernel | undefined;
  #signal: Signal | undefined;
  #cell: RunningCell | undefined;
  #stopping: Promise<StopResult> | undefined;

  private constructor(options: KernelOptions) {
    this.#options = {
      ...options,
      onNotice: ({ content }) => {
        this.#signal?.acknowledge(content.isLeft ? "left" : "stopped");
        this.#signal = undefined;
      },
    };
  }

  /** Starts a kernel, as {@linkcode Kernel.start} does, and teaches it to stop. */
  static async start(options: KernelOptions): Promise<StoppableKernel> {
    const kernel = new StoppableKernel(options);
    await kernel.#start();
    return kernel;
  }

  /** What the kernel says of its language. */
  get language(): JsonPart {
    return this.#running.language;
  }

  /** Asks for something else than to execute; see {@linkcode Kernel.request}. */
  request(type: string, content: JsonPart): Promise<JsonPart | undefined> {
    return this.#running.request(type, content);
  }

  /**
   * Executes a cell, as {@linkcode Kernel.execute} does. Every failure comes as an
   * output of type `error`, also where the kernel itself says nothing.
   */
  async execute(
    source: string,
    options: ExecuteOptions = {},
  ): Promise<ExecuteReply> {
    await this.#quiet();
    const { onOutput } = options;
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const cell = { ended, isStopped: false, isLost: false };
    let isNamed = false;
    this.#cell = cell;
    try {
      const reply = await this.#running.execute(stoppable(source), {
        ...options,
        onOutput: (output) => {
          if (output.type === "error") {
            // What a stop breaks off is named once, below.
            if (cell.isStopped) return;
            isNamed = true;
          }
          onOutput?.(output);
        },
      });
      if (reply.status === "ok" || isNamed && !cell.isStopped) return reply;
      const reason = cell.isStopped
        ? STOPPED
        : reply.traceback.length > 0
        ? reply
        : await explainFailure(source, this.#options.folder);
      onOutput?.(errorOutput(reason));
      return { ...reply, ...reason };
    } catch (error) {
      if (!cell.isLost) throw error;
      onOutput?.(errorOutput(RESTARTED));
      return { status: "error", executionCount: null, ...RESTARTED };
    } finally {
      this.#cell = undefined;
      end();
    }
  }

  /** Stops the cell that runs; see {@linkcode StoppableKernel}. */
  interrupt(): Promise<StopResult> {
    return this.#stopping ??= this.#stop().finally(() => {
      this.#stopping = undefined;
    });
  }

  /** Kills the kernel; may be called again. */
  async stop(): Promise<void> {
    await this.#kernel?.stop();
  }

  get #running(): Kernel {
    if (this.#kernel === undefined) throw new KernelError("No kernel runs");
    return this.#kernel;
  }

  async #start(): Promise<void> {
    this.#kernel = await Kernel.start(this.#options);
    const first = preamble(this.#kernel.outputFolder);
    for (const code of [first, TEACH_STOPPING]) {
      const { status, evalue } = await this.#kernel.execute(code, {
        silent: true,
      });
      if (status === "ok") continue;
      await this.#kernel.stop();
      throw new KernelError(`Cannot prepare the kernel: ${evalue}`);
    }
  }

  /** Waits until no stop is under way, which would hit the next cell. */
  async #quiet(): Promise<void> {
    await this.#stopping;
    const signal = this.#signal;
    if (signal === undefined) return;
    await Promise.race([signal.acknowledged, delay(SIGNAL_LIMIT_MS)]);
  }

  /** Sends SIGINT, unless one is under way: two could arrive as one. */
  #send(): Signal {
    if (this.#signal) return this.#signal;
    const { promise, resolve } = Promise.withResolvers<"stopped" | "left">();
    this.#signal = { acknowledged: promise, acknowledge: resolve };
    this.#running.interrupt();
    return this.#signal;
  }

  async #stop(): Promise<StopResult> {
    const cell = this.#cell;
    if (cell) cell.isStopped = true;
    const { acknowledged } = this.#send();
    const how = await Promise.race([acknowledged, delay(SIGNAL_LIMIT_MS)]);
    if (cell === undefined) return "idle";
    if (how === "left") {
      cell.isStopped = false;
      return "left";
    }
    if (how === undefined) this.#running.terminate();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const end = delay(END_LIMIT_MS, "late");
      if (await Promise.race([cell.ended, end]) !== "late") return "stopped";
      this.#send();
    }
    cell.isLost = true;
    this.#signal = undefined;
    await this.#running.stop();
    await this.#start();
    return "restarted";
  }
}
