import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { decodeText, readText } from "../../lib/input/text.ts";
import { withFile } from "../cli/capture.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

Deno.test("UTF-8 is read, and a byte order mark is skipped", () => {
  assertEquals(decodeText(bytes(0x61, 0xc3, 0xa4), "read it"), "aä");
  assertEquals(decodeText(bytes(0xef, 0xbb, 0xbf, 0x7b), "read it"), "{");
  assertEquals(decodeText(bytes(), "read it"), "");
});

Deno.test("UTF-16 is named, with a mark and without, and so are bytes of no text", () => {
  const wide = [
    bytes(0xff, 0xfe, 0x7b, 0, 0x7d, 0),
    bytes(0xfe, 0xff, 0, 0x7b),
    bytes(0x7b, 0, 0x7d, 0),
    bytes(0, 0x7b, 0, 0x7d),
  ];
  for (const content of wide) {
    assertThrows(
      () => decodeText(content, "read it"),
      InputError,
      "Cannot read it: the document must be UTF-8, got UTF-16",
    );
  }
  for (
    const content of [bytes(0x61, 0xff), bytes(0xc3), bytes(0xed, 0xa0, 0x80)]
  ) {
    assertThrows(
      () => decodeText(content, "read it"),
      InputError,
      "must be UTF-8, got bytes that are no UTF-8",
    );
  }
});

Deno.test("a text file is read, a missing one and a folder are refused", async () => {
  assertEquals(
    await withFile("text\n", (path) => readText(path, "read it")),
    "text\n",
  );
  await assertRejects(
    () => readText("/nowhere.json", "read it"),
    InputError,
    "Cannot read it: /nowhere.json must be a file, got nothing there",
  );
  await assertRejects(
    () => readText("tests", "read it"),
    InputError,
    "Cannot read it: tests must be a readable file, got ",
  );
});
