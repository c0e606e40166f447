import { assert, assertAlmostEquals } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import { ReferenceLearner, ReferenceNetwork } from "./float64_reference.ts";

const stream = new RandomStream(1, "float64-reference");
const normals = (length: number) => stream.fillNormal(new Float64Array(length));
const rows = (count: number, width: number) =>
  Array.from({ length: count }, () => [...normals(width)]);

/** Compares a gradient with central differences of the loss. */
function checkGradient(
  network: ReferenceNetwork,
  gradient: Float64Array,
  loss: () => number,
): void {
  const step = 1e-6;
  gradient.forEach((expected, i) => {
    const value = network.parameters[i];
    network.parameters[i] = value + step;
    const above = loss();
    network.parameters[i] = value - step;
    const below = loss();
    network.parameters[i] = value;
    assertAlmostEquals((above - below) / (2 * step), expected, 1e-7);
  });
  assert(gradient.some((g) => Math.abs(g) > 1e-2));
}

const actor = new ReferenceNetwork([2, 5, 4, 3], normals(15 + 24 + 15));
const critic = new ReferenceNetwork([5, 6, 4, 1], normals(36 + 28 + 5));

Deno.test("the reference's critic gradient equals central differences", () => {
  const [observations, actions] = [rows(7, 2), rows(7, 3)];
  const targets = [...normals(7)];
  const evaluate = () =>
    ReferenceLearner.criticLoss(critic, observations, actions, targets);
  checkGradient(critic, evaluate().gradient, () => evaluate().loss);
});

Deno.test("the reference's actor gradient equals central differences", () => {
  const observations = rows(7, 2);
  const evaluate = () =>
    ReferenceLearner.actorLoss(actor, critic, observations);
  checkGradient(actor, evaluate().gradient, () => evaluate().loss);
});
