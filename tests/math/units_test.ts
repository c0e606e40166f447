import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  BITS_PER_BYTE,
  BYTES_PER_GIGABYTE,
  BYTES_PER_MEGABYTE,
  dbmToWatt,
  decibelToLinear,
  HERTZ_PER_MEGAHERTZ,
  linearToDecibel,
  SECONDS_PER_HOUR,
} from "../../lib/math/units.ts";

Deno.test("constants are those of SI and IEC", () => {
  assertEquals(BITS_PER_BYTE, 8);
  assertEquals(SECONDS_PER_HOUR, 60 * 60);
  assertEquals(BYTES_PER_MEGABYTE, { decimal: 1_000_000, binary: 1_048_576 });
  assertEquals(BYTES_PER_GIGABYTE, {
    decimal: 1_000_000_000,
    binary: 1_073_741_824,
  });
  assertEquals(HERTZ_PER_MEGAHERTZ, 1_000_000);
});

Deno.test("decibels are powers of ten by tenths", () => {
  assertEquals(decibelToLinear(0), 1);
  assertEquals(decibelToLinear(30), 1000);
  assertAlmostEquals(decibelToLinear(3), 1.9952623149688795, 1e-14);
  assertAlmostEquals(decibelToLinear(-128.1), 1.5488166189124828e-13, 1e-25);
  assertEquals(decibelToLinear(-Infinity), 0);
  assertAlmostEquals(linearToDecibel(2), 3.010299956639812, 1e-14);
  assertEquals(linearToDecibel(0), -Infinity);
});

Deno.test("linearToDecibel undoes decibelToLinear", () => {
  for (const decibel of [-174, -52.9, -0.5, 0, 7, 43]) {
    const back = linearToDecibel(decibelToLinear(decibel));
    assertAlmostEquals(back, decibel, 1e-10);
  }
});

Deno.test("the powers of Table 3 come to their values in watt", () => {
  assertEquals(dbmToWatt(30), 1);
  assertEquals(dbmToWatt(0), 1e-3);
  assertAlmostEquals(dbmToWatt(23), 0.19952623149688797, 1e-15);
  assertAlmostEquals(dbmToWatt(43), 19.952623149688797, 1e-13);
  // Thermal noise at 288 K: k·T = 1.381e-23 · 288 = 3.98e-21 W/Hz.
  assertAlmostEquals(dbmToWatt(-174), 3.9810717055349695e-21, 1e-33);
});
