import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { parseJson } from "../../lib/input/json.ts";

Deno.test("JSON is read; what is not JSON is told in one line", () => {
  assertEquals(parseJson('{"a": [1, null]}', "read"), { a: [1, null] });
  for (
    const text of [
      "",
      " \n",
      "{",
      '{"a": NaN}',
      '{"a": Infinity}',
      "[1,]",
      "{\n'a':\n1}",
      "\u0000",
    ]
  ) {
    const { message } = assertThrows(
      () => parseJson(text, "read x"),
      InputError,
    );
    assert(
      message.startsWith(
        "Cannot read x: the document must be valid JSON, got ",
      ),
      message,
    );
    assertEquals(message.split("\n").length, 1);
  }
});

Deno.test("a key that stands twice in an object is refused with its place", () => {
  const cases: [string, string][] = [
    ['{"a":1,"a":1}', 'the document must have every key once, got "a" twice'],
    ['[{"b":[0,{"a":1,"\\u0061":2}]}]', "[0].b[1] must have every key once"],
    ['{"a":{},"b":{"c":1,"d":{},"c":[]}}', "b must have every key once"],
    ['{"a":"{\\"b\\":1","a":2}', "the document must have every key once"],
  ];
  for (const [text, message] of cases) {
    assertThrows(
      () => parseJson(text, "read x"),
      InputError,
      `Cannot read x: ${message}`,
    );
  }
  const fine = '[{"a":1,"b":{"a":1}},{"a":"a","A":["a","a"]},"a,a","}{"]';
  assertEquals(parseJson(fine, "read x"), JSON.parse(fine));
});

Deno.test("nesting without end is refused", () => {
  for (const depth of [65, 100_000]) {
    assertThrows(
      () => parseJson("[".repeat(depth) + "]".repeat(depth), "read x"),
      InputError,
      "must be nested at most 64 deep",
    );
  }
  const deep = "[".repeat(64) + "]".repeat(64);
  assertEquals(parseJson(deep, "read x"), JSON.parse(deep));
});
