/**
 * Minibatch arrays for engines that keep no memory of their own.
 *
 * @module
 */

import type { LearnerShape, Minibatch } from "./types.ts";

/** Allocates the arrays of one update. */
export function allocateMinibatch(shape: LearnerShape): Minibatch {
  const { batchSize, observationSize, actionSize, criticCount } = shape;
  const rows = (columns: number) => new Float32Array(batchSize * columns);
  return {
    size: batchSize,
    observation: rows(observationSize),
    action: rows(actionSize),
    reward: rows(1),
    nextObservation: rows(observationSize),
    terminated: rows(1),
    nextAction: rows(actionSize),
    nextValues: Array.from({ length: criticCount }, () => rows(1)),
    target: rows(1),
  };
}
