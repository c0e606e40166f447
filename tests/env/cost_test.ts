import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  cloudCost,
  edgeCost,
  gpuRentalCost,
  storageCost,
  transferCost,
} from "../../lib/env/cost.ts";
import { PROPERTY } from "./worlds.ts";

Deno.test("transfer is paid both ways", () => {
  // 6 MB in and 535 MB out at 0.2 a MB: 1.2 + 107.
  assertAlmostEquals(transferCost(6e6, 535e6, 0.2e-6), 108.2, 1e-10);
  assertEquals(transferCost(3, 5, 2), 16);
});

Deno.test("GPUs are paid for F/A_8, whatever the share", () => {
  // 15 EFLOP at 312 TFLOP/s are 48,076.9 s = 13.3547 h, at 4 an hour 53.419.
  assertAlmostEquals(gpuRentalCost(15e18, 312e12, 4 / 3600), 53.4188, 1e-4);
  assertEquals(gpuRentalCost(6, 2, 5), 15);
});

Deno.test("Eq. 12: access transfer and GPUs", () => {
  assertEquals(edgeCost(1, 2), 3);
});

Deno.test("Eq. 13: access and backhaul transfer and GPUs", () => {
  assertEquals(cloudCost(1, 2, 4), 7);
  // Table 3's means: 541 MB at 0.2 and at 0.6, and 53.42 of GPUs.
  assertAlmostEquals(
    cloudCost(541 * 0.2, 541 * 0.6, 53.4188),
    486.2188,
    1e-9,
  );
});

Deno.test("Eq. 14: storage of all servers at one price", () => {
  // 11 GB and 5 GB at 0.4 a GB.
  assertAlmostEquals(
    storageCost(Float64Array.of(11e9, 5e9), 0.4e-9),
    6.4,
    1e-12,
  );
  assertEquals(storageCost(Float64Array.of(0, 0), 1), 0);
  assertEquals(storageCost(new Float64Array(0), 1), 0);
});

const amount = fc.nat({ max: 1_000_000_000 }).map((n) => n / 1000);

Deno.test("costs are non-negative and scale with sizes and prices", () => {
  fc.assert(
    fc.property(
      fc.tuple(amount, amount, amount, amount),
      fc.nat({ max: 1000 }).map((n) => n / 10),
      ([a, b, price, flop], factor) => {
        const near = (actual: number, expected: number) =>
          assertAlmostEquals(actual, expected, 1e-12 * Math.abs(expected));
        const transfer = transferCost(a, b, price);
        near(transferCost(factor * a, factor * b, price), factor * transfer);
        near(transferCost(a, b, factor * price), factor * transfer);
        const rental = gpuRentalCost(flop, 3, price);
        near(gpuRentalCost(factor * flop, 3, price), factor * rental);
        const used = Float64Array.of(a, b);
        const storage = storageCost(used, price);
        near(storageCost(used.map((x) => factor * x), price), factor * storage);
        for (const cost of [transfer, rental, storage]) {
          assertEquals(cost >= 0, true);
        }
      },
    ),
    PROPERTY,
  );
});
