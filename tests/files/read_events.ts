/**
 * Reads event files in a few lines of its own, so that tests need no Python: checks
 * every sum, and keeps moments, numbers and the names of plugins.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { maskedCrc32c } from "../../lib/files/tensorboard.ts";

/** An event of a file. */
export interface ReadEvent {
  /** Seconds since 1970. */
  readonly wallTimeS: number;
  /** Training episode. */
  readonly step: number;
  /** Numbers by tag. */
  readonly scalars: Readonly<Record<string, number>>;
  /** Tags of what plugins read. */
  readonly others: readonly string[];
}

/** Fields of a message, by number; numbers are the bytes that they are. */
function fieldsOf(bytes: Uint8Array): [number, number | Uint8Array][] {
  const fields: [number, number | Uint8Array][] = [];
  let offset = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = bytes[offset++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (offset < bytes.length) {
    const key = varint();
    const wire = key & 7;
    if (wire === 0) {
      fields.push([key >>> 3, varint()]);
      continue;
    }
    const length = wire === 1 ? 8 : wire === 5 ? 4 : varint();
    fields.push([key >>> 3, bytes.slice(offset, offset += length)]);
  }
  return fields;
}

function one(bytes: Uint8Array, number: number): number | Uint8Array {
  return fieldsOf(bytes).find(([key]) => key === number)?.[1] ?? 0;
}

function viewOf(bytes: number | Uint8Array): DataView {
  return new DataView((bytes as Uint8Array).buffer);
}

function readEvent(bytes: Uint8Array): ReadEvent {
  const scalars: Record<string, number> = {};
  const others: string[] = [];
  for (const [key, summary] of fieldsOf(bytes)) {
    if (key !== 5) continue;
    for (const [, value] of fieldsOf(summary as Uint8Array)) {
      const tag = new TextDecoder().decode(
        one(value as Uint8Array, 1) as Uint8Array,
      );
      const scalar = one(value as Uint8Array, 2);
      if (typeof scalar === "number") others.push(tag);
      else scalars[tag] = viewOf(scalar).getFloat32(0, true);
    }
  }
  return {
    wallTimeS: viewOf(one(bytes, 1)).getFloat64(0, true),
    step: one(bytes, 2) as number,
    scalars,
    others,
  };
}

/** The events of a file's bytes, every record of which must be whole. */
export function parseEvents(bytes: Uint8Array): ReadEvent[] {
  const events: ReadEvent[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const head = bytes.slice(offset, offset + 12);
    const length = Number(viewOf(head).getBigUint64(0, true));
    assertEquals(
      viewOf(head).getUint32(8, true),
      maskedCrc32c(head.slice(0, 8)),
    );
    const data = bytes.slice(offset + 12, offset + 12 + length);
    const tail = bytes.slice(offset + 12 + length, offset + 16 + length);
    assertEquals(viewOf(tail).getUint32(0, true), maskedCrc32c(data));
    events.push(readEvent(data));
    offset += length + 16;
  }
  return events;
}

/** Steps and numbers of every tag of a file, in its order. */
export function seriesOf(
  bytes: Uint8Array,
): Record<string, [step: number, value: number][]> {
  const series: Record<string, [number, number][]> = {};
  for (const { step, scalars } of parseEvents(bytes)) {
    for (const [tag, value] of Object.entries(scalars)) {
      (series[tag] ??= []).push([step, value]);
    }
  }
  return series;
}
