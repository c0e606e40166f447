/**
 * The forward pass in TensorFlow.js, arranged for its WebAssembly backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** Rows of `columns` numbers each as a matrix. */
export function matrix(values: Float32Array, columns: number): tf.Tensor2D {
  return tf.tensor2d(values, [values.length / columns, columns]);
}

/** The factor of a product that no gradient is wanted for. */
export type ConstantFactor = "left" | "right" | "neither";

/**
 * The matrix product, with gradients that keep the backend on its fast path.
 *
 * TensorFlow.js differentiates a product by transposing inside the product,
 * which its WebAssembly backend does ten times slower than transposing first
 * and multiplying then.
 *
 * @param left m × k.
 * @param right k × n.
 * @param constant The factor to be left out of the differentiation.
 * @returns m × n.
 */
export function product(
  left: tf.Tensor2D,
  right: tf.Tensor2D,
  constant: ConstantFactor,
): tf.Tensor2D {
  const byLeft = (dy: tf.Tensor2D, right: tf.Tensor) =>
    tf.matMul(dy, tf.transpose(right));
  const byRight = (dy: tf.Tensor2D, left: tf.Tensor) =>
    tf.matMul(tf.transpose(left), dy);
  if (constant === "left") {
    return tf.customGrad<tf.Tensor2D>((right) => ({
      value: tf.matMul(left, right as tf.Tensor2D),
      gradFunc: (dy) => byRight(dy, left),
    }))(right);
  }
  if (constant === "right") {
    return tf.customGrad<tf.Tensor2D>((left) => ({
      value: tf.matMul(left as tf.Tensor2D, right),
      gradFunc: (dy) => byLeft(dy, right),
    }))(left);
  }
  return tf.customGrad<tf.Tensor2D>((left, right, save) => {
    (save as tf.GradSaveFunc)([left as tf.Tensor, right as tf.Tensor]);
    return {
      value: tf.matMul(left as tf.Tensor2D, right as tf.Tensor2D),
      gradFunc: (dy, [left, right]) => [byLeft(dy, right), byRight(dy, left)],
    };
  })(left, right);
}

/**
 * A multilayer perceptron with ReLU between its layers and a linear output.
 *
 * @param input rows × inputs of the first layer.
 * @param parameters Kernel and bias of every layer, from input to output.
 * @param constant `"input"` where only the parameters, `"parameters"` where
 * only the input may be differentiated.
 * @returns rows × outputs of the last layer.
 */
export function perceptron(
  input: tf.Tensor2D,
  parameters: readonly tf.Tensor[],
  constant: "input" | "parameters",
): tf.Tensor2D {
  let activation = input;
  for (let i = 0; i < parameters.length; i += 2) {
    const kernel = parameters[i] as tf.Tensor2D;
    const bias = parameters[i + 1];
    const factor = constant === "parameters"
      ? "right"
      : i === 0
      ? "left"
      : "neither";
    const sum: tf.Tensor2D = tf.add(product(activation, kernel, factor), bias);
    activation = i + 2 < parameters.length ? tf.relu(sum) : sum;
  }
  return activation;
}
