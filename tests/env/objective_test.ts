import { assertAlmostEquals, assertEquals } from "@std/assert";
import { slotObjective } from "../../lib/env/objective.ts";

Deno.test("Eq. 15: weighted time and weighted cost", () => {
  assertEquals(slotObjective(3, 5, 2, 10), 56);
  assertEquals(slotObjective(0, 0, 2, 10), 0);
});

Deno.test("Eq. 15: an all-cloud request costs about one, half of it time", () => {
  const time = slotObjective(18_459, 0, 1 / 36_000, 1 / 1000);
  const money = slotObjective(0, 484.6, 1 / 36_000, 1 / 1000);
  // 18,459/36,000 and 484.6/1,000.
  assertAlmostEquals(time, 0.51275, 1e-12);
  assertAlmostEquals(money, 0.4846, 1e-12);
});

Deno.test("Eq. 15: a weight of 0 takes an endless time out", () => {
  assertEquals(slotObjective(Infinity, 4, 0, 0.5), 2);
  assertEquals(slotObjective(4, Infinity, 0.5, 0), 2);
  assertEquals(slotObjective(Infinity, 4, 0.1, 0.5), Infinity);
});
