/**
 * Loads what pays if it is held to the end of the episode.
 *
 * @module
 */

import { dualBound } from "../optimum/dual_bound.ts";
import {
  boundWhere,
  findUnmet,
  HOLDING_NEEDS,
  PLAN_NEEDS,
} from "../optimum/world_needs.ts";
import { createHold } from "../policies/hold.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "hold",
  label: "hold",
  exclusion: (scenario) => findUnmet(scenario, HOLDING_NEEDS),
  bound: boundWhere(() => PLAN_NEEDS, dualBound),
  create: ({ scenario }) => createHold(scenario),
};

export default method;
