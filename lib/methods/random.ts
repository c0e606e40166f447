/**
 * Random feasible decisions: the zero of every scale.
 *
 * @module
 */

import { createRandomFeasible } from "../policies/random_feasible.ts";
import { ACTION_LEDGER, choicesIn } from "../env/choices.ts";
import type { Method } from "./method.ts";

const { cacheDecoding, shareDecoding } = ACTION_LEDGER;

const method: Method = {
  name: "random",
  label: "random",
  color: "#A6A6A6",
  hyperparameters: { cacheDecoding, shareDecoding },
  create: ({ seed, hyperparameters }) =>
    createRandomFeasible({ seed, choices: choicesIn(hyperparameters) }),
};

export default method;
