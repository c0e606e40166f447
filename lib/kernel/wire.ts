/**
 * Messages of the Jupyter protocol 5.3 as frames on a socket: JSON parts, signed
 * with HMAC-SHA256.
 *
 * Source: "Messaging in Jupyter", section "The wire protocol"
 * (jupyter-client.readthedocs.io).
 *
 * @module
 */

import { createHmac } from "node:crypto";
import { KernelError } from "./errors.ts";

/** A message that came from a kernel. */
export interface KernelMessage {
  /** For example `stream` or `execute_reply`. */
  readonly type: string;
  /** Identifier of the request that caused it, if one did. */
  readonly parentId: string | undefined;
  /** The message's content; its shape depends on the type. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Length of the content as it came. */
  readonly contentBytes: number;
}

/** A message that is ready to be sent. */
export interface EncodedMessage {
  /** Identifier that answers will bear as their parent's. */
  readonly id: string;
  /** Frames of the multi-part message. */
  readonly frames: Uint8Array[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const DELIMITER = encoder.encode("<IDS|MSG>");
const PROTOCOL_VERSION = "5.3";
/** Kernels ignore the date; a fixed one leaves nothing to differ between runs. */
const DATE = "1970-01-01T00:00:00.000Z";

/** Writes and reads the messages of one session. */
export class MessageCodec {
  readonly #key: string;
  readonly #session: string;
  #count = 0;

  /**
   * @param key Secret shared with the kernel through the connection file.
   * @param session Name of the session, the same in all its messages.
   */
  constructor(key: string, session: string) {
    this.#key = key;
    this.#session = session;
  }

  #sign(parts: readonly Uint8Array[]): string {
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** Writes a request; identifiers count up from 1. */
  encode(type: string, content: unknown): EncodedMessage {
    const id = `${this.#session}-${++this.#count}`;
    const header = {
      msg_id: id,
      session: this.#session,
      username: "",
      date: DATE,
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
    const parts = [header, {}, {}, content]
      .map((part) => encoder.encode(JSON.stringify(part)));
    const signature = encoder.encode(this.#sign(parts));
    return { id, frames: [DELIMITER, signature, ...parts] };
  }

  /**
   * Reads a message; routing frames before the delimiter and buffers after the
   * content are passed over.
   *
   * @throws {KernelError} If the frames are not a message of this session's key.
   */
  decode(frames: readonly Uint8Array[]): KernelMessage {
    const start =
      frames.findIndex((frame) =>
        frame.length === DELIMITER.length &&
        frame.every((byte, i) => byte === DELIMITER[i])
      ) + 1;
    const [signature, ...rest] = frames.slice(start);
    const parts = rest.slice(0, 4);
    if (
      start === 0 || parts.length < 4 ||
      this.#sign(parts) !== decoder.decode(signature)
    ) {
      throw new KernelError(
        "Cannot read the kernel's messages: one arrived damaged",
      );
    }
    const [header, parent, , content] = parts
      .map((part) => JSON.parse(decoder.decode(part)));
    return {
      type: header.msg_type,
      parentId: parent.msg_id,
      content,
      contentBytes: parts[3].length,
    };
  }
}
