/**
 * Checkpoints: everything that training continues from, as one file.
 *
 * Layout, little-endian:
 *
 * | bytes | content |
 * |---|---|
 * | 8 | `EAIGCKPT` |
 * | 4 | version, unsigned |
 * | 4 | length of the header, unsigned |
 * | … | header: JSON in UTF-8, padded with blanks to a multiple of 4 |
 * | … | the arrays that the header lists, 32-bit floats |
 * | 32 | SHA-256 of all that stands before |
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { AgentState } from "./agent.ts";

const MAGIC = "EAIGCKPT";
const VERSION = 1;
const PREFIX_BYTES = 16;
const CHECKSUM_BYTES = 32;
const INTACT = "match its checksum";
const DAMAGED = "a truncated or damaged file";

/** Training at the end of an episode. */
export interface Checkpoint {
  /** Episodes trained. */
  readonly episode: number;
  /** The agent. */
  readonly agent: AgentState;
  /** Plain JSON of the caller, such as the rows so far. */
  readonly extra: unknown;
}

/** A file that is not a sound checkpoint. */
export class CheckpointError extends Error {
  /** Builds the error from what must hold and what was found. */
  constructor(condition: string, got: string) {
    super(`Cannot read the checkpoint: it must ${condition}, got ${got}`);
    this.name = "CheckpointError";
  }
}

interface Header extends Omit<Checkpoint, "agent"> {
  readonly agent: Omit<AgentState, "arrays">;
  readonly arrays: readonly { name: string; length: number }[];
}

/**
 * Encodes a checkpoint.
 *
 * Write the bytes to a temporary file beside the final one and rename it: then
 * a file under the final name is always whole.
 *
 * @throws {TypeError} If `extra` holds a number that JSON cannot hold.
 */
export function encodeCheckpoint(
  checkpoint: Checkpoint,
): Uint8Array<ArrayBuffer> {
  const { arrays, ...agent } = checkpoint.agent;
  const entries = Object.entries(arrays);
  const header = encodeHeader({
    ...checkpoint,
    agent,
    arrays: entries.map(([name, { length }]) => ({ name, length })),
  });
  const floats = entries.reduce((sum, [, { length }]) => sum + length, 0);
  const content = PREFIX_BYTES + header.length + 4 * floats;
  const bytes = new Uint8Array(content + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, VERSION, true);
  view.setUint32(12, header.length, true);
  bytes.set(header, PREFIX_BYTES);
  const payload = new Float32Array(
    bytes.buffer,
    PREFIX_BYTES + header.length,
    floats,
  );
  let offset = 0;
  for (const [, values] of entries) {
    payload.set(values, offset);
    offset += values.length;
  }
  bytes.set(checksum(bytes.subarray(0, content)), content);
  return bytes;
}

/**
 * Decodes a checkpoint.
 *
 * @throws {CheckpointError} If the bytes are no checkpoint, of another
 * version, cut short or damaged.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const content = bytes.length - CHECKSUM_BYTES;
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) {
    throw new CheckpointError(
      `start with "${MAGIC}"`,
      bytes.length === 0 ? "an empty file" : "another file",
    );
  }
  if (content < PREFIX_BYTES) throw new CheckpointError(INTACT, DAMAGED);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    throw new CheckpointError(`have version ${VERSION}`, `version ${version}`);
  }
  const expected = checksum(bytes.subarray(0, content));
  if (!expected.every((byte, i) => byte === bytes[content + i])) {
    throw new CheckpointError(INTACT, DAMAGED);
  }
  let offset = PREFIX_BYTES + view.getUint32(12, true);
  const header: Header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, offset)),
  );
  const arrays: Record<string, Float32Array> = {};
  for (const { name, length } of header.arrays) {
    const end = offset + 4 * length;
    arrays[name] = new Float32Array(bytes.slice(offset, end).buffer);
    offset = end;
  }
  const { episode, agent, extra } = header;
  return { episode, agent: { ...agent, arrays }, extra };
}

function encodeHeader(header: Header): Uint8Array {
  const json = JSON.stringify(header, (key, value) => {
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw new TypeError(
      `Cannot encode the checkpoint: ${key} must be finite, got ${value}`,
    );
  });
  const bytes = new TextEncoder().encode(json);
  const padded = new Uint8Array(4 * Math.ceil(bytes.length / 4)).fill(0x20);
  padded.set(bytes);
  return padded;
}

function checksum(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
