import { assertEquals } from "@std/assert";
import { parse, View } from "vega";
import { compactData, compactRows } from "../../lib/figures/compact_data.ts";

/** Rows as Vega reads them. */
async function readByVega(data: object): Promise<object[]> {
  const view = new View(parse({ data: [{ name: "rows", ...data }] as never }));
  await view.runAsync();
  return view.data("rows").map((row: object) => ({ ...row }));
}

Deno.test("Vega reads rows back as they were: names with commas and quotes, numbers, nothing", async () => {
  const rows = [
    { series: '1e-5, "a"', value: -7.25, upper: null },
    { series: "1e-5", value: 0, upper: 12 },
  ];
  const strip = (read: object[]) =>
    read.map((row) => JSON.parse(JSON.stringify(row)));
  assertEquals(strip(await readByVega(compactRows(rows)!)), rows);
});

Deno.test("rows that text cannot hold stay as they are", () => {
  const kept: object[][] = [
    [],
    [{}],
    [{ a: true }],
    [{ a: 1 }, { a: "x" }],
    [{ a: 1 }, { b: 1 }],
    [{ a: "" }],
  ];
  for (const rows of kept) assertEquals(compactRows(rows), undefined);
});

Deno.test("a layer of one series has its rows alone", () => {
  const spec = {
    datasets: { means: [{ series: "a", mean: 1 }, { series: "b", mean: 2 }] },
    layer: [{
      data: { name: "means" },
      transform: [{ filter: { field: "series", equal: "b" } }],
    }],
  };
  compactData(spec);
  assertEquals(JSON.parse(JSON.stringify(spec)), {
    layer: [{
      data: {
        values: "series,mean\nb,2",
        format: { type: "csv", parse: { series: "string", mean: "number" } },
      },
      transform: [{ filter: { field: "series", equal: "b" } }],
    }],
  });
});
