import { jsonText } from "../../lib/cli/terminal.ts";
import { assertEquals } from "@std/assert";
import { formatTable } from "../../lib/cli/table.ts";

Deno.test("columns are as wide as their widest cell", () => {
  assertEquals(formatTable([["a", "b"], ["long", "c"]]), [
    "a     b",
    "long  c",
  ]);
});

Deno.test("a cell's control characters are escaped, and its length is cut", () => {
  const [line] = formatTable([["a\x1b[31mb\n", "c"]]);
  assertEquals(line, "a\\u001b[31mb\\u000a  c");
  assertEquals(formatTable([["x".repeat(1000)]])[0], "x".repeat(300) + "…");
});

Deno.test("JSON for a terminal is the same JSON", () => {
  const value = { name: "\x1b\x9b\u202e\u2028\u{e0001}é", list: [1, "\n"] };
  const text = jsonText(value);
  assertEquals(JSON.parse(text), value);
  assertEquals(text.includes("é"), true);
  assertEquals(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u.test(text), false);
});
