/**
 * Listening for ZMTP peers, any number of them.
 *
 * @module
 */

import { setTimeout as delay } from "node:timers/promises";
import { ZmtpError } from "./zmtp.ts";
import { type SocketType, ZmtpConnection } from "./zmtp_connection.ts";

/** How long to wait when the system has nothing left for another peer. */
const RETRY_MS = 10;

/** Where a socket listens. */
export interface Address {
  /** For example `127.0.0.1`. */
  readonly hostname: string;
  /** Port; 0 binds to any that is free. */
  readonly port: number;
}

/** Listens, and serves every peer until it leaves. */
export class Listener {
  readonly #listener: Deno.TcpListener;
  readonly #type: SocketType;
  readonly #serve: (peer: ZmtpConnection) => Promise<void>;
  readonly #peers = new Set<ZmtpConnection>();
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  /** Binds to an address; what `serve` throws beside a peer's errors is thrown. */
  constructor(
    type: SocketType,
    address: Address,
    serve: (peer: ZmtpConnection) => Promise<void>,
  ) {
    this.#type = type;
    this.#serve = serve;
    this.#listener = Deno.listen(address);
    this.#track(this.#accept());
  }

  /** Where it listens. */
  get address(): Address {
    return this.#listener.addr as Deno.NetAddr;
  }

  /** Disconnects all peers, and waits for the end of their service. */
  async close(): Promise<void> {
    if (!this.#closing.signal.aborted) {
      this.#closing.abort();
      this.#listener.close();
      for (const peer of this.#peers) peer.close();
    }
    await Promise.all(this.#work);
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  async #accept(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        this.#track(this.#meet(await this.#listener.accept()));
      } catch {
        // Closed, or the system is short of something: peers will wait.
        await delay(RETRY_MS, undefined, { signal }).catch(() => {
          // Closed.
        });
      }
    }
  }

  async #meet(tcp: Deno.TcpConn): Promise<void> {
    const { signal } = this.#closing;
    let peer: ZmtpConnection | undefined;
    try {
      peer = await ZmtpConnection.open(tcp, { type: this.#type, signal });
      this.#peers.add(peer);
      if (!signal.aborted) await this.#serve(peer);
    } catch (error) {
      // Who breaks the protocol, or leaves, is nobody's error here.
      if (peer && !(error instanceof ZmtpError)) throw error;
    } finally {
      peer?.close();
      if (peer) this.#peers.delete(peer);
    }
  }
}

/** Sends to a peer; one that is gone, or too slow to bear, goes without. */
export async function offer(
  peer: ZmtpConnection,
  bytes: Uint8Array,
  limitBytes: number,
): Promise<void> {
  if (peer.pendingBytes > limitBytes) return peer.close();
  try {
    await peer.write(bytes);
  } catch (error) {
    if (!(error instanceof ZmtpError)) throw error;
  }
}
