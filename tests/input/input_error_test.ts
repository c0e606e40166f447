import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { z } from "zod";
import {
  describePath,
  describeValue,
  InputError,
  nearestWord,
  parseInput,
} from "../../lib/input/input_error.ts";
import { numberSchema, objectSchema } from "../../lib/input/schema.ts";

Deno.test("values are described in a few characters", () => {
  const described: [unknown, string][] = [
    [undefined, "nothing"],
    [null, "null"],
    [1.5, "1.5"],
    [Infinity, "Infinity"],
    ["a", '"a"'],
    [true, "true"],
    [[], "an empty array"],
    [[2, 1], "[2,1]"],
    [[1, 2, 3], "an array of 3"],
    [{ a: 1 }, '{"a":1}'],
  ];
  for (const [value, expected] of described) {
    assertEquals(describeValue(value), expected);
  }
  assertEquals(describeValue("x".repeat(1000)).length, 201);
  assert(!describeValue("line\nline").includes("\n"));
  assertEquals(describeValue(new Float32Array(3)), "an array of 3");
  assertEquals(describeValue(1n), "[object BigInt]");
});

Deno.test("a message is one line that no terminal acts on", () => {
  assertEquals(
    new InputError("a\u001b[2Jb\nc\u202ed\ud800").message,
    "a\\u001b[2Jb\\u000ac\\u202ed\\ud800",
  );
  assert(new InputError("x".repeat(1e6)).message.length < 1100);
  assertEquals(describePath(["a".repeat(1000)]), `["${"a".repeat(60)}…"]`);
});

Deno.test("paths read as code", () => {
  assertEquals(describePath([]), "the document");
  assertEquals(describePath(["a", "b"]), "a.b");
  assertEquals(describePath([0, "a", 2, 1]), "[0].a[2][1]");
});

Deno.test("the nearest word is the one with the fewest edits", () => {
  const words = ["numUsers", "numServers", "numModels"];
  assertEquals(nearestWord("numUser", words), "numUsers");
  assertEquals(nearestWord("nunServers", words), "numServers");
  assertEquals(nearestWord("Models", words), "numModels");
  assertEquals(nearestWord("", ["abc", "a"]), "a");
  // Three edits from the first (two replaced, one inserted), two from the second.
  assertEquals(nearestWord("kitten", ["sitting", "mittens"]), "mittens");
});

const SCHEMA = objectSchema({
  size: numberSchema({ minimum: 0 }),
  inner: objectSchema({ share: numberSchema() }, "an object with share")
    .optional(),
}, "an object with size");

Deno.test("a value that fits is returned", () => {
  assertEquals(parseInput(SCHEMA, { size: 2 }, { act: "read" }), { size: 2 });
});

Deno.test("what does not fit is told in one line: act, path, condition, value", () => {
  const cases: [unknown, string][] = [
    [{ size: -1 }, "size must be a finite number of at least 0, got -1"],
    [{}, "size must be a finite number of at least 0, got nothing"],
    [7, "the document must be an object with size, got 7"],
    [
      { size: 1, inner: { share: "1" } },
      'inner.share must be a finite number, got "1"',
    ],
    [
      { siez: 1 },
      "siez must be a known key (nearest: size), got 1",
    ],
    [
      { size: 1, inner: { shore: 1 } },
      "inner.shore must be a known key (nearest: share), got 1",
    ],
  ];
  for (const [value, expected] of cases) {
    const { message } = assertThrows(
      () => parseInput(SCHEMA, value, { act: "read it" }),
      InputError,
    );
    assertEquals(message, `Cannot read it: ${expected}`);
  }
});

Deno.test("a base path comes before the path in the value", () => {
  assertThrows(
    () => parseInput(SCHEMA, { size: -1 }, { act: "read", path: [3] }),
    InputError,
    "Cannot read: [3].size must be",
  );
  assertThrows(
    () => parseInput(SCHEMA, null, { act: "read", path: [3] }),
    InputError,
    "Cannot read: [3] must be an object with size, got null",
  );
  assertThrows(
    () =>
      parseInput(z.number({ error: "must be a number" }), "x", { act: "a" }),
    InputError,
    'Cannot a: the document must be a number, got "x"',
  );
});

Deno.test("an unknown key is named in one line, whatever it is made of", () => {
  for (
    const key of ["two words", "a.b", "line\nline", "cr\rlf", "", "__proto"]
  ) {
    const { message } = assertThrows(
      () => parseInput(SCHEMA, { size: 1, [key]: 1 }, { act: "read" }),
      InputError,
    );
    assertMatch(message, /^Cannot read: \S.* must be a known key .*, got 1$/);
  }
});

Deno.test("of several forms the one counts that the value gets furthest in", () => {
  const form = z.union([
    z.string({ error: "must be a text" }),
    z.array(numberSchema(), { error: "must be an array" }),
    SCHEMA,
  ], { error: "must be a text, an array or an object" });
  const cases: [unknown, string][] = [
    [3, "value must be a text, an array or an object, got 3"],
    [[1, "b"], 'value[1] must be a finite number, got "b"'],
    [{ size: -1 }, "value.size must be a finite number of at least 0, got -1"],
    [{ size: 1, sise: 2 }, "value.sise must be a known key (nearest: size)"],
    [
      { size: 1, inner: { share: "all" } },
      'value.inner.share must be a finite number, got "all"',
    ],
  ];
  for (const [value, message] of cases) {
    assertThrows(
      () => parseInput(form, value, { act: "read it", path: ["value"] }),
      InputError,
      `Cannot read it: ${message}`,
    );
  }
});
