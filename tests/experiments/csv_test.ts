import { assertEquals, assertThrows } from "@std/assert";
import { formatCsv, parseCsv } from "../../lib/experiments/csv.ts";

Deno.test("numbers come back from CSV to the same bits", () => {
  const rows = [
    { series: "TD3", value: 0.1 + 0.2, seed: 0 },
    { series: "DDPG", value: -1e-300, seed: 1 },
    { series: "a,b", value: 1e21, seed: 2 },
  ];
  const columns = ["series", "seed", "value"] as const;
  const text = formatCsv(rows, columns);
  assertEquals(text.split("\n")[0], "series,seed,value");
  assertEquals(parseCsv<typeof rows[0]>(text, columns), [
    { series: "TD3", seed: 0, value: 0.30000000000000004 },
    { series: "DDPG", seed: 1, value: -1e-300 },
    { series: "a,b", seed: 2, value: 1e21 },
  ]);
});

Deno.test("a missing column is named", () => {
  assertThrows(
    () => parseCsv<{ a: number; b: number }>("a\n1\n", ["a", "b"]),
    Error,
    "the columns must include b, got a",
  );
});
