import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  encodeTfjsModel,
  initialParameters,
  openEngine,
} from "../../lib/nn/mod.ts";

const engine = await openEngine("tfjs");

/** Reads the two files as a TensorFlow.js program would. */
async function load(files: ReturnType<typeof encodeTfjsModel>) {
  const folder = "http://model/";
  const handler = tf.io.http(`${folder}model.json`, {
    fetchFunc: (url: RequestInfo | URL) => {
      const name = String(url).slice(folder.length) as keyof typeof files;
      return Promise.resolve(new Response(files[name]));
    },
  });
  return await tf.loadLayersModel(handler);
}

for (const hiddenSizes of [[], [7], [32, 16]]) {
  Deno.test(`an exported actor with hidden sizes [${hiddenSizes}] acts the same in TensorFlow.js`, async () => {
    const shape = {
      observationSize: 5,
      actionSize: 3,
      hiddenSizes,
      batchSize: 10,
      criticCount: 1,
    } as const;
    const learner = engine.createLearner(shape);
    const sizes = learner.actorSizes;
    const stream = new RandomStream(3, "export");
    const parameters = initialParameters(sizes, stream).map((x) => 2 * x);
    learner.actor.writeParameters(parameters);
    const observations = stream.fillNormal(new Float32Array(50));
    const expected = new Float32Array(30);
    learner.actor.act(observations, expected);
    learner.dispose();

    const model = await load(encodeTfjsModel({ sizes, parameters }));
    const input = tf.tensor2d(observations, [10, 5]);
    const output = model.predict(input) as tf.Tensor;
    assertEquals(output.shape, [10, 3]);
    const actual = output.dataSync();
    expected.forEach((value, i) => {
      assert(Math.abs(value - actual[i]) < 1e-6);
    });
    tf.dispose([input, output]);
    model.dispose();
  });
}

Deno.test("encodeTfjsModel refuses parameters of another shape", () => {
  assertThrows(
    () => encodeTfjsModel({ sizes: [2, 1], parameters: new Float32Array(2) }),
    RangeError,
    "its parameters must be 3, got 2",
  );
});
