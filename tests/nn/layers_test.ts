import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  actorSizes,
  criticSizes,
  initialParameters,
  layerSpans,
  parameterCount,
} from "../../lib/nn/mod.ts";

const SHAPE = {
  observationSize: 41,
  actionSize: 80,
  hiddenSizes: [256, 128],
  batchSize: 64,
  criticCount: 2,
} as const;

Deno.test("actor and critic have the widths of the paper's networks", () => {
  assertEquals(actorSizes(SHAPE), [41, 256, 128, 80]);
  assertEquals(criticSizes(SHAPE), [121, 256, 128, 1]);
});

Deno.test("parameterCount counts kernels and biases", () => {
  assertEquals(
    parameterCount([41, 256, 128, 80]),
    41 * 256 + 256 + 256 * 128 + 128 + 128 * 80 + 80,
  );
});

Deno.test("initialParameters are uniform within 1/√inputs of each layer", () => {
  const sizes = [100, 200, 50];
  const parameters = initialParameters(sizes, new RandomStream(1, "layers"));
  for (const { inputs, kernel, end } of layerSpans(sizes)) {
    const scaled = parameters.subarray(kernel, end).map((value) =>
      value * Math.sqrt(inputs)
    );
    const mean = scaled.reduce((sum, x) => sum + x, 0) / scaled.length;
    const square = scaled.reduce((sum, x) => sum + x * x, 0) / scaled.length;
    // Mean 0 and variance 1/3, each within five standard errors.
    assertAlmostEquals(mean, 0, 5 * Math.sqrt(1 / 3 / scaled.length));
    assertAlmostEquals(square, 1 / 3, 5 * Math.sqrt(4 / 45 / scaled.length));
    assert(Math.max(...scaled.map(Math.abs)) <= 1 + 1e-6);
  }
});

Deno.test("initialParameters depend on the stream alone", () => {
  const draw = (name: string) =>
    initialParameters([3, 4, 1], new RandomStream(1, name));
  assertEquals(draw("critic-1"), draw("critic-1"));
  assert(draw("critic-1").every((x, i) => x !== draw("critic-2")[i]));
});
