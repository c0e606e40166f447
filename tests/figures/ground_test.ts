import { assert, assertEquals } from "@std/assert";
import { contrast } from "../../lib/figures/contrast.ts";
import { colorOnGround } from "../../lib/figures/ground.ts";
import {
  claimsMatrixFigure,
  freeColors,
  type MatrixRow,
  methodColors,
  pageFigure,
  themes,
} from "../../lib/figures/mod.ts";
import { contrastOf, leastDifference } from "./color_vision.ts";

const THEMES = ["light", "dark"] as const;

Deno.test("contrast is that of the Web Content Accessibility Guidelines", () => {
  // Luminance of mid gray #777777: ((119/255 + 0.055) / 1.055) ^ 2.4 = 0.18447.
  assert(Math.abs(contrast("#777777", "#FFFFFF") - 1.05 / 0.23447) < 1e-4);
  assertEquals(contrast("#0072B2", "#0072B2"), 1);
});

Deno.test("every series can be seen, and read as a title, on light and on dark ground", () => {
  for (const theme of THEMES) {
    const ground = String(themes[theme].background);
    for (const color of [...Object.values(methodColors), ...freeColors]) {
      const mark = colorOnGround(color, theme);
      const text = colorOnGround(color, theme, "text");
      assert(contrastOf(mark, ground) >= 3, `${theme}: ${color} as ${mark}`);
      assert(contrastOf(text, ground) >= 4.5, `${theme}: ${color} as ${text}`);
    }
  }
});

Deno.test("on both grounds any two series stay apart in every kind of color vision", () => {
  const methods = Object.values(methodColors);
  const others = freeColors.filter((color) => !methods.includes(color));
  const all = [...methods, ...others];
  for (const theme of THEMES) {
    for (const [i, color] of all.entries()) {
      for (const other of all.slice(i + 1)) {
        const difference = leastDifference(
          colorOnGround(color, theme),
          colorOnGround(other, theme),
        );
        const least = methods.includes(other) ? 14 : 10;
        assert(
          difference > least,
          `${theme}: ${color} and ${other}: ${difference}`,
        );
      }
    }
  }
});

Deno.test("titles, labels and subtitles of both themes have a contrast of 4.5", () => {
  for (const theme of THEMES) {
    const { background, title, axis, legend } = themes[theme];
    for (
      const color of [
        title!.color,
        title!.subtitleColor,
        axis!.labelColor,
        axis!.titleColor,
        legend!.labelColor,
      ]
    ) assert(contrastOf(String(color), String(background)) >= 4.5, `${color}`);
  }
});
