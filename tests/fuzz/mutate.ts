/**
 * Seeded damage: to values of JSON, to texts and to bytes.
 *
 * @module
 */

import type { RandomStream } from "../../lib/math/prng.ts";

/** Values that have broken programs before. */
const ODD_VALUES: readonly unknown[] = [
  ...[null, true, false, "", " 7 ", "7", "0x10", "NaN", "-1e999", "\u001b[2J"],
  ...["a\nb", "../up", "__proto__", "constructor", "é".repeat(300), "\ud800"],
  ...[0, -0, 1, -1, 0.5, 1e-30, 1e30, 1e31, 1e-300, 5e-324, 1e308, -1e308],
  ...[2 ** 31, 2 ** 53, 2 ** 53 + 2, 1764326400000, 1e21],
  ...[[], {}, [[]], [null], [1, 2, 3], { a: 1 }, [[[[[[1]]]]]]],
];

/** One of some things. */
export function pick<T>(stream: RandomStream, values: readonly T[]): T {
  return values[stream.integer(values.length)];
}

type Container = Record<string, unknown> | unknown[];

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

/** Every object and array within a value. */
function containersIn(value: unknown): Container[] {
  if (!isContainer(value)) return [];
  return [value, ...Object.values(value).flatMap(containersIn)];
}

/** Changes one entry of an object or array in place. */
function damageEntry(stream: RandomStream, container: Container): void {
  const keys = Object.keys(container);
  const key = keys.length > 0 ? pick(stream, keys) : "0";
  const entries = container as Record<string, unknown>;
  const value = entries[key];
  switch (stream.integer(8)) {
    case 0:
      if (Array.isArray(container)) container.splice(Number(key), 1);
      else delete entries[key];
      return;
    case 1:
      if (Array.isArray(container)) container.push(value);
      else entries[`${key}s`] = value;
      return;
    case 2:
      if (Array.isArray(container)) container.length = stream.integer(3);
      else entries[pick(stream, ["__proto__", "toString", "", "a.b"])] = 1;
      return;
    case 3:
    case 4:
      if (typeof value === "number") {
        entries[key] = value * 10 ** (80 * stream.uniform() - 40) *
          pick(stream, [1, 1, 1, -1]);
        return;
      }
      entries[key] = structuredClone(pick(stream, ODD_VALUES));
      return;
    default:
      entries[key] = structuredClone(pick(stream, ODD_VALUES));
  }
}

/** A value with one to three things changed in it. */
export function damageValue(stream: RandomStream, value: unknown): unknown {
  const copy = structuredClone(value);
  for (let k = stream.integer(3); k >= 0; k--) {
    const containers = containersIn(copy);
    if (containers.length === 0) return pick(stream, ODD_VALUES);
    damageEntry(stream, pick(stream, containers));
  }
  return stream.integer(200) === 0 ? pick(stream, ODD_VALUES) : copy;
}

const ODD_TEXTS = ["\0", "\ufeff", "\u001b]0;x\u0007", '"', "}", ",", "\r\n"];

/** A text with a few characters changed, cut or doubled. */
export function damageText(stream: RandomStream, text: string): string {
  const at = stream.integer(text.length + 1);
  const end = at + stream.integer(Math.min(40, text.length - at + 1));
  switch (stream.integer(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, end) + text.slice(at);
    case 3:
      return text.slice(0, at) + pick(stream, ODD_TEXTS) + text.slice(at);
    default:
      return text.slice(0, at) + String.fromCharCode(stream.integer(0x250)) +
        text.slice(at + 1);
  }
}

/** The bytes of a text in another encoding, or with some of them changed. */
export function damageBytes(
  stream: RandomStream,
  bytes: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  switch (stream.integer(4)) {
    case 0:
      return Uint8Array.of(0xef, 0xbb, 0xbf, ...copy);
    case 1:
      return Uint8Array.from([...copy].flatMap((byte) => [byte, 0]));
    case 2:
      return copy.slice(0, stream.integer(copy.length + 1));
    default:
      for (let k = stream.integer(4); k >= 0; k--) {
        copy[stream.integer(copy.length)] = stream.integer(256);
      }
      return copy;
  }
}

/** A JSON document with something wrong in it: in its values, text or bytes. */
export function damageDocument(
  stream: RandomStream,
  value: unknown,
): Uint8Array<ArrayBuffer> {
  const kind = stream.integer(20);
  const text = JSON.stringify(kind < 16 ? damageValue(stream, value) : value);
  const bytes = new TextEncoder().encode(
    kind === 16 || kind === 17 ? damageText(stream, text) : text,
  );
  return kind > 17 ? damageBytes(stream, bytes) : bytes;
}
