/**
 * Caches the models of most requests on average that fit together.
 *
 * @module
 */

import { createPopularityKnapsack } from "../policies/popularity_knapsack.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "popularity-knapsack",
  label: "popularity knapsack",
  create: () => createPopularityKnapsack(),
};

export default method;
