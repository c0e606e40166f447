import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { moveLeastFirst } from "../../lib/math/sample.ts";
import { interquartileMean } from "../../lib/stats/statistics.ts";

// Few different numbers tie often; many are hardly ever equal.
const numbers = fc.oneof(
  fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 60 }),
  fc.array(fc.double({ noNaN: true }), { maxLength: 60 }),
);

Deno.test("the least come first, and no number is lost", () => {
  fc.assert(
    fc.property(numbers, fc.nat(60), (given, limit) => {
      const count = Math.min(limit, given.length);
      const moved = Float64Array.from(given);
      moveLeastFirst(moved, count);
      const sorted = Float64Array.from(given).sort();
      assertEquals(moved.slice(0, count).sort(), sorted.slice(0, count));
      assertEquals(moved.slice(count).sort(), sorted.slice(count));
    }),
    { numRuns: 1000 },
  );
});

Deno.test("the interquartile mean is that of the sorted numbers, which stay as they were", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: -50, max: 50 }), {
      minLength: 1,
      maxLength: 40,
    }),
    (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const dropped = Math.floor(values.length / 4);
      const kept = sorted.slice(dropped, values.length - dropped);
      const given = [...values];
      assertEquals(
        interquartileMean(values),
        kept.reduce((sum, value) => sum + value) / kept.length,
      );
      assertEquals(values, given);
    },
  ));
});
