/**
 * The bytes of ZMTP 3.0, which ZeroMQ's sockets speak, with the mechanism NULL:
 * the greeting, the command READY, and messages as frames.
 *
 * Source: ZeroMQ RFC 23, "ZeroMQ Message Transport Protocol" (rfc.zeromq.org).
 *
 * @module
 */

/** A peer that does not keep to the protocol, or is gone. */
export class ZmtpError extends Error {
  /** Name that distinguishes it from other errors. */
  override readonly name = "ZmtpError";
}

/** The frames of one message. */
export type Message = readonly Uint8Array[];

/** One frame as it came. */
export interface Frame {
  /** Whether it is for the connection itself. */
  readonly isCommand: boolean;
  /** Whether more frames of its message follow. */
  readonly hasMore: boolean;
  /** What it holds. */
  readonly body: Uint8Array;
}

/** A command as it came. */
export interface Command {
  /** For example `READY`. */
  readonly name: string;
  /** What follows the name. */
  readonly data: Uint8Array;
}

/** What a peer says of itself by READY. */
export interface PeerInfo {
  /** Type of its socket, for example `DEALER`. */
  readonly type: string;
  /** Name that a router shall know it by; empty if it has none. */
  readonly identity: Uint8Array;
}

/** Where bytes come from: fills a part of what it is given, or ends. */
export interface ByteSource {
  /** Returns how many bytes came, or `null` at the end. */
  read(into: Uint8Array): Promise<number | null>;
}

const MORE = 1;
const LONG = 2;
const COMMAND = 4;
const LARGEST_SHORT = 255;
const LARGEST_COMMAND = 2 ** 16;
const SIGNATURE_AND_VERSION = 11;
const GREETING_BYTES = 64;
const MECHANISM = "NULL".padEnd(20, "\0");
const BUFFER_BYTES = 2 ** 16;
/** What a large body is given before any of it has come. */
const FIRST_ALLOCATION = 2 ** 20;

