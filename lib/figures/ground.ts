/**
 * Figures on light and on dark ground, on which all of them can be read.
 *
 * @module
 */

import { blend, contrast, readableColor } from "./contrast.ts";
import { isPart, type Part, walkParts } from "./parts.ts";
import type { FigureSpec } from "./spec.ts";
import { darkInkColor, inkColor, type ThemeName, themes } from "./theme.ts";

/** Contrast of text and of marks with the ground, at least (WCAG 2.2, level AA). */
export const LEAST_CONTRAST = { text: 4.5, mark: 3 } as const;

/**
 * Colors of the project where they are not their own on a ground: those that are too
 * pale or too dark there, and would fall together with others in some color vision if
 * they were only made darker or lighter.
 */
const ON_GROUND: Readonly<Record<ThemeName, Readonly<Record<string, string>>>> =
  {
    light: {
      "#D55E00": "#C65100",
      "#A6A6A6": "#9891A7",
      "#E69F00": "#DB7D00",
      "#56B4E9": "#5297E6",
      "#009E73": "#009D6C",
      "#999933": "#9B973C",
      "#EE6677": "#ED6576",
    },
    dark: {
      [inkColor]: darkInkColor,
      "#000000": "#FFFFFF",
      "#0072B2": "#0075B7",
      "#D55E00": "#D55D01",
      "#009E73": "#08BB57",
      "#56B4E9": "#56B0EC",
      "#EE6677": "#F16777",
      "#AA3377": "#CB569A",
      "#5B4636": "#9C7A60",
      "#332288": "#8877DD",
      "#225555": "#3794A6",
      "#666633": "#7A7A3D",
    },
  };

/** The ground of a theme. */
function groundOf(theme: ThemeName): string {
  return themes[theme].background as string;
}

/**
 * A color as it is on the ground of a theme: its own if it can be seen there, or else
 * a lighter or a darker one.
 *
 * @param use Marks need a contrast of 3 with the ground, text 4.5.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { colorOnGround } from "./ground.ts";
 *
 * assertEquals(colorOnGround("#000000", "dark"), "#FFFFFF");
 * assertEquals(colorOnGround("#0072B2", "light"), "#0072B2");
 * ```
 */
export function colorOnGround(
  color: string,
  theme: ThemeName,
  use: keyof typeof LEAST_CONTRAST = "mark",
): string {
  const known = ON_GROUND[theme][color.toUpperCase()];
  return readableColor(known ?? color, groundOf(theme), LEAST_CONTRAST[use]);
}

/** Fills on dark ground, where they are not their own. */
const FILLS_ON_DARK: Readonly<Record<string, string>> = {
  "#FFFFFF": themes.dark.background as string,
  "#D9D9D9": "#565C63",
};

/** Fills may be as pale as the ground: signs, borders or a text tell what they are. */
function fillOnGround(color: string, theme: ThemeName): string {
  return theme === "dark" ? FILLS_ON_DARK[color.toUpperCase()] ?? color : color;
}

const HEX = /^#[0-9a-f]{6}$/i;

/** The part of the ground that a pale fill lets through is `1 - opacity`. */
function paleOpacity({ fillOpacity }: Part): number {
  const { condition } = isPart(fillOpacity) ? fillOpacity : {} as Part;
  return isPart(condition) && typeof condition.value === "number"
    ? condition.value
    : 1;
}

/** Signs in cells get the ink that stands out from the cell's fill. */
function inkOnFills(panel: Part, theme: ThemeName): void {
  const { data, layer } = panel;
  if (!isPart(data) || !Array.isArray(data.values) || !Array.isArray(layer)) {
    return;
  }
  const encoding = layer.map((one) => one.encoding as Part)
    .find((one) => isPart(one?.fill));
  const fill = encoding?.fill as Part | undefined;
  const scale = fill?.scale as { domain: string[]; range: string[] };
  if (encoding === undefined || fill === undefined) return;
  for (const row of data.values as Part[]) {
    if (typeof row.ink !== "string") continue;
    const own = scale.domain.indexOf(String(row[String(fill.field)]));
    const color = fillOnGround(scale.range[own], theme);
    const seen = blend(
      color,
      groundOf(theme),
      row.inherited === true ? paleOpacity(encoding) : 1,
    );
    row.ink = [inkColor, "#FFFFFF"].toSorted((a, b) =>
      contrast(b, seen) - contrast(a, seen)
    )[0];
  }
}

/**
 * Puts a specification of the house on the ground of a theme, in place: its
 * configuration, and every color in it.
 */
export function putOnGround(spec: Part, theme: ThemeName): void {
  walkParts(spec, (part) => {
    for (const [key, value] of Object.entries(part)) {
      if (key === "config") continue;
      if (key === "fill" && isPart(value) && isPart(value.scale)) {
        const { scale } = value;
        if (Array.isArray(scale.range)) {
          scale.range = scale.range.map((one) => fillOnGround(one, theme));
        }
      } else if (key === "color" && isPart(value) && isPart(value.scale)) {
        const { scale } = value;
        if (Array.isArray(scale.range)) {
          scale.range = scale.range.map((one) => colorOnGround(one, theme));
        }
      } else if (typeof value === "string" && HEX.test(value)) {
        const isText = key === "color" && typeof part.text === "string";
        part[key] = colorOnGround(value, theme, isText ? "text" : "mark");
      }
    }
    inkOnFills(part, theme);
  });
  spec.config = themes[theme] as unknown;
}

/**
 * A specification of the house on the ground of a theme. Light is what it is drawn for,
 * so that files stay as they are.
 */
export function onTheme(spec: FigureSpec, theme: ThemeName): FigureSpec {
  if (theme === "light") return spec;
  const own = JSON.parse(JSON.stringify(spec)) as Part;
  putOnGround(own, theme);
  return own as unknown as FigureSpec;
}
