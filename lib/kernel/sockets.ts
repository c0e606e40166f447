/**
 * Sockets as ZeroMQ has them, over TCP: such as connect to one peer, and such as
 * any number of peers connect to.
 *
 * @module
 */

import { setTimeout as delay } from "node:timers/promises";
import { type Address, Listener, offer } from "./listener.ts";
import { Mailbox } from "./mailbox.ts";
import { encodeMessage, type Message } from "./zmtp.ts";
import { type SocketType, ZmtpConnection } from "./zmtp_connection.ts";

/** Options of {@linkcode connectSocket}. */
export interface ConnectOptions {
  /** Name that a router shall know this side by, of up to 255 bytes. */
  readonly identity?: Uint8Array;
  /** Ends the attempts to connect; a connection that stands it leaves alone. */
  readonly signal?: AbortSignal;
}

/** A socket with one peer. */
export interface ConnectedSocket {
  /**
   * Sends a message; resolves when the system has taken it. Who does not wait
   * hears of a failure by the end of what is received.
   *
   * @throws {ZmtpError} If the peer is gone.
   */
  readonly send: (message: Message) => Promise<void>;
  /**
   * Waits for the next message; nothing comes after the peer's end.
   *
   * @throws {ZmtpError} If the peer breaks the protocol.
   */
  readonly receive: () => Promise<Message | undefined>;
  /** Closes it; may be called again. */
  readonly close: () => void;
}

/** Options of sockets that keep messages for slow peers. */
export interface QueueOptions {
  /**
   * A peer that leaves more bytes than this unread is disconnected before the next
   * message; by default 64 MiB. ZeroMQ would drop messages instead, and nobody
   * would know. Its clients connect again by themselves.
   */
  readonly peerLimitBytes?: number;
}

const RETRY_MS = 10;
const PEER_LIMIT_BYTES = 2 ** 26;
const DELIMITER = new Uint8Array();
const SUBSCRIBE = 1;

/** Connects by TCP; nothing if nobody listens. */
async function connectTcp(address: Address): Promise<Deno.TcpConn | undefined> {
  try {
    const tcp = await Deno.connect(address);
    const { hostname, port } = tcp.localAddr as Deno.NetAddr;
    const far = tcp.remoteAddr as Deno.NetAddr;
    // Where nobody listens, the system may pick the port itself for this side, and
    // connect it with itself.
    if (hostname !== far.hostname || port !== far.port) return tcp;
    tcp.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
  }
}

async function connectPeer(
  type: SocketType,
  address: Address,
  options: ConnectOptions,
): Promise<ZmtpConnection> {
  const { signal } = options;
  for (;;) {
    signal?.throwIfAborted();
    const tcp = await connectTcp(address);
    try {
      if (tcp) return await ZmtpConnection.open(tcp, { ...options, type });
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
    }
    await delay(RETRY_MS, undefined, { signal }).catch(() => {
      // Aborted, which is seen above.
    });
  }
}

/**
 * Connects to a socket as soon as it listens. A `sub` socket is subscribed to
 * everything, a `req` socket puts the delimiter before messages and takes it off.
 *
 * @throws {ZmtpError} If a peer of another protocol or a wrong type listens there.
 * @throws If `signal` aborts before it is connected: its reason.
 *
 * @example
 * ```ts ignore
 * const signal = AbortSignal.timeout(1000);
 * const socket = await connectSocket("dealer", address, { signal });
 * await socket.send([new TextEncoder().encode("hello")]);
 * const answer = await socket.receive();
 * ```
 */
export async function connectSocket(
  type: "dealer" | "sub" | "req",
  address: Address,
  options: ConnectOptions = {},
): Promise<ConnectedSocket> {
  const peer = await connectPeer(type, address, options);
  if (type === "sub") await peer.send([Uint8Array.of(SUBSCRIBE)]);
  const isRequesting = type === "req";
  return {
    send: (message) =>
      peer.send(isRequesting ? [DELIMITER, ...message] : message),
    receive: async () => (await peer.receive())?.slice(isRequesting ? 1 : 0),
    close: () => peer.close(),
  };
}

/**
 * A `ROUTER` that listens. The first frame of every message is the peer's identity:
 * the one that it gave itself, or else one that begins with a zero. A peer that
 * comes with the identity of another takes its place.
 */
export class RouterSocket {
  readonly #listener: Listener;
  readonly #inbox = new Mailbox<Message>();
  readonly #peers = new Map<string, ZmtpConnection>();
  readonly #limitBytes: number;
  #nameless = 0;

