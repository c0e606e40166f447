/**
 * Pictures of at most 256 colors as PNG: a third of the size of those of all colors,
 * and with few hues to the same look.
 *
 * @module
 */

import { crc32, deflateSync } from "node:zlib";

/** Colors that a palette holds at most. */
const MOST_COLORS = 256;

/** Bits by which a channel is coarser than it was: colors so near are one. */
const COARSE = 3;

/** A picture of opaque pixels. */
export interface Pixels {
  /** Red, green, blue and opacity of every pixel, row by row, from 0 to 255. */
  readonly data: Uint8Array;
  /** Pixels of a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** The coarse color of a pixel, as an index. */
function bucketOf(data: Uint8Array, at: number): number {
  const bits = 8 - COARSE;
  return (data[at] >> COARSE << (2 * bits)) |
    (data[at + 1] >> COARSE << bits) | (data[at + 2] >> COARSE);
}

/** The commonest colors, and for every coarse color the nearest of them. */
function paletteOf({ data }: Pixels) {
  const buckets = 1 << (3 * (8 - COARSE));
  const counts = new Float64Array(buckets);
  const sums = new Float64Array(3 * buckets);
  for (let at = 0; at < data.length; at += 4) {
    const bucket = bucketOf(data, at);
    counts[bucket] += 1;
    for (let k = 0; k < 3; k += 1) sums[3 * bucket + k] += data[at + k];
  }
  const used = Array.from(counts.keys()).filter((one) => counts[one] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b);
  const colors = used.map((one) =>
    [0, 1, 2].map((k) => Math.round(sums[3 * one + k] / counts[one]))
  );
  const palette = colors.slice(0, MOST_COLORS);
  const places = new Uint8Array(buckets);
  for (const [i, bucket] of used.entries()) {
    let least = Infinity;
    for (const [place, color] of palette.entries()) {
      const distance = color.reduce(
        (sum, value, k) => sum + (value - colors[i][k]) ** 2,
        0,
      );
      if (distance >= least) continue;
      least = distance;
      places[bucket] = place;
    }
  }
  return { palette, places };
}

/** A chunk of a PNG: length, name, content, checksum (RFC 2083, section 3.2). */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(content, 8);
  const checked = bytes.subarray(4, content.length + 8);
  view.setUint32(content.length + 8, crc32(checked));
  return bytes;
}

/** The head of a PNG with a palette of bytes. */
function head({ width, height }: Pixels): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes.set([8, 3, 0, 0, 0], 8);
  return bytes;
}

/**
 * Opaque pixels as a PNG with the 256 commonest of their colors; others become the
 * nearest of these. The same pixels give the same bytes.
 */
export function palettePng(pixels: Pixels): Uint8Array {
  const { data, width, height } = pixels;
  const { palette, places } = paletteOf(pixels);
  // Every row begins with its filter: none.
  const rows = new Uint8Array(height * (width + 1));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      rows[row * (width + 1) + column + 1] =
        places[bucketOf(data, 4 * (row * width + column))];
    }
  }
  const parts = [
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head(pixels)),
    chunk("PLTE", Uint8Array.from(palette.flat())),
    chunk("IDAT", new Uint8Array(deflateSync(rows, { level: 9 }))),
    chunk("IEND", new Uint8Array()),
  ];
  const png = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    png.set(part, at);
    at += part.length;
  }
  return png;
}
