import { assertEquals } from "@std/assert";
import {
  bandwidthMatrix,
  computeMatrix,
  effectiveShare,
} from "../../lib/env/shares.ts";

Deno.test("Eq. 16: α_22 = 0.2 stands in row 2, column 2", () => {
  // Users 1 to 3 at servers 1, 2, 2 (the paper counts from 1).
  const alpha = bandwidthMatrix([0.9, 0.2, 0.8], Int32Array.of(0, 1, 1), 3);
  assertEquals([...alpha], [
    ...[0.9, 0, 0],
    ...[0, 0.2, 0.8],
    ...[0, 0, 0],
  ]);
});

Deno.test("Eq. 17: ℓ_34 = 0.4 stands in row 3, column 4", () => {
  const ell = computeMatrix([1, 1, 0.6, 0.4], Int32Array.of(0, 1, 2, 2), 3);
  assertEquals(ell[2 * 4 + 3], 0.4);
  assertEquals([...ell.subarray(8)], [0, 0, 0.6, 0.4]);
  assertEquals(ell.reduce((sum, share) => sum + share, 0), 3);
});

Deno.test("Eqs. 16 and 17: one server, one user", () => {
  assertEquals([...bandwidthMatrix([0.5], Int32Array.of(0), 1)], [0.5]);
  assertEquals([...computeMatrix([1], Int32Array.of(0), 1)], [1]);
});

Deno.test("the effective share is never below the floor", () => {
  assertEquals(effectiveShare(0.2, 0), 0.2);
  assertEquals(effectiveShare(0, 0.001), 0.001);
  assertEquals(effectiveShare(-0.5, 0), 0);
  // A share beyond 1 is judged as given.
  assertEquals(effectiveShare(1.5, 0.1), 1.5);
});
