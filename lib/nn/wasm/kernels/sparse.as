// Products that leave out the zeros of one factor.
//
// A rectifier is silent for about every second state, in critics after some
// training for most, so that half or more of a dense product adds zeros. Where
// elements lie is said in product.as.
//
// Sums are formed in pairs, because V8 checks the bounds of every load: two
// sums that share a load cost less than two with fewer terms. A list has 16 bytes
// for every row of a factor that one of the two needs: the two numbers that it
// is multiplied by, and its offset, twice.

/** The entry of the first two of four numbers, and that of the others. */
// @ts-ignore: decorator
@inline
function firstEntry(numbers: v128, offsets: v128): v128 {
  return v128.shuffle<f32>(numbers, offsets, 0, 1, 4, 4);
}

// @ts-ignore: decorator
@inline
function lastEntry(numbers: v128, offsets: v128): v128 {
  return v128.shuffle<f32>(numbers, offsets, 2, 3, 4, 4);
}

/** By what the first and the last two of four numbers lengthen a list. */
// @ts-ignore: decorator
@inline
function firstLength(bits: usize): usize {
  return (bits & 1) << 4;
}

// @ts-ignore: decorator
@inline
function lastLength(bits: usize): usize {
  return (bits & 2) << 3;
}

/** Whether the first and the last two of four numbers are needed, as bits. */
// @ts-ignore: decorator
@inline
function bitsOf(numbers: v128): usize {
  return i64x2.bitmask(i64x2.ne(numbers, i64x2.splat(0)));
}

/**
 * A list for every two columns of a matrix in panels: its row t needs the row at
 * t · rowStep. It never branches on numbers: which are 0 cannot be predicted.
 *
 * Lists start `listStep` bytes apart, at least 16 for every row; where they end
 * is written to `ends`. `columns` is rounded up to a multiple of 8.
 *
 * @returns How many entries there are.
 */
export function listColumns(
  matrix: usize, panelStep: usize, rows: usize, columns: usize,
  rowStep: usize, lists: usize, listStep: usize, ends: usize,
): usize {
  const step = i32x4.splat(<i32>rowStep);
  let bytes: usize = 0;
  for (let column: usize = 0; column < columns; column += 8) {
    const second = lists + listStep;
    const third = second + listStep;
    const fourth = third + listStep;
    let e0 = lists, e1 = second, e2 = third, e3 = fourth;
    let offsets = i32x4.splat(0);
    const end = matrix + (rows << 5);
    for (let at = matrix; at < end; at += 32) {
      let numbers = v128.load(at);
      let bits = bitsOf(numbers);
      v128.store(e0, firstEntry(numbers, offsets));
      v128.store(e1, lastEntry(numbers, offsets));
      e0 += firstLength(bits);
      e1 += lastLength(bits);
      numbers = v128.load(at, 16);
      bits = bitsOf(numbers);
      v128.store(e2, firstEntry(numbers, offsets));
      v128.store(e3, lastEntry(numbers, offsets));
      e2 += firstLength(bits);
      e3 += lastLength(bits);
      offsets = i32x4.add(offsets, step);
    }
    store<u32>(ends, <u32>e0);
    store<u32>(ends, <u32>e1, 4);
    store<u32>(ends, <u32>e2, 8);
    store<u32>(ends, <u32>e3, 12);
    bytes += e0 - lists + (e1 - second) + (e2 - third) + (e3 - fourth);
    ends += 16;
    lists = fourth + listStep;
    matrix += panelStep;
  }
  return bytes >> 4;
}

/**
 * A list for every two rows of a matrix in panels: its column t needs the row at
 * t · rowStep.
 *
 * Lists start `listStep` bytes apart, at least 16 for every column up to a
 * multiple of 8; where they end is written to `ends`. `rows` is rounded up to a
 * multiple of 2; of columns from `columns` on none is listed.
 *
 * @returns How many entries there are.
 */
export function listRows(
  matrix: usize, panelStep: usize, rows: usize, columns: usize,
  rowStep: usize, lists: usize, listStep: usize, ends: usize,
): usize {
  const limit = columns * rowStep;
  const step = i32x4.splat(<i32>rowStep);
  let bytes: usize = 0;
  for (let row: usize = 0; row < rows; row += 2) {
    let end = lists;
    let offsets = i32x4.splat(0);
    let at = matrix;
    for (let column: usize = 0; column < columns; column += 8) {
      for (let half: usize = 0; half < 32; half += 16) {
        const one = v128.load(at + half);
        const other = v128.load(at + half, 32);
        let numbers = v128.shuffle<f32>(one, other, 0, 4, 1, 5);
        let bits = bitsOf(numbers);
        v128.store(end, firstEntry(numbers, offsets));
        end += firstLength(bits);
        offsets = i32x4.add(offsets, step);
        v128.store(end, lastEntry(numbers, offsets));
        end += lastLength(bits);
        offsets = i32x4.add(offsets, step);
        numbers = v128.shuffle<f32>(one, other, 2, 6, 3, 7);
        bits = bitsOf(numbers);
        v128.store(end, firstEntry(numbers, offsets));
        end += firstLength(bits);
        offsets = i32x4.add(offsets, step);
        v128.store(end, lastEntry(numbers, offsets));
        end += lastLength(bits);
        offsets = i32x4.add(offsets, step);
      }
      at += panelStep;
    }
    while (end > lists && <usize>load<u32>(end - 4) >= limit) end -= 16;
    store<u32>(ends, <u32>end);
    bytes += end - lists;
    ends += 4;
    lists += listStep;
    matrix += 64;
  }
  return bytes >> 4;
}

