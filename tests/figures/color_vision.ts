/** Colors as eyes see them, computed apart from the library. */

type Triple = readonly [number, number, number];

/** Linear red, green and blue of a color, from 0 to 1. */
export function linearRgb(hex: string): Triple {
  const channel = (start: number) => {
    const value = parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function product(matrix: readonly Triple[], [r, g, b]: Triple): Triple {
  const [x, y, z] = matrix.map((row) => row[0] * r + row[1] * g + row[2] * b);
  return [x, y, z];
}

/** CIELAB of linear sRGB under D65. */
function lab(rgb: Triple): Triple {
  const clipped = rgb.map((v) => Math.min(1, Math.max(0, v)));
  const xyz = product([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
  ], [clipped[0], clipped[1], clipped[2]]);
  const white = [0.95047, 1, 1.08883];
  const [x, y, z] = xyz.map((v, i) => {
    const ratio = v / white[i];
    return ratio > 216 / 24389
      ? Math.cbrt(ratio)
      : (24389 / 27 * ratio + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const VISION: Record<string, readonly Triple[]> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.011820, 0.042940, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.303900],
  ],
};

/** The least distance in CIELAB of two colors, in any kind of color vision. */
export function leastDifference(color: string, other: string): number {
  return Math.min(
    ...Object.values(VISION).map((matrix) => {
      const [a, b] = [color, other].map((hex) =>
        lab(product(matrix, linearRgb(hex)))
      );
      return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    }),
  );
}

/** The contrast of two colors (WCAG 2.2). */
export function contrastOf(color: string, other: string): number {
  const [a, b] = [color, other].map((hex) => {
    const [red, green, blue] = linearRgb(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(a, b) / Math.min(a, b);
}
