/**
 * Networks in TensorFlow.js's layers format, for any program that uses it.
 *
 * @module
 */

import { layerSpans, parameterCount } from "../layers.ts";

/** A trained actor: a multilayer perceptron, ReLU inside, tanh at its end. */
export interface ActorNetwork {
  /** Layer widths, input and output included. */
  readonly sizes: readonly number[];
  /** Parameters, laid out as `Parameterized` says. */
  readonly parameters: Float32Array;
}

/** The two files of a model, each under the name it must be stored with. */
export interface TfjsModelFiles {
  /** Topology and list of weights, JSON. */
  readonly "model.json": Uint8Array<ArrayBuffer>;
  /** Weights, little-endian 32-bit floats. */
  readonly "weights.bin": Uint8Array<ArrayBuffer>;
}

/**
 * Encodes an actor so that `tf.loadLayersModel` reads it: a `Sequential` of
 * `Dense` layers, observation → action.
 *
 * @throws {RangeError} If the number of parameters does not fit the sizes.
 */
export function encodeTfjsModel(actor: ActorNetwork): TfjsModelFiles {
  const { sizes, parameters } = actor;
  if (parameters.length !== parameterCount(sizes)) {
    throw new RangeError(
      `Cannot encode the actor: its parameters must be ${
        parameterCount(sizes)
      }, got ${parameters.length}`,
    );
  }
  const spans = layerSpans(sizes);
  const name = (layer: number) => `dense_${layer + 1}`;
  const model = {
    format: "layers-model",
    generatedBy: "EdgeAIGC Lab",
    convertedBy: null,
    modelTopology: {
      class_name: "Sequential",
      config: {
        name: "actor",
        layers: spans.map(({ inputs, outputs }, layer) => ({
          class_name: "Dense",
          config: {
            name: name(layer),
            units: outputs,
            activation: layer + 1 < spans.length ? "relu" : "tanh",
            use_bias: true,
            dtype: "float32",
            ...(layer === 0 ? { batch_input_shape: [null, inputs] } : {}),
          },
        })),
      },
    },
    weightsManifest: [{
      paths: ["weights.bin"],
      weights: spans.flatMap(({ inputs, outputs }, layer) => [
        {
          name: `${name(layer)}/kernel`,
          shape: [inputs, outputs],
          dtype: "float32",
        },
        { name: `${name(layer)}/bias`, shape: [outputs], dtype: "float32" },
      ]),
    }],
  };
  return {
    "model.json": new TextEncoder().encode(JSON.stringify(model, null, 2)),
    "weights.bin": new Uint8Array(parameters.slice().buffer),
  };
}
