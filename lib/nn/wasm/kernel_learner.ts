/**
 * The networks of one learner on WebAssembly kernels, gradients by hand.
 *
 * @module
 */

import { KernelComputation } from "./kernel_computation.ts";
import { MemoryPlan } from "./kernel_memory.ts";
import { KernelNetwork } from "./kernel_network.ts";
import { instantiateKernels, type OpenKernels } from "./kernels/kernels.ts";
import { actorSizes, criticSizes } from "../layers.ts";
import type { ProductBackend } from "./matrix_products.ts";
import type { LearnerNetworks, LearnerShape, Minibatch } from "../types.ts";

/**
 * Makes the networks of one agent in a memory of their own.
 *
 * @param openKernels Opens the kernels on it; by default those of WebAssembly.
 */
export function createKernelLearner(
  backend: ProductBackend,
  shape: LearnerShape,
  openKernels: OpenKernels = instantiateKernels,
): LearnerNetworks {
  const plan = new MemoryPlan(backend.layout);
  const networks = planNetworks(plan, shape);
  const computation = new KernelComputation(plan, backend, shape);
  const rows = (columns: number) => plan.vector(shape.batchSize * columns);
  const addresses = {
    observation: rows(shape.observationSize),
    action: rows(shape.actionSize),
    reward: rows(1),
    nextObservation: rows(shape.observationSize),
    terminated: rows(1),
    nextAction: rows(shape.actionSize),
    nextValues: Array.from({ length: shape.criticCount }, () => rows(1)),
    target: rows(1),
  };
  const memory = plan.allocate();
  const kernels = openKernels(memory);
  const { actor, targetActor, critics, targetCritics } = networks;
  for (const network of Object.values(networks)) network.open(kernels, memory);
  computation.open(kernels, memory);

  const view = (address: number, columns: number) =>
    new Float32Array(memory.buffer, address, shape.batchSize * columns);
  const batch: Minibatch = {
    size: shape.batchSize,
    observation: view(addresses.observation, shape.observationSize),
    action: view(addresses.action, shape.actionSize),
    reward: view(addresses.reward, 1),
    nextObservation: view(addresses.nextObservation, shape.observationSize),
    terminated: view(addresses.terminated, 1),
    nextAction: view(addresses.nextAction, shape.actionSize),
    nextValues: addresses.nextValues.map((address) => view(address, 1)),
    target: view(addresses.target, 1),
  };
  return {
    actorSizes: actorSizes(shape),
    criticSizes: criticSizes(shape),
    batch,
    actor: Object.assign(actor, {
      act: (observations: Float32Array, actions: Float32Array) =>
        computation.act(actor, observations, actions),
      ascend: (observations: Float32Array, learningRate: number) =>
        computation.ascend(actor, critics, observations, learningRate),
    }),
    targetActor: Object.assign(targetActor, {
      act: (observations: Float32Array, actions: Float32Array) =>
        computation.act(targetActor, observations, actions),
      softUpdate: (tau: number) => targetActor.softUpdateFrom(actor, tau),
    }),
    critics: Object.assign(critics, {
      values: (
        observations: Float32Array,
        actions: Float32Array,
        values: readonly Float32Array[],
      ) => computation.values(critics, observations, actions, values),
      regress(
        observations: Float32Array,
        actions: Float32Array,
        targets: Float32Array,
        learningRate: number,
      ) {
        return computation.regress(
          critics,
          observations,
          actions,
          targets,
          learningRate,
        );
      },
    }),
    targetCritics: Object.assign(targetCritics, {
      values: (
        observations: Float32Array,
        actions: Float32Array,
        values: readonly Float32Array[],
      ) => computation.values(targetCritics, observations, actions, values),
      softUpdate: (tau: number) => targetCritics.softUpdateFrom(critics, tau),
    }),
    // The garbage collector frees the memory.
    dispose: () => {},
  };
}

function planNetworks(plan: MemoryPlan, shape: LearnerShape) {
  const actor = { sizes: actorSizes(shape), count: 1, valueHead: false };
  const critics = {
    sizes: criticSizes(shape),
    count: shape.criticCount,
    valueHead: true,
  };
  return {
    actor: new KernelNetwork(plan, { ...actor, trained: true }),
    targetActor: new KernelNetwork(plan, { ...actor, trained: false }),
    critics: new KernelNetwork(plan, { ...critics, trained: true }),
    targetCritics: new KernelNetwork(plan, { ...critics, trained: false }),
  };
}
