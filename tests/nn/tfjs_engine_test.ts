import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type Learner, openEngine } from "../../lib/nn/mod.ts";

const engine = await openEngine("tfjs");

const SHAPE = {
  observationSize: 2,
  actionSize: 1,
  hiddenSizes: [2],
  batchSize: 3,
  criticCount: 2,
} as const;

/** [2 → 2 → 1], worked out by hand below. */
const ACTOR = new Float32Array([1, -1, 2, 0.5, 0, 0.25, 1, -2, 0.5]);
/** [3 → 2 → 1]: observation first, action last. */
const CRITIC_1 = new Float32Array([1, 0, 0, 1, 10, -10, 0, 0, 1, 1, 0.5]);
const CRITIC_2 = new Float32Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -3]);

function createLearner(): Learner {
  const learner = engine.createLearner(SHAPE);
  learner.actor.writeParameters(ACTOR);
  learner.critics.writeParameters(new Float32Array([...CRITIC_1, ...CRITIC_2]));
  return learner;
}

Deno.test("the actor is kernel [in][out], bias, ReLU, tanh", () => {
  const learner = createLearner();
  const actions = new Float32Array(2);
  learner.actor.act(new Float32Array([0.5, 0.25, -1, 0]), actions);
  // Row 1: hidden relu(0.5 + 0.5, -0.5 + 0.125 + 0.25) = (1, 0); 1 + 0.5.
  assertAlmostEquals(actions[0], Math.tanh(1.5), 1e-6);
  // Row 2: hidden relu(-1, 1 + 0.25) = (0, 1.25); -2.5 + 0.5.
  assertAlmostEquals(actions[1], Math.tanh(-2), 1e-6);
  learner.dispose();
});

Deno.test("the critics take [observation | action], one after the other", () => {
  const learner = createLearner();
  const values = [new Float32Array(2), new Float32Array(2)];
  learner.critics.values(
    new Float32Array([1, 2, 3, 4]),
    new Float32Array([0.1, -0.1]),
    values,
  );
  // relu(1 + 1) + relu(2 - 1) + 0.5, and relu(3 - 1) + relu(4 + 1) + 0.5.
  assertAlmostEquals(values[0][0], 3.5, 1e-6);
  assertAlmostEquals(values[0][1], 7.5, 1e-6);
  assertEquals([...values[1]], [-3, -3]);
  learner.dispose();
});

Deno.test("target networks hold their own parameters and follow slowly", () => {
  const learner = createLearner();
  assertEquals(learner.targetActor.readParameters(), new Float32Array(9));
  learner.targetActor.track(0.25);
  learner.targetCritics.track(0.5);
  assertEquals(
    learner.targetActor.readParameters(),
    ACTOR.map((value) => 0.25 * value),
  );
  const values = [new Float32Array(1), new Float32Array(1)];
  learner.targetCritics.values(
    new Float32Array([1, 2]),
    new Float32Array(1),
    values,
  );
  // Halved twice: 0.5 · (relu(0.5) + relu(1)) + 0.25.
  assertEquals(values.map(([value]) => value), [1, -1.5]);
  learner.dispose();
});

Deno.test("parameters and optimizer are read as copies and written back", () => {
  const learner = createLearner();
  const regress = () =>
    learner.critics.regress(
      new Float32Array([1, 2, -1, 0, 0.5, 0.5]),
      new Float32Array([0.1, 0.2, -0.3]),
      new Float32Array([1, 2, 3]),
      1e-2,
    );
  regress();
  const parameters = learner.critics.readParameters();
  const optimizer = learner.critics.readOptimizer();
  assertEquals(optimizer.steps, 1);
  assert(optimizer.secondMoment.some((value) => value > 0));
  regress();
  const after = learner.critics.readParameters();
  assert(after.some((value, i) => value !== parameters[i]));
  learner.critics.writeParameters(parameters);
  learner.critics.writeOptimizer(optimizer);
  regress();
  assertEquals(learner.critics.readParameters(), after);
  learner.dispose();
});

Deno.test("writing the wrong number of parameters is refused", () => {
  const learner = createLearner();
  assertThrows(
    () => learner.actor.writeParameters(new Float32Array(8)),
    RangeError,
    "Cannot write parameters: their number must be 9, got 8",
  );
  assertThrows(
    () =>
      learner.critics.writeOptimizer({
        steps: 1,
        firstMoment: new Float32Array(22),
        secondMoment: new Float32Array(21),
      }),
    RangeError,
    "second moments: their number must be 22, got 21",
  );
  learner.dispose();
});

Deno.test("updates leave no tensors behind, and dispose frees all", () => {
  const before = tf.memory().numTensors;
  const learner = createLearner();
  const { batch } = learner;
  const update = () => {
    learner.targetActor.act(batch.nextObservation, batch.nextAction);
    learner.targetCritics.values(
      batch.nextObservation,
      batch.nextAction,
      batch.nextValues,
    );
    learner.critics.regress(
      batch.observation,
      batch.action,
      batch.target,
      1e-3,
    );
    learner.actor.ascend(batch.observation, 1e-3);
    learner.targetActor.track(0.1);
    learner.targetCritics.track(0.1);
    return tf.memory().numTensors;
  };
  const first = update();
  assert(first > before);
  assertEquals(Array.from({ length: 5 }, update), new Array(5).fill(first));
  learner.dispose();
  assertEquals(tf.memory().numTensors, before);
});
