import { assertEquals } from "@std/assert";
import { formatMarkdownTable, formatTable } from "../../lib/cli/table.ts";

Deno.test("columns are as wide as their widest cell", () => {
  assertEquals(formatTable([["a", "b"], ["long", "c"]]), [
    "a     b",
    "long  c",
  ]);
});

Deno.test("a Markdown table escapes bars", () => {
  assertEquals(
    formatMarkdownTable([["x"], ["a|b"]]),
    "| x |\n| --- |\n| a\\|b |",
  );
});