  /** Binds to an address. */
  constructor(address: Address, options: QueueOptions = {}) {
    this.#limitBytes = options.peerLimitBytes ?? PEER_LIMIT_BYTES;
    this.#listener = new Listener(
      "router",
      address,
      (peer) => this.#serve(peer),
    );
  }

  /** Where it listens. */
  get address(): Address {
    return this.#listener.address;
  }

  /**
   * Waits for the next message of any peer; nothing comes after closing. No more
   * than one message of a peer is read ahead.
   */
  receive(): Promise<Message | undefined> {
    return this.#inbox.take();
  }

  /**
   * Sends a message to the peer that its first frame names; resolves when the system
   * has taken it. A message for a peer that is gone is dropped.
   */
  async send([identity, ...message]: Message): Promise<void> {
    const peer = this.#peers.get(identity.join());
    if (peer) await offer(peer, encodeMessage(message), this.#limitBytes);
  }

  /** Disconnects all peers, and waits for the end of it. */
  async close(): Promise<void> {
    this.#inbox.close();
    await this.#listener.close();
  }

  async #serve(peer: ZmtpConnection): Promise<void> {
    let identity = peer.peerIdentity;
    // Names that begin with a zero are the router's to give.
    if ((identity[0] ?? 0) === 0) {
      identity = new Uint8Array(5);
      new DataView(identity.buffer).setUint32(1, ++this.#nameless);
    }
    const key = identity.join();
    this.#peers.get(key)?.close();
    this.#peers.set(key, peer);
    try {
      for (let message; (message = await peer.receive());) {
        await this.#inbox.put([identity, ...message]);
      }
    } finally {
      if (this.#peers.get(key) === peer) this.#peers.delete(key);
    }
  }
}

function isPrefix(prefix: Uint8Array, bytes: Uint8Array): boolean {
  return prefix.every((byte, i) => byte === bytes[i]);
}

/** A `PUB` that listens: every message goes to all who have subscribed to it. */
export class PublisherSocket {
  readonly #listener: Listener;
  readonly #topics = new Map<ZmtpConnection, Uint8Array[]>();
  readonly #limitBytes: number;

  /** Binds to an address. */
  constructor(address: Address, options: QueueOptions = {}) {
    this.#limitBytes = options.peerLimitBytes ?? PEER_LIMIT_BYTES;
    this.#listener = new Listener("pub", address, (peer) => this.#serve(peer));
  }

  /** Where it listens. */
  get address(): Address {
    return this.#listener.address;
  }

  /**
   * Sends a message to all who have subscribed to what its first frame begins with.
   * Resolves when the systems of all have taken it: who waits for that never fills
   * memory, but is as slow as the slowest.
   */
  async send(message: Message): Promise<void> {
    const bytes = encodeMessage(message);
    const sent = [...this.#topics]
      .filter(([, topics]) => topics.some((one) => isPrefix(one, message[0])))
      .map(([peer]) => offer(peer, bytes, this.#limitBytes));
    await Promise.all(sent);
  }

  /** Disconnects all subscribers, and waits for the end of it. */
  close(): Promise<void> {
    return this.#listener.close();
  }

  async #serve(peer: ZmtpConnection): Promise<void> {
    const topics: Uint8Array[] = [];
    this.#topics.set(peer, topics);
    try {
      for (let message; (message = await peer.receive());) {
        const [action, topic] = [message[0][0], message[0].subarray(1)];
        if (action === SUBSCRIBE) topics.push(topic);
        if (action !== 0) continue;
        const isSame = (one: Uint8Array) => one.join() === topic.join();
        const index = topics.findIndex(isSame);
        if (index >= 0) topics.splice(index, 1);
      }
    } finally {
      this.#topics.delete(peer);
    }
  }
}

/** A `REP` that listens and answers every request with itself: a heartbeat. */
export class EchoSocket {
  readonly #listener: Listener;

  /** Binds to an address. */
  constructor(address: Address) {
    this.#listener = new Listener("rep", address, async (peer) => {
      for (let message; (message = await peer.receive());) {
        await peer.send(message);
      }
    });
  }

  /** Where it listens. */
  get address(): Address {
    return this.#listener.address;
  }

  /** Disconnects all peers, and waits for the end of it. */
  close(): Promise<void> {
    return this.#listener.close();
  }
}
