import { assertEquals } from "@std/assert";
import {
  createFmaLoop,
  FLOP_PER_PASS,
} from "../../bench/fused_multiply_add.ts";

Deno.test("the loop does every multiply-add that is counted", () => {
  const loop = createFmaLoop();
  // Each of FLOP_PER_PASS/2 multiply-adds, four lanes at once, adds 1.
  for (const passes of [1, 2, 1000]) {
    assertEquals(loop(passes), 1 + passes * FLOP_PER_PASS / 8);
  }
});
