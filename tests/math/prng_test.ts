import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import seedrandom from "seedrandom";
import { RandomStream, type RandomStreamState } from "../../lib/math/prng.ts";
import { assertFits } from "./chi_square.ts";

function take(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.uniform());
}

Deno.test("the same seed and name give the same numbers", () => {
  assertEquals(
    take(new RandomStream(3, "fading"), 20),
    take(new RandomStream(3, "fading"), 20),
  );
});

Deno.test("another seed or another name gives other numbers", () => {
  const first = new Set(
    [
      new RandomStream(3, "fading"),
      new RandomStream(4, "fading"),
      new RandomStream(3, "requests"),
      new RandomStream("3/fading", ""),
    ].map((stream) => stream.uniform()),
  );
  assertEquals(first.size, 4);
});

Deno.test("a stream gives the numbers that it always gave", () => {
  // Regression guard: literals of npm:seedrandom 3.0.5. Published results stand
  // on them; they may only change together with the data.
  assertEquals(
    take(new RandomStream(0, "guard"), 2),
    [0.6293261042037855, 0.9629305168109814],
  );
});

Deno.test("a million numbers and states are those of npm:seedrandom, at once or one by one", () => {
  const create = (seed: string) =>
    seedrandom.alea(seed, { state: true } as object) as unknown as {
      double(): number;
      state(): RandomStreamState;
    };
  for (const seed of ["0", "many", "0/0.25/-1.5"]) {
    const theirs = create(`${seed}/guard`);
    const single = new RandomStream(seed, "guard");
    let block = new RandomStream(seed, "guard");
    for (let drawn = 0, size = 0; drawn < 350_000; drawn += size) {
      size = (size + 7) % 100;
      const numbers = block.fillUniform(new Float64Array(size));
      for (let k = 0; k < size; k++) {
        const expected = theirs.double();
        if (numbers[k] === expected && single.uniform() === expected) continue;
        throw new Error(`draw ${drawn + k} of seed ${seed} is not ${expected}`);
      }
      const { c, s0, s1, s2 } = theirs.state();
      assertEquals(block.state(), { c, s0, s1, s2 });
      assertEquals(single.state(), { c, s0, s1, s2 });
      block = RandomStream.restore(block.state());
    }
  }
});

Deno.test("a stream continues from its saved state, also through JSON", () => {
  const stream = new RandomStream("root", "requests");
  take(stream, 7);
  const saved = stream.state();
  const kept = JSON.stringify(saved);
  const expected = take(stream, 5);
  assertEquals(JSON.stringify(saved), kept, "a saved state must not move on");
  assertEquals(take(RandomStream.restore(saved), 5), expected);
  assertEquals(take(RandomStream.restore(JSON.parse(kept)), 5), expected);
});

Deno.test("a restored stream is independent of the one it was saved from", () => {
  const stream = new RandomStream(1, "a");
  const copy = RandomStream.restore(stream.state());
  const expected = take(RandomStream.restore(stream.state()), 3);
  take(copy, 10);
  assertEquals(take(stream, 3), expected);
});

Deno.test("uniform numbers lie in [0, 1), fill it evenly and have 53 bits", () => {
  const stream = new RandomStream(11, "uniform");
  const counts = new Array<number>(10).fill(0);
  let finer = 0;
  for (let draw = 0; draw < 20_000; draw++) {
    const value = stream.uniform();
    assert(value >= 0 && value < 1);
    counts[Math.floor(10 * value)]++;
    if (!Number.isInteger(value * 2 ** 32)) finer++;
  }
  assertFits(counts, new Array(10).fill(0.1));
  assert(finer > 19_000, "32-bit numbers only");
});

Deno.test("successive uniform numbers are not correlated", () => {
  const values = take(new RandomStream(5, "pairs"), 20_000);
  let sum = 0;
  for (let i = 1; i < values.length; i++) {
    sum += (values[i] - 0.5) * (values[i - 1] - 0.5);
  }
  // Each product has variance 1/144; four standard errors.
  assertAlmostEquals(sum / values.length, 0, 4 / 12 / Math.sqrt(20_000));
});

