/**
 * Loads what is best on average over futures that are drawn.
 *
 * @module
 */

import { quantity } from "../input/ledger_entry.ts";
import { createSampledPlan } from "../policies/sampled_plan.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "sampled-plan",
  label: "sampled plan",
  hyperparameters: {
    sampledFutures: quantity({
      paper: "No such method.",
      unit: "futures",
      default: 16,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      reason: "More change G by less than a thousandth.",
      matters: "low",
    }),
  },
  create: ({ scenario, stream, hyperparameters }) =>
    createSampledPlan(scenario, {
      sampledFutures: Number(hyperparameters.sampledFutures),
      stream: stream("sampled-futures"),
    }),
};

export default method;
