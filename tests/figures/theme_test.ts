import { assert, assertEquals } from "@std/assert";
import {
  fontFamily,
  freeColors,
  houseTheme,
  methodColors,
} from "../../lib/figures/mod.ts";
import { contrastOf, leastDifference } from "./color_vision.ts";

Deno.test("the colors of any two series differ clearly in every kind of color vision", () => {
  const methods = Object.entries(methodColors);
  const others = freeColors.filter((hex) => !methods.some((m) => m[1] === hex));
  const all = [...methods, ...others.map((hex) => [hex, hex] as const)];
  assertEquals([methods.length, others.length], [9, 5]);
  for (const [i, [name, hex]] of all.entries()) {
    for (const [other, otherHex] of all.slice(i + 1)) {
      const difference = leastDifference(hex, otherHex);
      // 2.3 is just noticeable side by side.
      const least = i < methods.length && other in methodColors ? 14 : 10;
      assert(difference > least, `${name} and ${other}: ${difference}`);
    }
  }
});

Deno.test("every color is visible on white", () => {
  for (
    const [name, hex] of [
      ...Object.entries(methodColors),
      ...freeColors.map((hex) => [hex, hex]),
    ]
  ) {
    const contrast = contrastOf(hex, "#FFFFFF");
    assert(contrast > 2.2, `${name}: ${contrast}`);
  }
});

Deno.test("figures are on white, in the bundled typeface", () => {
  assertEquals(houseTheme.background, "#FFFFFF");
  assertEquals(houseTheme.font, fontFamily);
  assert(fontFamily.startsWith("DejaVu Sans,"));
  assert(fontFamily.endsWith("sans-serif"));
});
