import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { channelGain, distanceM, pathGainDb } from "../../lib/env/channel.ts";

Deno.test("Eq. 4: distances of Pythagorean triangles", () => {
  assertEquals(distanceM(0, 0, 3, 4), 5);
  assertEquals(distanceM(250, 500, 262, 505), 13);
  assertEquals(distanceM(-8, 20, 0, 5), 17);
  assertEquals(distanceM(7, 7, 7, 7), 0);
  assertEquals(distanceM(1, 2, 5, 9), distanceM(5, 9, 1, 2));
});

Deno.test("Eq. 5: −128.1 dB at a kilometre, 37.6 dB a decade", () => {
  assertEquals(pathGainDb(1), -128.1);
  assertAlmostEquals(pathGainDb(0.1), -90.5, 1e-12);
  assertAlmostEquals(pathGainDb(0.01), -52.9, 1e-12);
  assertAlmostEquals(pathGainDb(10), -165.7, 1e-12);
  // log10(2) = 0.30102999566…: 11.318727836… dB for every doubling.
  assertAlmostEquals(pathGainDb(1) - pathGainDb(2), 11.318727836926, 1e-9);
});

Deno.test("Eq. 5: a distance of 0 has no finite gain", () => {
  assertEquals(pathGainDb(0), Infinity);
});

Deno.test("Eq. 6: the path gain is made linear, then fades with |δ|²", () => {
  assertAlmostEquals(channelGain(-20, 1, 0), 0.01, 1e-17);
  // |3 + 4i|² = 25.
  assertAlmostEquals(channelGain(-10, 3, 4), 2.5, 1e-15);
  assertAlmostEquals(channelGain(-10, -4, 3), 2.5, 1e-15);
  assertEquals(channelGain(-128.1, 0, 0), 0);
  // 10^-5.29 at 10 m: 5.1286138399e-6.
  assertAlmostEquals(channelGain(-52.9, 0, 1), 5.128613839913648e-6, 1e-18);
});

Deno.test("Eqs. 5 and 6: farther is weaker, and no gain is negative", () => {
  let before = Infinity;
  for (const kilometers of [0.01, 0.1, 0.5, 1, 2, 50]) {
    const gain = channelGain(pathGainDb(kilometers), 0.6, -0.8);
    assert(gain > 0 && gain < before);
    before = gain;
  }
});
