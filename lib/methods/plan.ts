/**
 * The best plan for an episode that is seen in advance, where loading is charged.
 *
 * @module
 */

import { createPlan } from "../policies/plan.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "plan",
  label: "plan",
  sees: "episode",
  create: ({ scenario }) => createPlan(scenario),
};

export default method;
