/**
 * A front end for tests: what Jupyter does with the lab's kernel.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type ConnectionInfo,
  newConnectionInfo,
} from "../../lib/kernel/connection.ts";
import {
  type ConnectedSocket,
  connectSocket,
} from "../../lib/kernel/sockets.ts";
import {
  type JsonPart,
  type KernelMessage,
  MessageCodec,
} from "../../lib/kernel/wire.ts";

const path = (name: string) => fileURLToPath(import.meta.resolve(name));

/** The lab's kernel as Jupyter starts it. */
export interface StartedKernel {
  /** What front ends connect to. */
  readonly info: ConnectionInfo;
  /** The process that has started it. */
  readonly process: Deno.ChildProcess;
}

/** Starts what its first arguments name, and waits for its end. */
const PARENT = `const [program, ...args] = Deno.args;
const { stderr } = await new Deno.Command(program, { args, detached: true }).output();
await Deno.stderr.write(stderr);`;

/** How long a kernel may take to listen, also on a busy machine. */
const START_LIMIT_MS = 60_000;
/** How often it is started if another program has taken one of its ports. */
const START_ATTEMPTS = 3;

/** Starts the lab's kernel in a folder: as the child of another process, as Jupyter is. */
export async function startLabKernel(folder: string): Promise<StartedKernel> {
  const runtime = join(folder, "runtime");
  await Deno.mkdir(runtime);
  for (let attempt = 1;; attempt++) {
    const info = newConnectionInfo();
    const file = join(runtime, `kernel-${attempt}.json`);
    await Deno.writeTextFile(file, JSON.stringify(info));
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        ...["eval", "--ext=ts", PARENT, Deno.execPath()],
        ...["run", "--allow-all", "--no-prompt", "--frozen"],
        ...["--config", path("../../deno.json")],
        path("../../lib/cli/lab_kernel.ts"),
        file,
      ],
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const said = process.stderr.text();
    if (await listens(info, process)) return { info, process };
    await Deno.remove(file);
    const complaint = await said;
    if (!complaint.includes("AddrInUse") || attempt === START_ATTEMPTS) {
      throw new Error(`The kernel did not start: ${complaint}`);
    }
  }
}

/** Waits until all ports of a kernel are open; false if it ends before. */
async function listens(
  info: ConnectionInfo,
  process: Deno.ChildProcess,
): Promise<boolean> {
  const ended = new AbortController();
  void process.status.then(() => ended.abort());
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  try {
    // The relay opens this one last.
    const address = { hostname: info.ip, port: info.hb_port };
    const signal = AbortSignal.any([ended.signal, limit]);
    (await connectSocket("req", address, { signal })).close();
    return true;
  } catch (error) {
    if (!limit.aborted) return false;
    process.kill("SIGKILL");
    throw error;
  }
}

/** What a request brought about. */
export interface Answered {
  /** The reply's content. */
  readonly reply: JsonPart;
  /** What was published meanwhile, by type and content. */
  readonly published: readonly (readonly [string, JsonPart])[];
}

/** A client of a kernel. */
export class FrontEnd {
  readonly #codec: MessageCodec;
  readonly #sockets: Record<"shell" | "control" | "stdin", ConnectedSocket>;
  readonly #iopub: ConnectedSocket;
  readonly #replies = new Map<string, (message: KernelMessage) => void>();
  readonly #idle = new Map<string, () => void>();
  /** All that was published, whoever caused it. */
  readonly published: KernelMessage[] = [];
  /** Answers the kernel's questions. */
  onInput: (question: string) => string = () => "";

  private constructor(
    codec: MessageCodec,
    sockets: Record<"shell" | "control" | "stdin", ConnectedSocket>,
    iopub: ConnectedSocket,
  ) {
    this.#codec = codec;
    this.#sockets = sockets;
    this.#iopub = iopub;
  }

  /** Connects, and waits until outputs arrive. */
  static async connect(info: ConnectionInfo, name: string): Promise<FrontEnd> {
    const identity = new TextEncoder().encode(name);
    const signal = AbortSignal.timeout(20_000);
    const open = (type: "dealer" | "sub", port: number) =>
      connectSocket(type, { hostname: info.ip, port }, { identity, signal });
    const [shell, control, stdin, iopub] = await Promise.all([
      open("dealer", info.shell_port),
      open("dealer", info.control_port),
      open("dealer", info.stdin_port),
      open("sub", info.iopub_port),
    ]);
    const codec = new MessageCodec(info.key, name);
    const frontEnd = new FrontEnd(codec, { shell, control, stdin }, iopub);
    frontEnd.#listen();
    await frontEnd.ask("kernel_info_request", {});
    return frontEnd;
  }

  #listen(): void {
    const follow = async (
      socket: ConnectedSocket,
      take: (message: KernelMessage) => void,
    ) => {
      for (let frames; (frames = await socket.receive());) {
        take(this.#codec.decode(frames));
      }
    };
    const reply = (message: KernelMessage) =>
      this.#replies.get(message.parentId ?? "")?.(message);
    void follow(this.#sockets.shell, reply);
    void follow(this.#sockets.control, reply);
    void follow(this.#sockets.stdin, ({ content, header }) => {
      const value = this.onInput(String(content.prompt));
      const { frames } = this.#codec.encode("input_reply", { value }, {
        parent: header,
      });
      void this.#sockets.stdin.send(frames);
    });
    void follow(this.#iopub, (message) => {
      this.published.push(message);
      if (message.content.execution_state === "idle") {
        this.#idle.get(message.parentId ?? "")?.();
      }
    });
  }

  /** Asks, and waits for the reply and, on the shell channel, for "idle". */
  async ask(
    type: string,
    content: JsonPart,
    channel: "shell" | "control" = "shell",
    metadata: JsonPart = {},
  ): Promise<Answered> {
    const { id, frames } = this.#codec.encode(type, content, { metadata });
    const replied = new Promise<KernelMessage>((resolve) =>
      this.#replies.set(id, resolve)
    );
    const idle = new Promise<void>((resolve) => this.#idle.set(id, resolve));
    await this.#sockets[channel].send(frames);
    const reply = await replied;
    if (channel === "shell") await idle;
    return {
      reply: reply.content,
      published: this.published.filter(({ parentId }) => parentId === id)
        .map(({ type, content }) => [type, content]),
    };
  }

  /** Runs a cell. */
  run(code: string, more: JsonPart = {}): Promise<Answered> {
    return this.ask("execute_request", { code, silent: false, ...more });
  }

  /** Disconnects. */
  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
    this.#iopub.close();
  }
}
