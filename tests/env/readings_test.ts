import { assertEquals } from "@std/assert";
import { metersPerDistanceUnit } from "../../lib/env/readings.ts";
import { DEFAULT_ASSUMPTIONS } from "../../lib/scenario/assumptions.ts";

Deno.test("a kilometer has a thousand meters, a meter one", () => {
  assertEquals(metersPerDistanceUnit(DEFAULT_ASSUMPTIONS), 1000);
  assertEquals(
    metersPerDistanceUnit({
      ...DEFAULT_ASSUMPTIONS,
      pathLossDistanceUnit: "meter",
    }),
    1,
  );
});
