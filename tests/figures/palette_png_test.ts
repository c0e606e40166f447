import { assert, assertEquals } from "@std/assert";
import { inflateSync } from "node:zlib";
import { palettePng } from "../../lib/figures/palette_png.ts";

/** The colors of the pixels of a PNG with a palette, read by the format's rules. */
function readPng(png: Uint8Array): number[][] {
  const view = new DataView(png.buffer);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const name = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    chunks.set(name, png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const head = chunks.get("IHDR")!;
  const width = new DataView(head.buffer, head.byteOffset).getUint32(0);
  const palette = chunks.get("PLTE")!;
  const rows = inflateSync(chunks.get("IDAT")!);
  return Array.from(rows).flatMap((place, i) =>
    i % (width + 1) === 0
      ? []
      : [Array.from(palette.subarray(3 * place, 3 * place + 3))]
  );
}

function pixelsOf(colors: readonly number[][], width: number) {
  return {
    data: Uint8Array.from(colors.flatMap((color) => [...color, 255])),
    width,
    height: colors.length / width,
  };
}

Deno.test("pixels of few colors are kept as they are", () => {
  const colors = [
    ...[[255, 255, 255], [0, 114, 178], [26, 26, 26]],
    ...[[0, 114, 178], [255, 255, 255], [170, 51, 119]],
  ];
  const png = palettePng(pixelsOf(colors, 3));
  assertEquals(readPng(png), colors);
  assertEquals(palettePng(pixelsOf(colors, 3)), png);
});

Deno.test("of many colors the rare ones become near ones", () => {
  // 4096 colors, of which white is the commonest.
  const colors = Array.from({ length: 4096 }, (_, i) => [
    (i >> 8) * 17,
    (i >> 4 & 15) * 17,
    (i & 15) * 17,
  ]);
  const white = Array.from({ length: 64 }, () => [255, 255, 255]);
  const read = readPng(palettePng(pixelsOf([...white, ...colors], 64)));
  assertEquals(read.slice(0, 64), white);
  assert(new Set(read.map(String)).size <= 256);
});
