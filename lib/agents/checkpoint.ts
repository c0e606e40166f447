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

import { sha256 } from "@noble/hashes/sha2.js";
import * as z from "zod";
import { InputError, parseInput } from "../input/input_error.ts";
import { parseJson } from "../input/json.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import { decodeText } from "../input/text.ts";
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

const ACT = "read the checkpoint";

/** A file that is not a sound checkpoint, or not one of what it is read for. */
export class CheckpointError extends InputError {}

/** The error of a file that is no checkpoint. */
function refuse(condition: string, got: string): CheckpointError {
  return new CheckpointError(`Cannot ${ACT}: it must ${condition}, got ${got}`);
}

/** A name of a counter, stream or array; `__proto__` is none. */
const NAME = z.string().regex(/^[A-Za-z][\w-]*$/, { error: "must be a name" });

const COUNT = numberSchema({ minimum: 0, integer: true });

const STREAM = objectSchema({
  c: COUNT,
  s0: numberSchema({ minimum: 0, maximum: 1 }),
  s1: numberSchema({ minimum: 0, maximum: 1 }),
  s2: numberSchema({ minimum: 0, maximum: 1 }),
}, "an object with c, s0, s1, s2");

const HEADER = objectSchema({
  episode: COUNT,
  agent: objectSchema({
    algorithm: z.string({ error: "must be a text" }),
    counters: z.record(NAME, COUNT, { error: "must be counts by name" }),
    streams: z.record(NAME, STREAM, { error: "must be states by name" }),
  }, "an object with algorithm, counters, streams"),
  arrays: z.array(
    objectSchema({
      name: NAME,
      length: numberSchema({ minimum: 0, maximum: 2 ** 32, integer: true }),
    }, "an object with name, length"),
    { error: "must be an array" },
  ),
  extra: z.unknown(),
}, "an object with episode, agent, arrays, extra");

type Header = z.output<typeof HEADER>;

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
  bytes.set(sha256(bytes.subarray(0, content)), content);
  return bytes;
}

/** The header of a file whose checksum holds. */
function parseHeader(bytes: Uint8Array): Header {
  try {
    const value = parseJson(decodeText(bytes, ACT), ACT);
    return parseInput(HEADER, value, { act: ACT });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new CheckpointError(error.message);
  }
}

/**
 * Decodes a checkpoint.
 *
 * @throws {CheckpointError} If the bytes are no checkpoint, of another
 * version, cut short or damaged, or hold what no checkpoint holds, whatever their
 * checksum.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const content = bytes.length - CHECKSUM_BYTES;
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) {
    throw refuse(
      `start with "${MAGIC}"`,
      bytes.length === 0 ? "an empty file" : "another file",
    );
  }
  if (content < PREFIX_BYTES) throw refuse(INTACT, DAMAGED);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    throw refuse(`have version ${VERSION}`, `version ${version}`);
  }
  const expected = sha256(bytes.subarray(0, content));
  if (!expected.every((byte, i) => byte === bytes[content + i])) {
    throw refuse(INTACT, DAMAGED);
  }
  let offset = PREFIX_BYTES + view.getUint32(12, true);
  if (offset > content) {
    throw refuse("hold its header", `one of ${offset - PREFIX_BYTES} bytes`);
  }
  const header = parseHeader(bytes.subarray(PREFIX_BYTES, offset));
  const floats = header.arrays.reduce((sum, { length }) => sum + length, 0);
  if (offset + 4 * floats !== content) {
    throw refuse(
      `hold the ${floats} numbers of its arrays`,
      `${content - offset} bytes`,
    );
  }
  const arrays: Record<string, Float32Array> = {};
  for (const { name, length } of header.arrays) {
    if (Object.hasOwn(arrays, name)) {
      throw refuse("have every array once", `${name} twice`);
    }
    const end = offset + 4 * length;
    arrays[name] = new Float32Array(bytes.slice(offset, end).buffer);
    offset = end;
  }
  const { episode, agent, extra } = header;
  return { episode, agent: { ...agent, arrays }, extra };
}

function encodeHeader(header: object): Uint8Array {
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
