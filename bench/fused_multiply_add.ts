/**
 * The most that a core gives with 128-bit fused multiply-adds from WebAssembly:
 * a loop that touches nothing but registers.
 *
 * @module
 */

/** Independent sums: enough to hide an FMA's latency, few enough for registers. */
const SUMS = 12;
/** How often every sum is added to in a pass of the loop. */
const REPEATS = 8;

/** Floating-point operations of a pass: 4 lanes, two an FMA. */
export const FLOP_PER_PASS = SUMS * REPEATS * 4 * 2;

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [value & 127 | 128, ...unsigned(value >>> 7)];
}

function vector(items: readonly number[][]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

const get = (local: number) => [0x20, ...unsigned(local)];
const set = (local: number) => [0x21, ...unsigned(local)];
const simd = (operation: number) => [0xfd, ...unsigned(operation)];
const F32X4_SPLAT = simd(0x13);
const F32X4_EXTRACT_FIRST = [...simd(0x1f), 0];
const F32X4_ADD = simd(0xe4);
const F32X4_RELAXED_MADD = simd(0x105);
const ONE = [0x43, 0x00, 0x00, 0x80, 0x3f];

/** `passes => { do sums[i] += factor · factor … while (--passes) }`. */
function assemble(): Uint8Array<ArrayBuffer> {
  // Local 0 is `passes`, local 1 the factor, then come the sums.
  const factor = 1;
  const sums = Array.from({ length: SUMS }, (_, index) => 2 + index);
  const add = (sum: number) => [
    ...get(factor),
    ...get(factor),
    ...get(sum),
    ...F32X4_RELAXED_MADD,
    ...set(sum),
  ];
  const code = [
    ...[...ONE, ...F32X4_SPLAT, ...set(factor)],
    ...[0x03, 0x40], // loop
    ...Array.from({ length: REPEATS }, () => sums.flatMap(add)).flat(),
    ...[...get(0), 0x41, 1, 0x6b, 0x22, 0], // passes = passes - 1
    ...[0x0d, 0, 0x0b], // branch to the loop if not 0; end
    ...get(factor),
    ...sums.flatMap((sum) => [...get(sum), ...F32X4_ADD]),
    ...[...F32X4_EXTRACT_FIRST, 0x0b],
  ];
  const body = [...vector([[...unsigned(1 + SUMS), V128]]), ...code];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, ...vector([[I32]]), ...vector([[F32]])]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[3, 0x72, 0x75, 0x6e, 0, 0]])), // "run"
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}

/**
 * Makes the loop: a function of the number of passes, at least 1.
 *
 * It returns a number that depends on every operation: 1 for the factor, and
 * {@linkcode FLOP_PER_PASS}/8 a pass, exact up to 2²⁴.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createFmaLoop } from "./fused_multiply_add.ts";
 *
 * assertEquals(createFmaLoop()(10), 1 + 10 * 12 * 8);
 * ```
 */
export function createFmaLoop(): (passes: number) => number {
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(assemble()),
  );
  return instance.exports.run as (passes: number) => number;
}
