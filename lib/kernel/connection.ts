/**
 * Sockets to a kernel, on `npm:zeromq`.
 *
 * Deno's Node-API layer calls back only once for a watched descriptor
 * (denoland/deno#36317), so a pending `receive()` of zeromq can sleep for ever.
 * With both time limits 0 every call of zeromq answers at once and watches
 * nothing; who waits has to ask again.
 *
 * @module
 */

import type { Dealer, Subscriber } from "zeromq";
import { type KernelMessage, MessageCodec } from "./wire.ts";

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
  /** Port of questions to the user, unused. */
  readonly stdin_port: number;
  /** Port of urgent requests, unused. */
  readonly control_port: number;
  /** Port of the heartbeat, unused. */
  readonly hb_port: number;
}

const ADDRESS = "127.0.0.1";

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

/** Sends requests to a kernel and receives what it answers and outputs. */
export class KernelConnection {
  readonly #codec: MessageCodec;
  readonly #shell: Dealer;
  readonly #iopub: Subscriber;

  private constructor(codec: MessageCodec, shell: Dealer, iopub: Subscriber) {
    this.#codec = codec;
    this.#shell = shell;
    this.#iopub = iopub;
  }

  /** Connects, now or as soon as the kernel listens. */
  static async open(info: ConnectionInfo): Promise<KernelConnection> {
    // Loading ZeroMQ takes a permission that checking notebooks does not need.
    const { Dealer, Subscriber } = await import("zeromq");
    const shell = new Dealer({ linger: 0, receiveTimeout: 0, sendTimeout: 0 });
    shell.connect(`tcp://${info.ip}:${info.shell_port}`);
    const iopub = new Subscriber({
      linger: 0,
      receiveTimeout: 0,
      // Without a limit none of a burst of outputs is dropped.
      receiveHighWaterMark: 0,
    });
    iopub.connect(`tcp://${info.ip}:${info.iopub_port}`);
    iopub.subscribe();
    const codec = new MessageCodec(info.key, "runner");
    return new KernelConnection(codec, shell, iopub);
  }

  /** Sends a request on the shell channel and returns its identifier. */
  async send(type: string, content: unknown): Promise<string> {
    const { id, frames } = this.#codec.encode(type, content);
    await this.#shell.send(frames);
    return id;
  }

  /** Takes the next message, outputs before replies, if one is there. */
  async receive(): Promise<KernelMessage | undefined> {
    for (const socket of [this.#iopub, this.#shell]) {
      if (socket.readable) return this.#codec.decode(await socket.receive());
    }
  }

  /** Closes the sockets. */
  close(): void {
    this.#shell.close();
    this.#iopub.close();
  }
}
