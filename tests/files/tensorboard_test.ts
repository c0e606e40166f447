import { assertEquals, assertRejects } from "@std/assert";
import {
  crc32c,
  encodeFileVersion,
  encodeHyperparameters,
  encodeRecord,
  encodeScalars,
  encodeText,
  joinBytes,
  maskedCrc32c,
  writeEventFile,
} from "../../lib/files/tensorboard.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { parseEvents, seriesOf } from "./read_events.ts";

function bytesOf(hex: string): Uint8Array {
  const digits = hex.replaceAll(/\s/g, "");
  return Uint8Array.from(
    digits.match(/../g) ?? [],
    (pair) => Number.parseInt(pair, 16),
  );
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** The event in a record, which must say how long it is. */
function eventIn(record: Uint8Array): string {
  assertEquals(record[0], record.length - 16);
  return hexOf(record.slice(12, -4));
}

Deno.test("sums of known bytes are those of RFC 3720, B.4", () => {
  const known: [Uint8Array, number][] = [
    [new Uint8Array(0), 0],
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(0xff), 0x62a8ab43],
    [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    [Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ];
  for (const [bytes, sum] of known) assertEquals(crc32c(bytes), sum);
});

Deno.test("a masked sum is turned by 15 bits, and moved", () => {
  // Of 0x8a9136aa the lower 15 bits, 0x36aa, go up by 17, to 0x6d540000; those
  // above are 0x11522.
  const turned = 0x6d551522;
  assertEquals(
    maskedCrc32c(new Uint8Array(32)),
    (turned + 0xa282ead8) % 2 ** 32,
  );
  assertEquals(maskedCrc32c(new Uint8Array(0)), 0xa282ead8);
});

Deno.test("a record has a length of eight bytes, data, and the sum of both", () => {
  // How every event file of TensorFlow begins: 24 bytes, with their sum.
  const head = encodeFileVersion({ wallTimeS: 1 }).slice(0, 12);
  assertEquals(hexOf(head), "1800000000000000a37f4b22");
  const record = encodeRecord(new Uint8Array(32));
  assertEquals(record.length, 48);
  assertEquals(
    new DataView(record.buffer).getUint32(44, true),
    maskedCrc32c(new Uint8Array(32)),
  );
});

Deno.test("events are bytes that can be written by hand", () => {
  const one = "09 000000000000f03f"; // Field 1, a double: 1.0.
  const text = (words: string) => hexOf(new TextEncoder().encode(words));
  assertEquals(
    eventIn(encodeFileVersion({ wallTimeS: 1 })),
    hexOf(bytesOf(`${one} 1a0d ${text("brain.Event:2")}`)),
  );
  // Step 300 is 0b10 0101100; field 5 holds two values, a tag and a float each.
  assertEquals(
    eventIn(encodeScalars({ wallTimeS: 1, step: 300 }, { a: 0.5, bc: -2 })),
    hexOf(bytesOf(`${one} 10 ac02 2a 15
      0a 08 0a01 ${text("a")} 15 0000003f
      0a 09 0a02 ${text("bc")} 15 000000c0`)),
  );
  // A step of 0 is left out. Tensor: strings (7), shape [1]; plugin: text.
  assertEquals(
    eventIn(encodeText({ wallTimeS: 1 }, "t", "*x*")),
    hexOf(bytesOf(`${one} 2a 1e 0a 1c 0a01 ${text("t")}
      42 0d 0807 1204 1202 0801 4203 ${text("*x*")}
      4a 08 0a06 0a04 ${text("text")}`)),
  );
  // Map entries of a name and a value: 2.0 is a number (2), "y" a text (3).
  assertEquals(
    eventIn(encodeHyperparameters({ wallTimeS: 1 }, { n: 2, s: "y" })),
    hexOf(bytesOf(`${one} 2a 5f 0a 5d
      0a 1c ${text("_hparams_/session_start_info")}
      42 09 0801 1200 2d00000000
      4a 32 0a 30 0a07 ${text("hparams")} 12 25
        1a 23
        0a 0e 0a01 ${text("n")} 1209 11 0000000000000040
        0a 08 0a01 ${text("s")} 1203 1a01 ${text("y")}
        29 000000000000f03f`)),
  );
});

Deno.test("large steps and precise numbers are kept as far as the format goes", () => {
  const step = 2 ** 40 + 129;
  const bytes = joinBytes([
    encodeFileVersion({ wallTimeS: 1.25 }),
    encodeScalars({ wallTimeS: 1795934127.362, step }, { x: 0.1 }),
  ]);
  const [version, event] = parseEvents(bytes);
  assertEquals([version.wallTimeS, version.step], [1.25, 0]);
  assertEquals(event.wallTimeS, 1795934127.362);
  assertEquals(seriesOf(bytes), { x: [[step, Math.fround(0.1)]] });
});

Deno.test("a file is written whole, and its folder holds no other events meanwhile", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/run/events.out.tfevents.1`;
    await writeEventFile(path, bytesOf("00"));
    await writeEventFile(path, bytesOf("0102"));
    assertEquals(await Deno.readFile(path), bytesOf("0102"));
    const names = [...Deno.readDirSync(`${folder}/run`)].map(({ name }) =>
      name
    );
    assertEquals(names, ["events.out.tfevents.1"]);
    await Deno.mkdir(`${folder}/taken/events.out.tfevents.1`, {
      recursive: true,
    });
    await assertRejects(() =>
      writeEventFile(`${folder}/taken/events.out.tfevents.1`, bytesOf("00"))
    );
    const left = [...Deno.readDirSync(`${folder}/taken`)].map(({ name }) =>
      name
    );
    assertEquals(left, ["events.out.tfevents.1"]);
  });
});
