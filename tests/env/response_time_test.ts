import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  cloudResponseTimeS,
  edgeResponseTimeS,
  inferenceTimeS,
  transmissionTimeS,
} from "../../lib/env/response_time.ts";

Deno.test("a byte has eight bits to send", () => {
  assertEquals(transmissionTimeS(6e6, 500e3), 96);
  assertEquals(transmissionTimeS(1, 8), 1);
  assertEquals(transmissionTimeS(1, 0), Infinity);
  assertEquals(transmissionTimeS(0, 0), 0);
  assertEquals(transmissionTimeS(1, Infinity), 0);
});

Deno.test("inference takes F/(ℓ·K·A)", () => {
  // 15.6e18 operations on five A800 of 312e12: 10,000 s.
  assertEquals(inferenceTimeS(15.6e18, 1, 5, 312e12), 10_000);
  assertAlmostEquals(inferenceTimeS(15.6e18, 0.25, 20, 312e12), 10_000, 1e-9);
  assertEquals(inferenceTimeS(1, 0, 5, 1), Infinity);
  assertEquals(inferenceTimeS(0, 0, 5, 1), 0);
});

Deno.test("Eq. 10: upload, inference at the edge, completion", () => {
  // Powers of two: each term of the sum must be there once.
  assertEquals(edgeResponseTimeS(1, 2, 4), 7);
  assertEquals(edgeResponseTimeS(1, Infinity, 4), Infinity);
});

Deno.test("Eq. 11: upload, backhaul, inference in the cloud, backhaul, completion", () => {
  assertEquals(cloudResponseTimeS(1, 2, 4, 8, 16), 31);
  assertEquals(cloudResponseTimeS(Infinity, 2, 4, 8, 16), Infinity);
});

Deno.test("Eq. 11: the paper's cloud takes about five hours a request", () => {
  // Means of Table 3: 6 MB in, 535 MB out, 15 EFLOP; radio terms left out.
  const totalS = cloudResponseTimeS(
    0,
    transmissionTimeS(6e6, 500e3),
    inferenceTimeS(15e18, 1, 5, 312e12),
    transmissionTimeS(535e6, 500e3),
    0,
  );
  // 96 + 9,615.4 + 8,560.
  assertAlmostEquals(totalS, 18_271.4, 0.1);
  assert(totalS / 3600 > 5);
});
