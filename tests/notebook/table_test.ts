import { assertEquals, assertStringIncludes } from "@std/assert";
import { DataFrame, Series } from "danfojs";
import {
  type DisplayBundle,
  displayTable,
  showFramesAsTables,
  tableBundle,
} from "../../lib/notebook/mod.ts";
import { fakeFrontEnd } from "./fake_front_end.ts";

const ROWS = [
  { method: "TD3 <b>", gap: 0.0123456789, users: 10 },
  { method: 'a"b', gap: null, users: 5 },
];

Deno.test("a table is escaped, numbers are short and on the right", () => {
  const { data } = tableBundle(ROWS);
  assertEquals(
    data["text/html"],
    '<table><thead><tr><th>method</th><th>gap</th><th>users</th></tr></thead><tbody><tr><td style="text-align: left">TD3 &lt;b&gt;</td><td style="text-align: right">0.012346</td><td style="text-align: right">10</td></tr><tr><td style="text-align: left">a&quot;b</td><td style="text-align: left"></td><td style="text-align: right">5</td></tr></tbody></table>',
  );
  assertEquals(
    data["text/plain"],
    [
      "method   gap       users",
      "TD3 <b>  0.012346     10",
      'a"b                    5',
    ].join("\n"),
  );
});

Deno.test("text that reads as a number stands on the right, too", () => {
  const { data } = tableBundle([{ a: "1.50" }, { a: "-10.25" }, { a: "x" }]);
  assertEquals(data["text/plain"], "a\n  1.50\n-10.25\nx");
});

Deno.test("columns are chosen, named and worded by the caller", () => {
  const { data } = tableBundle(ROWS, [
    "users",
    {
      key: "gap",
      label: "gap & more",
      format: (value) =>
        value === null ? "none" : `${(100 * Number(value)).toFixed(1)} %`,
    },
  ]);
  assertEquals(
    data["text/plain"],
    "users  gap & more\n   10       1.2 %\n    5  none",
  );
  assertStringIncludes(data["text/html"] as string, "<th>gap &amp; more</th>");
});

Deno.test("rows over the limit are counted, not shown", () => {
  const { data } = tableBundle(ROWS, ["users"], { maxRows: 1 });
  assertEquals(data["text/plain"], "users\n   10\n… 2 rows in all");
  assertStringIncludes(
    data["text/html"] as string,
    "</table><p>… 2 rows in all</p>",
  );
});

Deno.test("an empty table has no rows and no columns but those asked for", () => {
  assertEquals(tableBundle([]).data["text/plain"], "");
  assertEquals(
    tableBundle<{ a: number }>([], ["a"]).data["text/plain"],
    "a",
  );
});

Deno.test("a table is sent in one message", async () => {
  const { frontEnd, sent } = fakeFrontEnd();
  await displayTable(ROWS, ["method"], { frontEnd });
  assertEquals(sent, [
    ["display_data", { ...tableBundle(ROWS, ["method"]), transient: {} }],
  ]);
});

/** What the kernel would show of a cell's result. */
function displayed(result: object): Record<string, string> {
  const show = Reflect.get(result, Symbol.for("Jupyter.display"));
  return show.call(result);
}

Deno.test("danfojs frames, parts of them and series are shown as tables", () => {
  showFramesAsTables(DataFrame, { maxRows: 2 });
  const frame = new DataFrame({ "a<": [1.5, 2, 3], b: ["x", "<i>", "z"] });
  const shown = displayed(frame);
  assertEquals(
    shown["text/plain"],
    "   a<   b\n0  1.5  x\n1    2  <i>\n… 3 rows in all",
  );
  assertStringIncludes(shown["text/html"], "<th>a&lt;</th>");
  assertStringIncludes(shown["text/html"], "&lt;i&gt;");
  assertEquals(displayed(frame.head(1))["text/plain"], "   a<   b\n0  1.5  x");
  assertEquals(
    displayed(new Series([7, 8], { index: ["p", "q"] }))["text/plain"],
    "   0\np  7\nq  8",
  );
});

Deno.test("a frame is a table as rows are, with its index unless columns are chosen", async () => {
  const frame = new DataFrame({ a: [1.5, 2], b: ["x", "z"] });
  assertEquals(
    tableBundle(frame).data["text/plain"],
    "   a    b\n0  1.5  x\n1    2  z",
  );
  assertEquals(
    tableBundle(frame, [{ key: "b", label: "letter" }], { maxRows: 1 })
      .data["text/plain"],
    "letter\nx\n… 2 rows in all",
  );
  const { frontEnd, sent } = fakeFrontEnd();
  await displayTable(frame, undefined, { frontEnd });
  assertEquals(sent, [
    ["display_data", { ...tableBundle(frame), transient: {} }],
  ]);
});

Deno.test("columns are the keys of all rows, at most 50 that nobody has named", () => {
  assertEquals(
    tableBundle<{ a?: number; b?: string }>([{ a: 1 }, { b: "x" }])
      .data["text/plain"],
    "a  b\n1\n   x",
  );
  const names = Array.from({ length: 60 }, (_, k) => `k${k}`);
  const row = Object.fromEntries(names.map((name) => [name, 1]));
  const heads = (bundle: DisplayBundle) =>
    String(bundle.data["text/html"]).split("<th>").length - 1;
  assertEquals(heads(tableBundle([row])), 50);
  assertStringIncludes(
    String(tableBundle([row]).data["text/plain"]),
    "… 60 columns in all",
  );
  assertEquals(heads(tableBundle([row], names)), 60);
});