Deno.test("integers are uniform below their bound", () => {
  const stream = new RandomStream(2, "integer");
  const counts = new Array<number>(5).fill(0);
  for (let draw = 0; draw < 10_000; draw++) counts[stream.integer(5)]++;
  assertFits(counts, new Array(5).fill(0.2));
  assertEquals(stream.integer(1), 0);
});

/** Both ways to draw `count` normal numbers. */
const NORMALS = {
  fillNormal: (seed: number, count: number) =>
    new RandomStream(seed, "normal").fillNormal(new Float64Array(count)),
  fillNoise: (seed: number, count: number) =>
    Float64Array.from(
      new RandomStream(seed, "normal").fillNoise(new Float32Array(count)),
    ),
};

for (const [name, normals] of Object.entries(NORMALS)) {
  Deno.test(`numbers of ${name} have the moments and the tails of N(0, 1)`, () => {
    const count = 40_000;
    const values = normals(8, count);
    const moment = (power: number) =>
      values.reduce((sum, value) => sum + value ** power, 0) / count;
    // Variances of the estimates: 1, 2, 15, 96 over the count; four deviations.
    const allowed = (variance: number) => 4 * Math.sqrt(variance / count);
    assertAlmostEquals(moment(1), 0, allowed(1));
    assertAlmostEquals(moment(2), 1, allowed(2));
    assertAlmostEquals(moment(3), 0, allowed(15));
    assertAlmostEquals(moment(4), 3, allowed(96));
    const bins = [0, 0, 0, 0];
    for (const value of values) {
      bins[Math.min(3, Math.floor(Math.abs(value)))]++;
    }
    // P(|x| in [0,1), [1,2), [2,3), beyond 3) of the standard normal law.
    assertFits(bins, [0.682689, 0.271810, 0.042800, 0.002701]);
  });

  Deno.test(`successive numbers of ${name} are not correlated`, () => {
    const values = normals(9, 40_000);
    let sum = 0;
    for (let i = 1; i < values.length; i++) sum += values[i] * values[i - 1];
    assertAlmostEquals(sum / values.length, 0, 4 / Math.sqrt(values.length));
  });

  Deno.test(`numbers of ${name} far out are as frequent as they should be`, () => {
    const values = normals(12, 1_000_000);
    const counts = [0, 0, 0, 0, 0];
    const edges = [3, 3.25, 3.5, 4];
    for (const value of values) {
      counts[edges.filter((edge) => Math.abs(value) >= edge).length]++;
    }
    // Two-sided tails of the standard normal law at the edges.
    const tails = [1, 0.002699796, 0.001154140, 0.000465258, 0.0000633425, 0];
    assertFits(counts, counts.map((_, i) => tails[i] - tails[i + 1]));
  });
}

Deno.test("noise continues from a saved state, and differs from call to call", () => {
  const stream = new RandomStream(3, "noise");
  const first = stream.fillNoise(new Float32Array(8));
  const saved = stream.state();
  const second = stream.fillNoise(new Float32Array(8));
  assert(first.every((value, i) => value !== second[i]));
  assertEquals(
    RandomStream.restore(saved).fillNoise(new Float32Array(8)),
    second,
  );
});

Deno.test("filling piece by piece equals filling at once", () => {
  const pieces = new RandomStream(1, "pieces");
  const parts = [3, 1, 0, 500].map((length) =>
    pieces.fillNormal(new Float64Array(length))
  );
  const whole = new RandomStream(1, "pieces");
  assertEquals(
    parts.flatMap((part) => [...part]),
    [...whole.fillNormal(new Float64Array(504))],
  );
  assertEquals(pieces.state(), whole.state());
});

Deno.test("fillNormal returns its argument, of either precision, even if empty", () => {
  const single = new Float32Array(2);
  assert(new RandomStream(1, "f").fillNormal(single) === single);
  const double = new RandomStream(1, "f").fillNormal(new Float64Array(2));
  assertEquals([...single], [...double].map(Math.fround));
  const stream = new RandomStream(1, "f");
  const before = stream.state();
  stream.fillNormal(new Float64Array(0));
  assertEquals(stream.state(), before);
});
