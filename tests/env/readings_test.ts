import { assertEquals } from "@std/assert";
import { metresPerDistanceUnit } from "../../lib/env/readings.ts";
import { DEFAULT_ASSUMPTIONS } from "../../lib/scenario/assumptions.ts";

Deno.test("a kilometer has a thousand meters, a meter one", () => {
  assertEquals(metresPerDistanceUnit(DEFAULT_ASSUMPTIONS), 1000);
  assertEquals(
    metresPerDistanceUnit({
      ...DEFAULT_ASSUMPTIONS,
      pathLossDistanceUnit: "meter",
    }),
    1,
  );
});
