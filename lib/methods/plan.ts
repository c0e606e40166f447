/**
 * The best plan for an episode that is seen in advance, where loading is charged.
 *
 * @module
 */

import { planBound } from "../optimum/episode_plan.ts";
import {
  boundWhere,
  findUnmet,
  HOLDING_NEEDS,
  PLAN_NEEDS,
} from "../optimum/world_needs.ts";
import { createPlan } from "../policies/plan.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "plan",
  label: "plan",
  sees: "episode",
  exclusion: (scenario) => findUnmet(scenario, HOLDING_NEEDS),
  bound: boundWhere(() => PLAN_NEEDS, planBound),
  create: ({ scenario }) => createPlan(scenario),
};

export default method;
