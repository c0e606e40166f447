/**
 * The lab's kernel for Jupyter: it stands between Jupyter's front ends and Deno's
 * kernel, and mends what that leaves open.
 *
 * @module
 */

import type { CodeHelp } from "./code_help.ts";
import type { ConnectionInfo } from "./connection.ts";
import type { ExecuteReply } from "./execute.ts";
import { fromPapermill } from "./papermill.ts";
import { EchoSocket, PublisherSocket, RouterSocket } from "./sockets.ts";
import type { StoppableKernel } from "./stoppable_kernel.ts";
import {
  type JsonPart,
  type KernelMessage,
  type MessageBody,
  MessageCodec,
} from "./wire.ts";

/** Options of {@linkcode Relay}. */
export interface RelayOptions {
  /** Says what time it is, as Jupyter's messages do. */
  readonly date: () => string;
  /** Name of the session; it must be new. */
  readonly session: string;
  /** Knows types and documentation. */
  readonly help: CodeHelp;
  /** Is told why the kernel ended by itself. */
  readonly onDeath: (error: unknown) => void;
  /** Is told that Jupyter wants the kernel to end. */
  readonly onShutdown: () => void;
}

/** Outputs of tens of megabytes may lie unread for a while. */
const PEER_LIMIT_BYTES = 2 ** 30;

const encoder = new TextEncoder();

/** An `execute_request`'s content. */
interface ExecuteContent {
  readonly code: string;
  readonly silent?: boolean;
  readonly allow_stdin?: boolean;
  readonly stop_on_error?: boolean;
}

/** A reply to `execute_request`, in Jupyter's words. */
function replyContent(reply: ExecuteReply): JsonPart {
  const { status, executionCount, ename, evalue, traceback } = reply;
  const content = { status, execution_count: executionCount };
  return status === "ok"
    ? { ...content, user_expressions: {}, payload: [] }
    : { ...content, ename, evalue, traceback };
}

/**
 * Serves any number of front ends on the five channels of a connection file.
 *
 * Requests on the shell channel are answered one after the other, those for the
 * kernel's information and an inspection at once. A cell that fails takes the requests
 * to execute with it that wait behind it, unless it says `stop_on_error: false`.
 */
export class Relay {
  readonly #kernel: Promise<StoppableKernel>;
  readonly #options: RelayOptions;
  readonly #codec: MessageCodec;
  readonly #shell: RouterSocket;
  readonly #control: RouterSocket;
  readonly #stdin: RouterSocket;
  readonly #iopub: PublisherSocket;
  readonly #heartbeat: EchoSocket;
  #queue: KernelMessage[] = [];
  #isServing = false;
  /** Takes the user's next answer. */
  #answer: ((value: string) => void) | undefined;