const encoder = new TextEncoder();

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Joins pieces to one array. */
function join(pieces: readonly Uint8Array[]): Uint8Array {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function frameHead(flags: number, size: number): Uint8Array {
  if (size <= LARGEST_SHORT) return Uint8Array.of(flags, size);
  const head = new Uint8Array(9);
  head[0] = flags | LONG;
  viewOf(head).setBigUint64(1, BigInt(size));
  return head;
}

/**
 * A message as bytes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeMessage } from "./zmtp.ts";
 *
 * const frames = [Uint8Array.of(7), new Uint8Array()];
 * // Flags (1: more follow), length, body; and once more.
 * assertEquals([...encodeMessage(frames)], [1, 1, 7, 0, 0]);
 * ```
 */
export function encodeMessage(message: Message): Uint8Array {
  return join(message.flatMap((body, i) => {
    const flags = i < message.length - 1 ? MORE : 0;
    return [frameHead(flags, body.length), body];
  }));
}

/** A command as bytes. */
export function encodeCommand(name: string, data: Uint8Array): Uint8Array {
  const size = 1 + name.length + data.length;
  return join([
    frameHead(COMMAND, size),
    Uint8Array.of(name.length),
    encoder.encode(name),
    data,
  ]);
}

/** What both sides say first: version 3.0 and the mechanism NULL. */
export function encodeGreeting(): Uint8Array {
  const greeting = new Uint8Array(GREETING_BYTES);
  greeting.set([0xff, ...new Uint8Array(8), 0x7f, 3, 0]);
  greeting.set(encoder.encode(MECHANISM), 12);
  return greeting;
}

/** The command that ends the handshake. */
export function encodeReady({ type, identity }: PeerInfo): Uint8Array {
  const property = (name: string, value: Uint8Array) => {
    const size = new Uint8Array(4);
    viewOf(size).setUint32(0, value.length);
    const head = Uint8Array.of(name.length);
    return [head, encoder.encode(name), size, value];
  };
  const properties = [
    ...property("Socket-Type", encoder.encode(type)),
    ...property("Identity", identity),
  ];
  return encodeCommand("READY", join(properties));
}

/** Takes a command apart. */
export function decodeCommand(body: Uint8Array): Command {
  const end = 1 + body[0];
  if (!(end <= body.length)) throw new ZmtpError("a command has no whole name");
  return { name: latin1(body.subarray(1, end)), data: body.subarray(end) };
}

/** Reads the properties of READY; those that are not known are passed over. */
export function decodeReady(data: Uint8Array): PeerInfo {
  let type = "";
  let identity = new Uint8Array();
  let at = 0;
  const take = (size: number) => {
    if (at + size > data.length) throw new ZmtpError("READY is cut off");
    return data.slice(at, at += size);
  };
  while (at < data.length) {
    const name = latin1(take(take(1)[0])).toLowerCase();
    const value = take(viewOf(take(4)).getUint32(0));
    if (name === "socket-type") type = latin1(value);
    if (name === "identity") identity = value;
  }
  return { type, identity };
}

/** Reads what a peer sends; what ends, in whatever place, has ended. */
export class FrameReader {
  readonly #source: ByteSource;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #start = 0;
  #end = 0;

  /** Reads from a source, which nobody else must read. */
  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * Reads the greeting; returns whether it came whole.
   *
   * @throws {ZmtpError} If the peer speaks anything but ZMTP 3 without security.
   */
  async readGreeting(): Promise<boolean> {
    const first = await this.#take(SIGNATURE_AND_VERSION);
    if (first === undefined) return false;
    if (first[0] !== 0xff || (first[9] & 1) === 0 || first[10] < 3) {
      throw new ZmtpError("a peer must speak ZMTP 3, got another greeting");
    }
    const rest = await this.#take(GREETING_BYTES - SIGNATURE_AND_VERSION);
    if (rest === undefined) return false;
    // The minor version comes first; 3.1 speaks 3.0 to those who do.
    const mechanism = latin1(rest.subarray(1, 1 + MECHANISM.length));
    if (mechanism !== MECHANISM) {
      throw new ZmtpError("a peer must use the mechanism NULL, got another");
    }
    return true;
  }

  /**
   * Reads a frame, or nothing at the end.
   *
   * @param room Most bytes that its body may have.
   * @throws {ZmtpError} If the frame is malformed or has more.
   */
  async readFrame(room: number): Promise<Frame | undefined> {
    const head = await this.#take(2);
    if (head === undefined) return undefined;
    const [flags] = head;
    const isCommand = (flags & COMMAND) !== 0;
    const hasMore = (flags & MORE) !== 0;
    if (flags > (MORE | LONG | COMMAND) || isCommand && hasMore) {
      throw new ZmtpError(`a frame's flags must be defined, got ${flags}`);
    }
    let size = head[1];
    if (flags & LONG) {
      const rest = await this.#take(7);
      if (rest === undefined) return undefined;
      size = Number(viewOf(join([head.subarray(1), rest])).getBigUint64(0));
    }
    const most = isCommand ? LARGEST_COMMAND : room;
    if (size > most) {
      throw new ZmtpError(`a frame must have up to ${most} bytes, got ${size}`);
    }
    const body = size > BUFFER_BYTES
      ? await this.#takeLarge(size)
      : await this.#take(size);
    return body && { isCommand, hasMore, body };
  }

  /** Takes so many bytes, which fit into the buffer, or nothing at the end. */
  async #take(size: number): Promise<Uint8Array | undefined> {
    const isEmpty = this.#start === this.#end;
    if (isEmpty || this.#start + size > this.#buffer.length) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    while (this.#end - this.#start < size) {
      const count = await this.#read(this.#buffer.subarray(this.#end));
      if (count === null) return undefined;
      this.#end += count;
    }
    return this.#buffer.slice(this.#start, this.#start += size);
  }

  /** Takes more than the buffer holds, with memory only for what has come. */
  async #takeLarge(size: number): Promise<Uint8Array | undefined> {
    let body = new Uint8Array(Math.min(size, FIRST_ALLOCATION));
    body.set(this.#buffer.subarray(this.#start, this.#end));
    let filled = this.#end - this.#start;
    this.#start = this.#end = 0;
    while (filled < size) {
      if (filled === body.length) {
        const larger = new Uint8Array(Math.min(size, 2 * filled));
        larger.set(body);
        body = larger;
      }
      const count = await this.#read(body.subarray(filled));
      if (count === null) return undefined;
      filled += count;
    }
    return body;
  }

  async #read(into: Uint8Array): Promise<number | null> {
    try {
      return await this.#source.read(into);
    } catch {
      // A peer that resets the connection ends it, as does closing it here.
      return null;
    }
  }
}
