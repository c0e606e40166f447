import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  bellmanTarget,
  clippedDoubleTarget,
  noisyAction,
  smoothedTargetAction,
} from "../../lib/agents/mod.ts";

Deno.test("bellmanTarget adds the discounted next value", () => {
  // -2 + 0.99 · 10 = 7.9
  assertAlmostEquals(bellmanTarget(-2, 0.99, 0, 10), 7.9, 1e-12);
});

Deno.test("bellmanTarget is the reward alone at the end or without discount", () => {
  assertEquals(bellmanTarget(-2, 0.99, 1, 10), -2);
  assertEquals(bellmanTarget(-2, 0, 0, 10), -2);
});

Deno.test("clippedDoubleTarget takes the smaller value, whichever it is", () => {
  // 1 + 0.5 · (-4) = -1
  assertEquals(clippedDoubleTarget(1, 0.5, 0, -4, 3), -1);
  assertEquals(clippedDoubleTarget(1, 0.5, 0, 3, -4), -1);
  assertEquals(clippedDoubleTarget(1, 0.5, 1, 3, -4), 1);
});

Deno.test("smoothedTargetAction clips the noise first, then the action", () => {
  // The noise 2 becomes 0.5; -0.75 + 0.5 = -0.25.
  assertEquals(smoothedTargetAction(-0.75, 2, 0.5), -0.25);
  // -0.75 - 0.5 = -1.25, outside.
  assertEquals(smoothedTargetAction(-0.75, -2, 0.5), -1);
  assertEquals(smoothedTargetAction(-0.75, 0.25, 0.5), -0.5);
});

Deno.test("noisyAction stays in [-1, 1]", () => {
  assertEquals(noisyAction(0.5, 0.25), 0.75);
  assertEquals(noisyAction(0.5, 1), 1);
  assertEquals(noisyAction(0.5, -7), -1);
});
