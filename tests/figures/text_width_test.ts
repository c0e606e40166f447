import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Resvg } from "@resvg/resvg-js";
import { textWidth, typefaceFiles } from "../../lib/figures/text_width.ts";

/** Width of the ink of a text as the PNG renderer sets it. */
function inkWidth(text: string, fontSize: number, fontWeight: string): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="200">
    <text x="20" y="100" font-family="DejaVu Sans" font-size="${fontSize}"
      font-weight="${fontWeight}">${text}</text></svg>`;
  const box = new Resvg(svg, {
    font: { fontFiles: [...typefaceFiles], loadSystemFonts: false },
  }).innerBBox();
  if (!box) throw new Error(`no ink in ${text}`);
  return box.width;
}

Deno.test("digits are as wide as the font tables say", () => {
  // DejaVu Sans: 1,303 of 2,048 units; bold: 1,425.
  assertAlmostEquals(textWidth({ fontSize: 20.48 }, "000"), 39.09, 1e-9);
  assertAlmostEquals(
    textWidth({ fontSize: 20.48, fontWeight: "bold" }, "000"),
    42.75,
    1e-9,
  );
  assertEquals(
    textWidth({ fontWeight: 700 }, "0"),
    textWidth({ fontWeight: "bold" }, "0"),
  );
  assertEquals(
    textWidth({ fontWeight: 400 }, "0"),
    textWidth({ fontSize: 11 }, "0"),
  );
  assertEquals(textWidth({}, ""), 0);
});

Deno.test("texts are as wide as the PNG renderer sets them", () => {
  const texts = [
    "Episode return Σₜ r(t)",
    "Convergence of TD3 and DDPG",
    "AVATAR To Ty",
    "−1,234.5",
  ];
  for (const fontWeight of ["normal", "bold"]) {
    for (const text of texts) {
      // Between two bars the bearings at the ends drop out of the difference.
      const expected = inkWidth(`|${text}|`, 40, fontWeight) -
        inkWidth("|", 40, fontWeight);
      const width = textWidth({ fontSize: 40, fontWeight }, `|${text}`);
      assertAlmostEquals(width, expected, 1);
    }
  }
});

Deno.test("a text is no wider than its limit", () => {
  assertEquals(textWidth({ fontSize: 20, limit: 30 }, "0000000"), 30);
  assertEquals(
    textWidth({ fontSize: 20, limit: 300 }, "0"),
    textWidth({ fontSize: 20 }, "0"),
  );
});
