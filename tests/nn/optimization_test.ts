import { assertAlmostEquals, assertEquals } from "@std/assert";
import { adamStep, softUpdate } from "../../lib/nn/mod.ts";

Deno.test("adamStep follows the published recursion", () => {
  const parameters = new Float32Array([1, 1]);
  const firstMoment = new Float32Array(2);
  const secondMoment = new Float32Array(2);
  const step = (step: number, gradient: number[]) =>
    adamStep({
      parameters,
      gradient: new Float32Array(gradient),
      firstMoment,
      secondMoment,
      learningRate: 0.01,
      step,
    });
  step(1, [2, 0]);
  // m = 0.2, v = 0.004; m/0.1 = 2, √(v/0.001) = 2: one learning rate down.
  assertAlmostEquals(firstMoment[0], 0.2, 1e-7);
  assertAlmostEquals(secondMoment[0], 0.004, 1e-9);
  assertAlmostEquals(parameters[0], 0.99, 1e-7);
  // A gradient of zero moves nothing: 0 / (0 + ε).
  assertEquals(parameters[1], 1);
  step(2, [-1, 0]);
  // m = 0.9·0.2 − 0.1 = 0.08, m/0.19 = 0.42105263;
  // v = 0.999·0.004 + 0.001 = 0.004996, v/0.001999 = 2.49924962.
  assertAlmostEquals(firstMoment[0], 0.08, 1e-7);
  assertAlmostEquals(secondMoment[0], 0.004996, 1e-9);
  assertAlmostEquals(
    parameters[0],
    0.99 - 0.01 * 0.42105263 / Math.sqrt(2.49924962),
    2e-7,
  );
});

Deno.test("adamStep adds ε after the root", () => {
  const parameters = new Float32Array([0]);
  adamStep({
    parameters,
    gradient: new Float32Array([1e-8]),
    firstMoment: new Float32Array(1),
    secondMoment: new Float32Array(1),
    learningRate: 1,
    step: 1,
  });
  // g / (|g| + ε) = 1e-8 / 2e-8.
  assertAlmostEquals(parameters[0], -0.5, 1e-5);
});

Deno.test("softUpdate moves the target by τ of the way", () => {
  const target = new Float32Array([1, -2]);
  const online = new Float32Array([3, 2]);
  softUpdate(target, online, 0.25);
  assertEquals([...target], [1.5, -1]);
  assertEquals([...online], [3, 2]);
  softUpdate(target, online, 0);
  assertEquals([...target], [1.5, -1]);
  softUpdate(target, online, 1);
  assertEquals([...target], [3, 2]);
});
