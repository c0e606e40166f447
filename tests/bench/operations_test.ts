import { assertEquals } from "@std/assert";
import { updateFlop } from "../../bench/operations.ts";

Deno.test("an update of TD3 at the paper's sizes needs 2.08 Mflop a row", () => {
  const shape = {
    observationSize: 41,
    actionSize: 80,
    hiddenSizes: [256, 256],
    batchSize: 64,
    criticCount: 2,
  } as const;
  // Actor 41·256 + 256·256 + 256·80 = 96512, critic 121·256 + 256·256 + 256 =
  // 96768; behind their first layers 86016 and 65792.
  // Target 96512 + 2·96768 = 290048; regression 2·(2·96768 + 65792) = 518656;
  // policy step 96512 + 96768 + 65792 + 80·256 + 96512 + 86016 = 462080.
  assertEquals(updateFlop(shape, 2), 2 * 64 * (290048 + 518656 + 231040));
});

Deno.test("an update of DDPG has one critic and moves its actor each time", () => {
  const shape = {
    observationSize: 1,
    actionSize: 1,
    hiddenSizes: [3],
    batchSize: 7,
    criticCount: 1,
  } as const;
  // Actor 1·3 + 3·1 = 6, critic 2·3 + 3·1 = 9; behind the first layers 3 and 3.
  // Target 6 + 9; regression 9 + 9 + 3; policy step 6 + 9 + 3 + 1·3 + 6 + 3.
  assertEquals(updateFlop(shape, 1), 2 * 7 * (15 + 21 + 30));
});
