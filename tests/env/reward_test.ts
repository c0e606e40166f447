import { assertEquals } from "@std/assert";
import { slotReward } from "../../lib/env/reward.ts";

Deno.test("Eq. 21: minus the objective per user", () => {
  assertEquals(slotReward(30, 10), -3);
  assertEquals(slotReward(-1, 4), 0.25);
  assertEquals(slotReward(Infinity, 3), -Infinity);
});
