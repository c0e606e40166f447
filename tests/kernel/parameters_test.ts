import { assertEquals, assertThrows } from "@std/assert";
import { NotebookInputError, parseParameter } from "../../lib/kernel/mod.ts";

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
      NotebookInputError,
      `must be NAME=VALUE, got ${text}`,
    );
  }
});
