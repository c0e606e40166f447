import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  categorical,
  complexNormal,
  uniformIn,
} from "../../lib/math/distributions.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { assertFits } from "./chi_square.ts";
import { scriptedStream } from "./scripted_stream.ts";

Deno.test("uniformIn maps [0, 1) onto the interval", () => {
  assertEquals(uniformIn(scriptedStream(0), [4, 8]), 4);
  assertEquals(uniformIn(scriptedStream(0.25), [4, 8]), 5);
  assertEquals(uniformIn(scriptedStream(0.5), [-3, 1]), -1);
  assertEquals(uniformIn(scriptedStream(0.9), [7, 7]), 7);
});

Deno.test("uniformIn draws once, so that a point does not shift the stream", () => {
  const stream = scriptedStream(0.1, 0.5);
  uniformIn(stream, [3, 3]);
  assertEquals(uniformIn(stream, [0, 2]), 1);
});

Deno.test("categorical inverts the cumulative sum", () => {
  const probabilities = [0.25, 0.5, 0.25];
  const draws: [number, number][] = [
    [0, 0],
    [0.2499, 0],
    [0.25, 1],
    [0.7499, 1],
    [0.75, 2],
    [0.9999, 2],
  ];
  for (const [uniform, expected] of draws) {
    assertEquals(categorical(scriptedStream(uniform), probabilities), expected);
  }
});

Deno.test("categorical never draws what has probability 0", () => {
  assertEquals(categorical(scriptedStream(0), [0, 1]), 1);
  assertEquals(categorical(scriptedStream(0), [0, 0.5, 0, 0.5, 0]), 1);
  assertEquals(categorical(scriptedStream(0.5), [0, 0.5, 0, 0.5, 0]), 3);
  // A sum that rounding left below 1 must not lead to the trailing 0.
  assertEquals(categorical(scriptedStream(0.9999), [0.3, 0.6, 0]), 1);
});

Deno.test("categorical draws fit their probabilities", () => {
  const stream = new RandomStream(21, "categorical");
  const probabilities = [0.1, 0, 0.6, 0.3];
  const counts = [0, 0, 0, 0];
  for (let draw = 0; draw < 10_000; draw++) {
    counts[categorical(stream, probabilities)]++;
  }
  assertFits(counts, probabilities);
});

Deno.test("complex normal numbers have parts of variance 1/2", () => {
  const count = 40_000;
  const parts = complexNormal(new RandomStream(31, "fading"), count);
  assertEquals(parts.length, 2 * count);
  let re2 = 0;
  let im2 = 0;
  let product = 0;
  for (let i = 0; i < count; i++) {
    re2 += parts[2 * i] ** 2;
    im2 += parts[2 * i + 1] ** 2;
    product += parts[2 * i] * parts[2 * i + 1];
  }
  // Var(x²) = 2·(1/2)², Var(xy) = 1/4; four standard errors.
  assertAlmostEquals(re2 / count, 0.5, 4 * Math.sqrt(0.5 / count));
  assertAlmostEquals(im2 / count, 0.5, 4 * Math.sqrt(0.5 / count));
  assertAlmostEquals(product / count, 0, 4 * Math.sqrt(0.25 / count));
});

Deno.test("the power |δ|² of Rayleigh fading is exponential with mean 1", () => {
  const parts = complexNormal(new RandomStream(32, "fading"), 20_000);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < parts.length; i += 2) {
    const power = parts[i] ** 2 + parts[i + 1] ** 2;
    counts[Math.min(3, Math.floor(power))]++;
  }
  const survival = [1, Math.exp(-1), Math.exp(-2), Math.exp(-3), 0];
  assertFits(counts, [0, 1, 2, 3].map((k) => survival[k] - survival[k + 1]));
});

Deno.test("the phase of Rayleigh fading is uniform", () => {
  const parts = complexNormal(new RandomStream(33, "fading"), 10_000);
  const quadrants = [0, 0, 0, 0];
  for (let i = 0; i < parts.length; i += 2) {
    quadrants[(parts[i] > 0 ? 1 : 0) + (parts[i + 1] > 0 ? 2 : 0)]++;
  }
  assertFits(quadrants, [0.25, 0.25, 0.25, 0.25]);
  assert(complexNormal(new RandomStream(1, "fading"), 0).length === 0);
});
