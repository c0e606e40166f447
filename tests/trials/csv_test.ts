import { assertEquals, assertThrows } from "@std/assert";
import { formatCsv } from "../../lib/trials/csv.ts";
import { parseCsv, TEXT } from "../../lib/input/csv.ts";
import { numberSchema } from "../../lib/input/schema.ts";

Deno.test("numbers and texts come back from CSV to the same bits", () => {
  const rows = [
    { series: "TD3", seed: 0, value: 0.1 + 0.2 },
    { series: "DDPG", seed: 1, value: -1e-300 },
    { series: "a,b", seed: 2, value: 1e21 },
    { series: 'a "b"\nc', seed: 3, value: -0.5 },
    { series: "7", seed: 4, value: 5e-324 },
  ];
  const columns = {
    series: TEXT,
    seed: numberSchema({ minimum: 0, integer: true }),
    value: numberSchema(),
  };
  const text = formatCsv(rows, columns);
  assertEquals(text.split("\n")[0], "series,seed,value");
  const source = { act: "read it", path: "x.csv" };
  assertEquals(parseCsv(text, columns, source), rows);
});

Deno.test("a number that is not finite is never written", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => formatCsv([{ value: 1 }, { value }], ["value"]),
      RangeError,
      `Cannot write CSV: rows[1].value must be finite, got ${value}`,
    );
  }
});
