/**
 * A connection to one ZMTP peer: handshake, messages, and commands.
 *
 * @module
 */

import {
  decodeCommand,
  decodeReady,
  encodeCommand,
  encodeGreeting,
  encodeMessage,
  encodeReady,
  FrameReader,
  type Message,
  type PeerInfo,
  ZmtpError,
} from "./zmtp.ts";

/** Types of peers that a socket's type goes with. */
const PARTNERS = {
  dealer: ["ROUTER", "DEALER", "REP"],
  pub: ["SUB", "XSUB"],
  rep: ["REQ", "DEALER"],
  req: ["REP", "ROUTER"],
  router: ["DEALER", "REQ", "ROUTER"],
  sub: ["PUB", "XPUB"],
} as const satisfies Record<string, readonly string[]>;

/** Type of a socket. */
export type SocketType = keyof typeof PARTNERS;

/** Options of {@linkcode ZmtpConnection.open}. */
export interface ZmtpOptions {
  /** Type of the socket on this side. */
  readonly type: SocketType;
  /** Name that a router shall know this side by, of up to 255 bytes. */
  readonly identity?: Uint8Array;
  /** Abandons the handshake. */
  readonly signal?: AbortSignal;
}

/** How long a peer may take to shake hands; ZeroMQ's own default. */
const HANDSHAKE_LIMIT_MS = 30_000;

/** Most that one message may have, so that no peer fills memory. */
const LARGEST_MESSAGE_BYTES = 2 ** 30;
const MOST_FRAMES = 10_000;

const NOBODY = new Uint8Array();

/** The bytes of a connection, both ways. */
export type ByteStream =
  & Pick<Deno.Conn, "read" | "write" | "close">
  & Partial<Pick<Deno.TcpConn, "setNoDelay">>;

/** A connection after its handshake. */
export class ZmtpConnection {
  readonly #stream: ByteStream;
  readonly #reader: FrameReader;
  #identity: Uint8Array = NOBODY;
  #writing: Promise<unknown> = Promise.resolve();
  #pendingBytes = 0;
  #isClosed = false;

  private constructor(stream: ByteStream) {
    this.#stream = stream;
    this.#reader = new FrameReader(stream);
  }

  /**
   * Shakes hands with the peer at the other end of a stream. The stream is closed
   * if that fails.
   *
   * @throws {ZmtpError} If the peer speaks another protocol, is a socket of a type
   * that does not go with this one, or says nothing for 30 s.
   * @throws {Deno.errors.ConnectionReset} If the peer leaves.
   * @throws If `signal` aborts: its reason.
   */
  static async open(
    stream: ByteStream,
    { type, identity = NOBODY, signal }: ZmtpOptions,
  ): Promise<ZmtpConnection> {
    const connection = new ZmtpConnection(stream);
    let isLate = false;
    const close = () => connection.close();
    const timer = setTimeout(() => {
      isLate = true;
      close();
    }, HANDSHAKE_LIMIT_MS);
    signal?.addEventListener("abort", close);
    try {
      signal?.throwIfAborted();
      await connection.#shakeHands(type, identity);
      signal?.throwIfAborted();
      return connection;
    } catch (error) {
      close();
      signal?.throwIfAborted();
      if (isLate) throw new ZmtpError("a peer did not shake hands in time");
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", close);
    }
  }

  /** Name that the peer gave itself; empty if it has none. */
  get peerIdentity(): Uint8Array {
    return this.#identity;
  }

  /** How much waits to be written. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /**
   * Sends a message after all that were sent before. Resolves when the system has
   * taken it: who waits for that sends no faster than the peer receives. Who does
   * not wait hears of a failure by the connection's end.
   *
   * @throws {ZmtpError} If the connection is closed, or closes meanwhile.
   */
  send(message: Message): Promise<void> {
    return this.write(encodeMessage(message));
  }

  /**
   * Sends a message that is bytes already, which many peers can share.
   *
   * @throws {ZmtpError} As {@linkcode ZmtpConnection.send} does.
   */
  write(bytes: Uint8Array): Promise<void> {
    this.#pendingBytes += bytes.length;
    const written = this.#writing.then(() => this.#write(bytes));
    this.#writing = written.catch(() => {
      // Who waits is told, and who does not need not know.
    });
    return written;
  }

  /**
   * Waits for the next message; nothing comes after the connection's end. A message
   * that did not arrive whole is none. One caller at a time may wait; what the peer
   * asks of the connection itself is answered meanwhile.
   *
   * @throws {ZmtpError} If the peer breaks the protocol; the connection is closed.
   */
  async receive(): Promise<Message | undefined> {
    try {
      const message: Uint8Array[] = [];
      let room = LARGEST_MESSAGE_BYTES;
      for (;;) {
        const frame = await this.#reader.readFrame(room);
        if (frame === undefined) {
          this.close();
          return undefined;
        }
        if (frame.isCommand) {
          await this.#obey(frame.body);
          continue;
        }
        message.push(frame.body);
        if (!frame.hasMore) return message;
        room -= frame.body.length;
        if (message.length === MOST_FRAMES) {
          throw new ZmtpError(
            `a message must have up to ${MOST_FRAMES} frames`,
          );
        }
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Ends the connection; what waits to be sent is not. May be called again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stream.close();
  }

  async #shakeHands(type: SocketType, identity: Uint8Array): Promise<void> {
    this.#stream.setNoDelay?.();
    this.write(encodeGreeting());
    const isGreeted = await this.#reader.readGreeting();
    const said = { type: type.toUpperCase(), identity };
    if (isGreeted) this.write(encodeReady(said));
    const ready = isGreeted ? await this.#readReady() : undefined;
    if (ready === undefined) {
      throw new Deno.errors.ConnectionReset("a peer left while shaking hands");
    }
    if (!(PARTNERS[type] as readonly string[]).includes(ready.type)) {
      throw new ZmtpError(
        `a peer of a ${type} socket must be ${
          PARTNERS[type].join(" or ")
        }, got ${ready.type}`,
      );
    }
    this.#identity = ready.identity;
  }

  async #readReady(): Promise<PeerInfo | undefined> {
    const frame = await this.#reader.readFrame(0);
    if (frame === undefined) return undefined;
    if (!frame.isCommand) throw new ZmtpError("a peer must say READY first");
    const { name, data } = decodeCommand(frame.body);
    if (name === "READY") return decodeReady(data);
    throw new ZmtpError(`a peer must say READY first, got ${name}`);
  }

  async #obey(body: Uint8Array): Promise<void> {
    const { name, data } = decodeCommand(body);
    if (name === "ERROR") throw new ZmtpError("a peer reported an error");
    // Two bytes say how long the peer waits for an answer.
    if (name === "PING") {
      await this.write(encodeCommand("PONG", data.subarray(2)));
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) {
        at += await this.#stream.write(bytes.subarray(at));
      }
    } catch {
      this.close();
      throw new ZmtpError("Cannot send a message: the peer is gone");
    } finally {
      this.#pendingBytes -= bytes.length;
    }
  }
}
