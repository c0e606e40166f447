import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { parseParameter } from "../../lib/kernel/mod.ts";

Deno.test("a parameter's value is JSON where it can be, else text", () => {
  assertEquals(parseParameter("n=20"), ["n", 20]);
  assertEquals(parseParameter("on=true"), ["on", true]);
  assertEquals(parseParameter("list=[1,2]"), ["list", [1, 2]]);
  assertEquals(parseParameter('name="a=b"'), ["name", "a=b"]);
  assertEquals(parseParameter("name=a=b"), ["name", "a=b"]);
  assertEquals(parseParameter("name="), ["name", ""]);
});

Deno.test("a parameter without a value or with a name that is no variable is refused", () => {
  for (const text of ["n", "=1", "1n=2", "a b=1", "x; y=1", ""]) {
    assertThrows(
      () => parseParameter(text),
      InputError,
      `must be NAME=VALUE, got ${text}`,
    );
  }
});

Deno.test("a value that would be changed or lost is refused", () => {
  for (
    const [text, message] of [
      [
        "n=1e999",
        "Cannot set the parameter n: n must be what JSON can hold: finite numbers, text, arrays, objects, got Infinity",
      ],
      ["n=[1, [-1e999]]", "Cannot set the parameter n: n"],
      [
        'n={"a": 1, "a": 2}',
        'Cannot read the parameter n: the document must have every key once, got "a" twice',
      ],
    ] as const
  ) {
    assertThrows(() => parseParameter(text), InputError, message);
  }
});
