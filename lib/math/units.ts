/**
 * The only unit conversions of the project: everything beyond them is SI and
 * linear.
 *
 * @module
 */

/** Bits in a byte. */
export const BITS_PER_BYTE = 8;

/** Seconds in an hour. */
export const SECONDS_PER_HOUR = 3600;

/** Bytes in a megabyte, by decimal (SI) or binary (IEC) prefix. */
export const BYTES_PER_MEGABYTE = { decimal: 1e6, binary: 2 ** 20 } as const;

/** Bytes in a gigabyte, by decimal (SI) or binary (IEC) prefix. */
export const BYTES_PER_GIGABYTE = { decimal: 1e9, binary: 2 ** 30 } as const;

/** Hertz in a megahertz. */
export const HERTZ_PER_MEGAHERTZ = 1e6;

/**
 * Converts a ratio in decibel to a linear ratio: 10^(dB/10).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decibelToLinear } from "./units.ts";
 *
 * assertEquals(decibelToLinear(20), 100);
 * ```
 */
export function decibelToLinear(decibel: number): number {
  return 10 ** (decibel / 10);
}

/** Converts a linear power ratio to decibel: 10·log10(ratio); 0 gives -Infinity. */
export function linearToDecibel(ratio: number): number {
  return 10 * Math.log10(ratio);
}

/**
 * Converts a power, or a power spectral density, from dBm (dBm/Hz) to watt
 * (watt/Hz): 10^((dBm - 30)/10).
 */
export function dbmToWatt(dbm: number): number {
  return 10 ** ((dbm - 30) / 10);
}
