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

/** A part of a message; its shape depends on the type. */
export type JsonPart = Readonly<Record<string, unknown>>;

/** What a message says, whoever caused it. */
export interface MessageBody {
  /** For example `stream` or `execute_reply`. */
  readonly type: string;
  /** What it says of the content. */
  readonly metadata: JsonPart;
  /** The content. */
  readonly content: JsonPart;
  /** Bytes that belong to the content. */
  readonly buffers: readonly Uint8Array[];
  /** Length of the content as it came. */
  readonly contentBytes: number;
}

/** A message that came. */
export interface KernelMessage extends MessageBody {
  /** Identities of those whom it came by, which an answer begins with. */
  readonly routing: readonly Uint8Array[];
  /** Its header; `msg_id` names it. */
  readonly header: JsonPart;
  /** Identifier of the request that caused it, if one did. */
  readonly parentId: string | undefined;
}

/** Options of {@linkcode MessageCodec.encode}. */
export interface EncodeOptions {
  /** Header of the message that this one answers. */
  readonly parent?: JsonPart;
  /** What it says of the content. */
  readonly metadata?: JsonPart;
  /** Bytes that belong to the content. */
  readonly buffers?: readonly Uint8Array[];
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
/** A fixed date leaves nothing to differ between runs, and kernels ignore it. */
const FIXED_DATE = "1970-01-01T00:00:00.000Z";

/** Writes and reads the messages of one session. */
export class MessageCodec {
  readonly #key: string;
  readonly #session: string;
  readonly #date: () => string;
  #count = 0;

  /**
   * @param key Secret shared with the kernel through the connection file.
   * @param session Name of the session, the same in all its messages.
   * @param date Says what time it is; by default always the same.
   */
  constructor(
    key: string,
    session: string,
    date: () => string = () => FIXED_DATE,
  ) {
    this.#key = key;
    this.#session = session;
    this.#date = date;
  }

  #sign(parts: readonly Uint8Array[]): string {
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** Writes a message; identifiers count up from 1. */
  encode(
    type: string,
    content: unknown,
    { parent = {}, metadata = {}, buffers = [] }: EncodeOptions = {},
  ): EncodedMessage {
    const id = `${this.#session}-${++this.#count}`;
    const header = {
      msg_id: id,
      session: this.#session,
      username: "",
      date: this.#date(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
    const parts = [header, parent, metadata, content]
      .map((part) => encoder.encode(JSON.stringify(part)));
    const signature = encoder.encode(this.#sign(parts));
    return { id, frames: [DELIMITER, signature, ...parts, ...buffers] };
  }

  /**
   * Reads a message.
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
    const [header, parent, metadata, content] = parts
      .map((part) => JSON.parse(decoder.decode(part)));
    return {
      type: header.msg_type,
      routing: frames.slice(0, start - 1),
      header,
      parentId: parent.msg_id,
      metadata,
      content,
      buffers: rest.slice(4),
      contentBytes: parts[3].length,
    };
  }
}
