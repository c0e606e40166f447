import { assertEquals } from "@std/assert";
import { metresPerDistanceUnit } from "../../lib/env/readings.ts";
import { DEFAULT_ASSUMPTIONS } from "../../lib/scenario/assumptions.ts";

Deno.test("a kilometre has a thousand metres, a metre one", () => {
  assertEquals(metresPerDistanceUnit(DEFAULT_ASSUMPTIONS), 1000);
  assertEquals(
    metresPerDistanceUnit({
      ...DEFAULT_ASSUMPTIONS,
      pathLossDistanceUnit: "meter",
    }),
    1,
  );
});
