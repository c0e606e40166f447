import { assertAlmostEquals, assertNotEquals } from "@std/assert";
import { testEveryEngine } from "./engines.ts";

testEveryEngine(
  "the actor's step returns the mean of minus the first critic's values before it",
  (engine) => {
    const learner = engine.createLearner({
      observationSize: 2,
      actionSize: 1,
      hiddenSizes: [],
      batchSize: 3,
      criticCount: 2,
    });
    learner.actor.writeParameters(new Float32Array([0.5, 0, 0]));
    // Q₁ = o₁ + 10 a + 0.5; Q₂ = -3.
    const critics = [[1, 0, 10, 0.5], [0, 0, 0, -3]];
    learner.critics.writeParameters(new Float32Array(critics.flat()));
    const step = () =>
      learner.actor.ascend(new Float32Array([1, 7, -2, 8]), 1e-2);
    const values = [
      1 + 10 * Math.tanh(0.5) + 0.5,
      -2 + 10 * Math.tanh(-1) + 0.5,
    ];
    const loss = step();
    assertAlmostEquals(loss, -(values[0] + values[1]) / 2, 1e-5);
    assertNotEquals(step(), loss);
    learner.dispose();
  },
);
