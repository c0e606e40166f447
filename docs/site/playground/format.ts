/**
 * Numbers as the playground shows them.
 *
 * @module
 */

/** A unit of time and how many seconds it has. */
export interface TimeUnit {
  /** Its sign. */
  readonly sign: string;
  /** Its length in s. */
  readonly seconds: number;
}

/** Units, and up to how many seconds each is used. */
const UNITS: readonly (TimeUnit & { readonly most: number })[] = [
  { sign: "s", seconds: 1, most: 600 },
  { sign: "min", seconds: 60, most: 10_800 },
  { sign: "h", seconds: 3600, most: Infinity },
];

/** The unit in which times of up to `longestS` are read best. */
export function timeUnit(longestS: number): TimeUnit {
  return UNITS.find(({ most }) => longestS <= most) ?? UNITS[2];
}

/** A number with a few digits that count, and no more. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : String(value);
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  const wanted = digits - 1 - Math.floor(Math.log10(Math.abs(value) || 1));
  return value.toLocaleString("en-US", {
    maximumFractionDigits: Math.min(Math.max(wanted, 0), 6),
  });
}

/** A time in the unit that suits it, or in another: "8.6 s", "2.6 h". */
export function time(seconds: number, unit = timeUnit(seconds)): string {
  if (!Number.isFinite(seconds)) return "never";
  return `${short(seconds / unit.seconds)} ${unit.sign}`;
}

/** A part of 1 in percent: "12.5 %". */
export function percent(part: number): string {
  return `${short(100 * part)} %`;
}

/** Bytes as MB or GB of ten's powers. */
export function bytes(count: number): string {
  return count < 1e9 ? `${short(count / 1e6)} MB` : `${short(count / 1e9)} GB`;
}
