/**
 * The channels of a kernel: requests and replies, and outputs.
 *
 * @module
 */

import { KernelError } from "./errors.ts";
import type { Address } from "./listener.ts";
import { type ConnectedSocket, connectSocket } from "./sockets.ts";
import {
  type EncodeOptions,
  type KernelMessage,
  MessageCodec,
} from "./wire.ts";

/** A connection file's content, in Jupyter's words. */
export interface ConnectionInfo {
  /** Always TCP. */
  readonly transport: "tcp";
  /** Address that the kernel listens on. */
  readonly ip: "127.0.0.1";
  /** Always HMAC-SHA256. */
  readonly signature_scheme: "hmac-sha256";
  /** Secret of the signatures. */
  readonly key: string;
  /** Port of requests and replies. */
  readonly shell_port: number;
  /** Port of outputs. */
  readonly iopub_port: number;
  /** Port of questions to the user. */
  readonly stdin_port: number;
  /** Port of urgent requests. */
  readonly control_port: number;
  /** Port of the heartbeat, unused. */
  readonly hb_port: number;
}

/** The channels that messages take, but for the heartbeat. */
export type Channel = "shell" | "iopub" | "stdin" | "control";

const CHANNELS = ["iopub", "shell", "stdin", "control"] as const;

const ADDRESS = "127.0.0.1";
const SESSION = "runner";
/** Questions to the user go to the peer that sent the request, by its name. */
const identity = new TextEncoder().encode(SESSION);

/** Makes a secret and picks five ports that are free at this moment. */
export function newConnectionInfo(): ConnectionInfo {
  const listeners = Array.from(
    { length: 5 },
    () => Deno.listen({ hostname: ADDRESS, port: 0 }),
  );
  const [shell, iopub, stdin, control, heartbeat] = listeners.map(
    (listener) => listener.addr.port,
  );
  for (const listener of listeners) listener.close();
  return {
    transport: "tcp",
    ip: ADDRESS,
    signature_scheme: "hmac-sha256",
    key: crypto.randomUUID(),
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
  };
}

/** Who is told of a connection. */
export interface ConnectionListener {
  /** Takes a message. */
  readonly message: (message: KernelMessage) => void;
  /** Hears that the connection is open, or has ended. */
  readonly change: () => void;
}

/** Sends requests to a kernel and receives what it answers and outputs. */
export class KernelConnection {
  readonly #codec: MessageCodec;
  readonly #listener: ConnectionListener;
  readonly #closing = new AbortController();
  readonly #sockets = new Map<Channel, ConnectedSocket>();
  readonly #done: Promise<unknown>;
  #isEnded = false;
  #error: KernelError | undefined;

  /** Connects as soon as the kernel listens. */
  constructor(info: ConnectionInfo, listener: ConnectionListener) {
    this.#codec = new MessageCodec(info.key, SESSION);
    this.#listener = listener;
    this.#done = Promise.all(
      CHANNELS.map((channel) =>
        this.#follow(channel, {
          hostname: info.ip,
          port: info[`${channel}_port`],
        })
      ),
    ).then(() => {
      this.#isEnded = true;
      listener.change();
    });
  }

  /** Whether requests can be sent. */
  get isOpen(): boolean {
    return this.#sockets.size === CHANNELS.length;
  }

  /** Whether no more messages will come: it ends as a whole. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Why it ended, if the kernel did not just close it. */
  get error(): KernelError | undefined {
    return this.#error;
  }

  /**
   * Sends a message, by default on the shell channel, and returns its identifier. If
   * it does not arrive, the connection ends.
   */
  send(
    type: string,
    content: unknown,
    channel: Channel = "shell",
    options: EncodeOptions = {},
  ): string {
    const { id, frames } = this.#codec.encode(type, content, options);
    this.#sockets.get(channel)?.send(frames);
    return id;
  }

  /** Closes the sockets and waits for the end; may be called again. */
  async close(): Promise<void> {
    this.#disconnect();
    await this.#done;
  }

  #disconnect(): void {
    this.#closing.abort();
    for (const socket of this.#sockets.values()) socket.close();
  }

  /** Receives what comes on one channel until that ends. */
  async #follow(channel: Channel, address: Address): Promise<void> {
    const { signal } = this.#closing;
    try {
      const type = channel === "iopub" ? "sub" : "dealer";
      const socket = await connectSocket(type, address, { identity, signal });
      this.#sockets.set(channel, socket);
      this.#listener.change();
      for (let frames; (frames = await socket.receive());) {
        this.#listener.message(this.#codec.decode(frames));
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#error = error instanceof KernelError ? error : new KernelError(
        `Cannot read the kernel's messages: ${(error as Error).message}`,
      );
    } finally {
      this.#disconnect();
    }
  }
}
