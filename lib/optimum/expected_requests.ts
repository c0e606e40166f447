/**
 * What requests that nobody has seen yet come to in expectation.
 *
 * @module
 */

import { transferCost } from "../env/cost.ts";
import { inferenceTimeS, transmissionTimeS } from "../env/response_time.ts";
import type { Range } from "../math/distributions.ts";
import { BYTES_PER_MEGABYTE } from "../math/units.ts";
import type { Instance } from "../scenario/instance.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** Sizes of requests and results in expectation. */
export interface ExpectedSizes {
  /** E[d^in] in byte. */
  readonly inputBytes: number;
  /** E[d^out] by model in byte, length M. */
  readonly outputBytes: Float64Array;
}

/** The expected sizes: those of uniform draws, by Section 5.1. */
export function expectedSizes(
  { parameters, assumptions }: Scenario,
  { modelType }: Pick<Instance, "modelType">,
): ExpectedSizes {
  const megabyte = BYTES_PER_MEGABYTE[assumptions.byteUnit];
  const mean = ([low, high]: Range) => (low + high) / 2 * megabyte;
  return {
    inputBytes: mean(parameters.inputMegabytes),
    outputBytes: Float64Array.from(
      modelType,
      (type) => mean(parameters.outputMegabytes[type]),
    ),
  };
}

/** A miss, by model in expectation; lengths are M. */
export interface ExpectedMiss {
  /** Backhaul and inference in the cloud in s. */
  readonly cloudS: Float64Array;
  /** Cost of the backhaul. */
  readonly backhaulCost: Float64Array;
}

/** What a miss of each model takes and costs in expectation. */
export function expectedMiss(
  { inputBytes, outputBytes }: ExpectedSizes,
  instance: Instance,
): ExpectedMiss {
  return {
    cloudS: outputBytes.map((bytes, m) =>
      transmissionTimeS(inputBytes, instance.backhaulUplinkBps) +
      inferenceTimeS(
        instance.modelFlop[m],
        1,
        instance.cloudGpusPerRequest,
        instance.gpuFlopPerS,
      ) + transmissionTimeS(bytes, instance.backhaulDownlinkBps)
    ),
    backhaulCost: outputBytes.map((bytes) =>
      transferCost(inputBytes, bytes, instance.backhaulCostPerByte)
    ),
  };
}

/** How much one model takes to load, in s. */
export function loadingTimeS(instance: Instance, model: number): number {
  return transmissionTimeS(
    instance.modelSizeBytes[model],
    instance.backhaulDownlinkBps,
  );
}
