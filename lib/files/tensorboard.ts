/**
 * TensorBoard's event files, byte by byte: records with check sums, as TFRecord has
 * them, and in each an `Event` of Protocol Buffers. No clock is read here: whoever
 * writes says when.
 *
 * @module
 */

import { dirname, join } from "node:path";

/** CRC-32C of every byte: the polynomial of Castagnoli, reflected. */
const CRC_TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return crc;
});

/**
 * CRC-32C of bytes (RFC 3720, Appendix B.4).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crc32c } from "./tensorboard.ts";
 *
 * assertEquals(crc32c(new TextEncoder().encode("123456789")), 0xe3069283);
 * ```
 */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/**
 * A sum as records hold it: turned by 15 bits and moved, as a sum of bytes that hold
 * sums themselves would be weak (TensorFlow, `lib/hash/crc32c.h`).
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Joins parts of a file. */
export function joinBytes(
  parts: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Frames data as a record: its length, the length's sum, the data, its sum. */
export function encodeRecord(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(bytes.subarray(0, 8)), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, maskedCrc32c(data), true);
  return bytes;
}

/** A whole number from 0 in groups of seven bits, the lowest first. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
    bytes.push((rest % 0x80) | 0x80);
  }
  return Uint8Array.from([...bytes, rest]);
}

/** How a field lies in a message of Protocol Buffers. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_AND_BYTES = 2;
const FOUR_BYTES = 5;

function fieldOf(
  number: number,
  wire: number,
  content: Uint8Array,
): Uint8Array {
  return joinBytes([varint(number * 8 + wire), content]);
}

function count(number: number, value: number): Uint8Array {
  return fieldOf(number, VARINT, varint(value));
}

function double(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return fieldOf(number, EIGHT_BYTES, bytes);
}

function float(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return fieldOf(number, FOUR_BYTES, bytes);
}

function message(number: number, ...parts: Uint8Array[]): Uint8Array {
  const content = joinBytes(parts);
  return fieldOf(
    number,
    LENGTH_AND_BYTES,
    joinBytes([varint(content.length), content]),
  );
}

function text(number: number, value: string): Uint8Array {
  return message(number, new TextEncoder().encode(value));
}

/** When an event was, and after how much training. */
export interface EventMoment {
  /** Seconds since 1970. */
  readonly wallTimeS: number;
  /** Step, from 0; by default 0. */
  readonly step?: number;
}

/** An event with one field beside its moment: of number 3 or 5. */
function encodeEvent(
  { wallTimeS, step = 0 }: EventMoment,
  content: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return encodeRecord(joinBytes([
    double(1, wallTimeS),
    // A field that is 0 is left out.
    ...step === 0 ? [] : [count(2, step)],
    content,
  ]));
}

/** The first record of every event file: which form the others have. */
export function encodeFileVersion(
  moment: EventMoment,
): Uint8Array<ArrayBuffer> {
  return encodeEvent(moment, text(3, "brain.Event:2"));
}

/**
 * A record of numbers of one moment, by tag; TensorBoard keeps numbers with the
 * precision of 32 bits.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeScalars } from "./tensorboard.ts";
 *
 * const record = encodeScalars({ wallTimeS: 1, step: 2 }, { "train/loss": 0.5 });
 * // 8 and 4 bytes before the event, 4 after it.
 * assertEquals(record.length, 12 + 32 + 4);
 * ```
 */
export function encodeScalars(
  moment: EventMoment,
  scalars: Readonly<Record<string, number>>,
): Uint8Array<ArrayBuffer> {
  const values = Object.entries(scalars)
    .map(([tag, value]) => message(1, text(1, tag), float(2, value)));
  return encodeEvent(moment, message(5, ...values));
}

/** `DataType` of a tensor. */
const DT_FLOAT = 1;
const DT_STRING = 7;

/** A value of a summary that a plugin of TensorBoard reads. */
function pluginValue(
  tag: string,
  plugin: { readonly name: string; readonly content?: Uint8Array },
  tensor: readonly Uint8Array[],
): Uint8Array {
  const { name, content } = plugin;
  return message(
    1,
    text(1, tag),
    message(8, ...tensor),
    message(
      9,
      message(
        1,
        text(1, name),
        ...content === undefined ? [] : [message(2, content)],
      ),
    ),
  );
}

/** A record of a text in Markdown, under a tag. */
export function encodeText(
  moment: EventMoment,
  tag: string,
  markdown: string,
): Uint8Array<ArrayBuffer> {
  const shape = message(2, message(2, count(1, 1)));
  const tensor = [count(1, DT_STRING), shape, text(8, markdown)];
  return encodeEvent(
    moment,
    message(5, pluginValue(tag, { name: "text" }, tensor)),
  );
}

/**
 * A record of what was set for a run, by name, for TensorBoard's table of
 * hyperparameters (its `hparams` plugin).
 */
export function encodeHyperparameters(
  moment: EventMoment,
  values: Readonly<Record<string, number | string>>,
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(values).map(([name, value]) =>
    message(
      1,
      text(1, name),
      message(2, typeof value === "number" ? double(2, value) : text(3, value)),
    )
  );
  const info = message(3, ...entries, double(5, moment.wallTimeS));
  // The plugin reads the metadata alone; the tensor is a 0 that must be there.
  const tensor = [count(1, DT_FLOAT), message(2), float(5, 0)];
  return encodeEvent(
    moment,
    message(
      5,
      pluginValue("_hparams_/session_start_info", {
        name: "hparams",
        content: info,
      }, tensor),
    ),
  );
}

/**
 * Writes an event file whole or not at all. Until it is whole it has a name in which
 * TensorBoard looks for no events, as it reads every file of a folder that says
 * `tfevents`.
 *
 * @throws {Deno.errors.PermissionDenied} And other errors of writing; then nothing
 * is left behind.
 */
export async function writeEventFile(
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const folder = dirname(path);
  await Deno.mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${Deno.pid}.tmp`);
  try {
    await Deno.writeFile(temporary, bytes);
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}
