/**
 * Caches what is requested most on average, and divides equally.
 *
 * @module
 */

import { createStaticPopularity } from "../policies/static_popularity.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "static-popularity",
  label: "popularity",
  color: "#E69F00",
  create: () => createStaticPopularity(),
};

export default method;