// Widths of a strip, in panels of eight columns, by the size of a type.
type OnePanel = u8;
type TwoPanels = u16;
type ThreePanels = u32;

/** Some columns of all sums, see below: at most 12 sums of four, for 16 registers. */
function strip<Panels>(
  lists: usize, listStep: usize, ends: usize, rows: usize,
  b: usize, c: usize, cRowStep: usize, floor: f32,
): void {
  const least = f32x4.splat(floor);
  for (let row: usize = 0; row < rows; row += 2) {
    const zero = f32x4.splat(0);
    let c00 = zero, c01 = zero, c02 = zero, c03 = zero, c04 = zero, c05 = zero;
    let c10 = zero, c11 = zero, c12 = zero, c13 = zero, c14 = zero, c15 = zero;
    const end = <usize>load<u32>(ends);
    for (let at = lists; at < end; at += 16) {
      const entry = v128.load(at);
      const y = b + i32x4.extract_lane(entry, 2);
      const one = v128.shuffle<f32>(entry, entry, 0, 0, 0, 0);
      const other = v128.shuffle<f32>(entry, entry, 1, 1, 1, 1);
      let four = v128.load(y);
      c00 = f32x4.relaxed_madd(one, four, c00);
      c10 = f32x4.relaxed_madd(other, four, c10);
      four = v128.load(y, 16);
      c01 = f32x4.relaxed_madd(one, four, c01);
      c11 = f32x4.relaxed_madd(other, four, c11);
      if (sizeof<Panels>() > sizeof<OnePanel>()) {
        four = v128.load(y, 32);
        c02 = f32x4.relaxed_madd(one, four, c02);
        c12 = f32x4.relaxed_madd(other, four, c12);
        four = v128.load(y, 48);
        c03 = f32x4.relaxed_madd(one, four, c03);
        c13 = f32x4.relaxed_madd(other, four, c13);
      }
      if (sizeof<Panels>() > sizeof<TwoPanels>()) {
        four = v128.load(y, 64);
        c04 = f32x4.relaxed_madd(one, four, c04);
        c14 = f32x4.relaxed_madd(other, four, c14);
        four = v128.load(y, 80);
        c05 = f32x4.relaxed_madd(one, four, c05);
        c15 = f32x4.relaxed_madd(other, four, c15);
      }
    }
    const next = c + cRowStep;
    v128.store(c, f32x4.pmax(c00, least));
    v128.store(c, f32x4.pmax(c01, least), 16);
    v128.store(next, f32x4.pmax(c10, least));
    v128.store(next, f32x4.pmax(c11, least), 16);
    if (sizeof<Panels>() > sizeof<OnePanel>()) {
      v128.store(c, f32x4.pmax(c02, least), 32);
      v128.store(c, f32x4.pmax(c03, least), 48);
      v128.store(next, f32x4.pmax(c12, least), 32);
      v128.store(next, f32x4.pmax(c13, least), 48);
    }
    if (sizeof<Panels>() > sizeof<TwoPanels>()) {
      v128.store(c, f32x4.pmax(c04, least), 64);
      v128.store(c, f32x4.pmax(c05, least), 80);
      v128.store(next, f32x4.pmax(c14, least), 64);
      v128.store(next, f32x4.pmax(c15, least), 80);
    }
    ends += 4;
    lists += listStep;
    c = next + cRowStep;
  }
}

/**
 * C(i, :) = max(Σ number · row of B, floor), over the list that rows i and i + 1
 * share; B and C are row-major. It has the bits of `product`, as long as B is
 * finite: sums have the same order, and terms of 0 change none.
 *
 * `rows` is rounded up to a multiple of 2 and `columns` of 8: C is written and B
 * read that far.
 */
export function sparseProduct(
  lists: usize, listStep: usize, ends: usize, rows: usize,
  b: usize, c: usize, cRowStep: usize, columns: usize, floor: f32,
): void {
  let panels = (columns + 7) >> 3;
  // Two strips of two panels are faster than one of three and one of one.
  for (; panels === 3 || panels > 4; panels -= 3) {
    strip<ThreePanels>(lists, listStep, ends, rows, b, c, cRowStep, floor);
    b += 96;
    c += 96;
  }
  for (; panels >= 2; panels -= 2) {
    strip<TwoPanels>(lists, listStep, ends, rows, b, c, cRowStep, floor);
    b += 64;
    c += 64;
  }
  if (panels) {
    strip<OnePanel>(lists, listStep, ends, rows, b, c, cRowStep, floor);
  }
}