  /**
   * Listens at once.
   *
   * @param info Content of the connection file.
   * @param kernel The kernel, as soon as it runs.
   */
  constructor(
    info: ConnectionInfo,
    kernel: Promise<StoppableKernel>,
    options: RelayOptions,
  ) {
    this.#kernel = kernel;
    this.#options = options;
    this.#codec = new MessageCodec(info.key, options.session, options.date);
    const at = (port: number) => ({ hostname: info.ip, port });
    const limit = { peerLimitBytes: PEER_LIMIT_BYTES };
    this.#shell = new RouterSocket(at(info.shell_port), limit);
    this.#control = new RouterSocket(at(info.control_port), limit);
    this.#stdin = new RouterSocket(at(info.stdin_port), limit);
    this.#iopub = new PublisherSocket(at(info.iopub_port), limit);
    this.#heartbeat = new EchoSocket(at(info.hb_port));
    kernel.catch(options.onDeath);
    void this.#follow(this.#shell, (message) => this.#takeRequest(message));
    void this.#follow(this.#control, (message) => this.#takeControl(message));
    void this.#follow(this.#stdin, (message) => {
      if (message.type === "input_reply") {
        this.#answer?.(String(message.content.value));
      }
    });
  }

  /** Disconnects all front ends. */
  async close(): Promise<void> {
    await Promise.all([
      this.#shell.close(),
      this.#control.close(),
      this.#stdin.close(),
      this.#iopub.close(),
      this.#heartbeat.close(),
    ]);
  }

  /** Takes the messages of a channel; those with a wrong signature are passed over. */
  async #follow(
    socket: RouterSocket,
    take: (message: KernelMessage) => void,
  ): Promise<void> {
    for (let frames; (frames = await socket.receive());) {
      let message: KernelMessage;
      try {
        message = this.#codec.decode(frames);
      } catch {
        continue;
      }
      take(message);
    }
  }

  /** Sends an answer to who has asked. */
  #reply(
    socket: RouterSocket,
    { routing, header }: KernelMessage,
    type: string,
    content: JsonPart,
  ): Promise<void> {
    const { frames } = this.#codec.encode(type, content, { parent: header });
    return socket.send([...routing, ...frames]);
  }

  /** Tells all front ends what a request brings about. */
  #publish(
    { header }: KernelMessage,
    type: string,
    content: JsonPart,
    rest: Partial<Pick<MessageBody, "metadata" | "buffers">> = {},
  ): void {
    const { frames } = this.#codec.encode(type, content, {
      parent: header,
      ...rest,
    });
    const topic = `kernel.${this.#options.session}.${type}`;
    void this.#iopub.send([encoder.encode(topic), ...frames]);
  }

  /** Answers a request between "busy" and "idle". */
  async #between(
    request: KernelMessage,
    answer: () => Promise<void>,
  ): Promise<void> {
    this.#publish(request, "status", { execution_state: "busy" });
    try {
      await answer();
    } catch (error) {
      this.#options.onDeath(error);
    } finally {
      this.#publish(request, "status", { execution_state: "idle" });
    }
  }

  #takeRequest(request: KernelMessage): void {
    if (request.type === "kernel_info_request") {
      void this.#between(request, () => this.#tellInfo(this.#shell, request));
      return;
    }
    if (request.type === "inspect_request") {
      void this.#between(request, () => this.#inspect(request));
      return;
    }
    this.#queue.push(request);
    void this.#serve();
  }

  #takeControl(request: KernelMessage): void {
    const { type, content } = request;
    if (type === "kernel_info_request") {
      void this.#tellInfo(this.#control, request);
    } else if (type === "interrupt_request") {
      void this.#reply(this.#control, request, "interrupt_reply", {
        status: "ok",
      });
      this.#kernel.then((kernel) => kernel.interrupt())
        .catch(this.#options.onDeath);
    } else if (type === "shutdown_request") {
      const { restart = false } = content;
      this.#reply(this.#control, request, "shutdown_reply", {
        status: "ok",
        restart,
      }).then(this.#options.onShutdown);
    }
  }

  async #tellInfo(socket: RouterSocket, request: KernelMessage): Promise<void> {
    const { language } = await this.#kernel;
    await this.#reply(socket, request, "kernel_info_reply", {
      status: "ok",
      protocol_version: "5.3",
      implementation: "EdgeAIGC Lab",
      implementation_version: language.version,
      language_info: language,
      banner: "Deno, behind EdgeAIGC Lab",
      help_links: [],
      debugger: false,
    });
  }

  /** Answers what waits, one request after the other. */
  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    await this.#kernel.catch(() => {});
    while (this.#queue.length > 0) {
      const request = this.#queue.shift()!;
      const isRun = request.type === "execute_request";
      await this.#between(
        request,
        () => isRun ? this.#execute(request) : this.#pass(request),
      );
    }
    this.#isServing = false;
  }

  async #inspect(request: KernelMessage): Promise<void> {
    const { code, cursor_pos } = request.content;
    const { help } = this.#options;
    const text = await help.inspect(String(code), Number(cursor_pos));
    const isFound = text !== undefined;
    await this.#reply(this.#shell, request, "inspect_reply", {
      status: "ok",
      found: isFound,
      data: isFound ? { "text/plain": text, "text/markdown": text } : {},
      metadata: {},
    });
  }

  /** Has a cell's types checked, if it is one of a notebook that somebody looks at. */
  #check(request: KernelMessage, source: string): void {
    const { cellId } = request.metadata;
    if (typeof cellId !== "string") return;
    void this.#options.help.run(cellId, source, (notes) => {
      const text = notes.map((note) => `type: ${note}\n`).join("");
      this.#publish(request, "stream", { name: "stderr", text });
    });
  }

  async #execute(request: KernelMessage): Promise<void> {
    const { code, silent = false, allow_stdin, stop_on_error } = request
      .content as unknown as ExecuteContent;
    const kernel = await this.#kernel;
    const source = fromPapermill(code);
    if (!silent) this.#check(request, source);
    const reply = await kernel.execute(source, {
      silent,
      onCount: (execution_count) =>
        this.#publish(request, "execute_input", { code, execution_count }),
      onOutput: ({ type, content, metadata, buffers }) =>
        this.#publish(request, type, content, { metadata, buffers }),
      ...allow_stdin
        ? { onInput: (question) => this.#ask(request, question) }
        : {},
    });
    await this.#reply(
      this.#shell,
      request,
      "execute_reply",
      replyContent(reply),
    );
    if (reply.status === "error" && stop_on_error !== false) this.#abort();
  }

  /** Refuses the cells that wait. */
  #abort(): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (const request of waiting) {
      if (request.type !== "execute_request") {
        this.#queue.push(request);
        continue;
      }
      void this.#between(
        request,
        () =>
          this.#reply(this.#shell, request, "execute_reply", {
            status: "aborted",
          }),
      );
    }
  }

  /** Asks the user in the front end whose cell it is. */
  #ask(request: KernelMessage, question: JsonPart): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#answer = resolve;
    void this.#reply(this.#stdin, request, "input_request", question);
    return promise;
  }

  /** Lets the kernel answer; what it does not know stays unanswered. */
  async #pass(request: KernelMessage): Promise<void> {
    const kernel = await this.#kernel;
    const { type, content } = request;
    if (!type.endsWith("_request")) return;
    const reply = await kernel.request(type, content);
    if (reply === undefined) return;
    const name = type.replace(/_request$/, "_reply");
    await this.#reply(this.#shell, request, name, reply);
  }
}
