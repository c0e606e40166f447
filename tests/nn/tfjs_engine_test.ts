import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "../../lib/nn/mod.ts";

const engine = await openEngine("tfjs");

const SHAPE = {
  observationSize: 2,
  actionSize: 1,
  hiddenSizes: [2],
  batchSize: 3,
  criticCount: 2,
} as const;

Deno.test("updates leave no tensors behind, and dispose frees all", () => {
  const before = tf.memory().numTensors;
  const learner = engine.createLearner(SHAPE);
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
    learner.targetActor.softUpdate(0.1);
    learner.targetCritics.softUpdate(0.1);
    return tf.memory().numTensors;
  };
  const first = update();
  assert(first > before);
  assertEquals(Array.from({ length: 5 }, update), new Array(5).fill(first));
  learner.dispose();
  assertEquals(tf.memory().numTensors, before);
});
