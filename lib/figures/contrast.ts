/**
 * Contrast of colors, and colors that can be seen on a ground.
 *
 * @module
 */

/** Red, green and blue of `#RRGGBB`, from 0 to 255. */
function channels(color: string): [number, number, number] {
  const [red, green, blue] = [1, 3, 5].map((start) =>
    parseInt(color.slice(start, start + 2), 16)
  );
  return [red, green, blue];
}

/** Relative luminance of a color, from 0 to 1 (WCAG 2.2). */
function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * How far two colors stand apart in luminance, from 1 to 21 (WCAG 2.2): text should
 * have 4.5, lines and signs 3.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { contrast } from "./contrast.ts";
 *
 * assertAlmostEquals(contrast("#FFFFFF", "#000000"), 21);
 * ```
 */
export function contrast(color: string, other: string): number {
  const [dark, light] = [luminance(color), luminance(other)].sort((a, b) =>
    a - b
  );
  return (light + 0.05) / (dark + 0.05);
}

/**
 * A part of one color laid over another.
 *
 * @param part From 0 (the ground alone) to 1 (the color alone).
 */
export function blend(color: string, ground: string, part: number): string {
  const under = channels(ground);
  return `#${
    channels(color).map((value, i) =>
      Math.round(part * value + (1 - part) * under[i]).toString(16)
        .padStart(2, "0")
    ).join("").toUpperCase()
  }`;
}

/** Steps from a color to white or black. */
const STEPS = 64;

/**
 * The color, or where it cannot be seen on the ground the next lighter one (on dark
 * grounds) or darker one (on light ones) of the contrast that is asked for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readableColor } from "./contrast.ts";
 *
 * assertEquals(readableColor("#0072B2", "#FFFFFF", 3), "#0072B2");
 * assertEquals(readableColor("#56B4E9", "#FFFFFF", 3), "#4A9BC8");
 * ```
 */
export function readableColor(
  color: string,
  ground: string,
  least: number,
): string {
  const end = luminance(ground) < 0.18 ? "#FFFFFF" : "#000000";
  for (let step = 0; step < STEPS; step += 1) {
    const mixed = blend(end, color, step / STEPS);
    if (contrast(mixed, ground) >= least) return step === 0 ? color : mixed;
  }
  return end;
}
