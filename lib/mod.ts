/**
 * EdgeAIGC Lab: the paper's environment, TD3 and DDPG, experiments and figures.
 *
 * Notebooks and scripts import from here, or from a subpath what it alone holds:
 *
 * - `@edgeaigc/lab/scenario`: the paper's parameters, assumptions, scenarios
 * - `@edgeaigc/lab/env`: a function per equation, slots, traces, `EdgeEnv`
 * - `@edgeaigc/lab/nn`: engines of neural networks
 * - `@edgeaigc/lab/agents`: TD3, DDPG, training and greedy evaluation
 * - `@edgeaigc/lab/search`: PSO and GA
 * - `@edgeaigc/lab/policies`: rules, and the optimum of a slot
 * - `@edgeaigc/lab/methods`: the contract of methods, and all that there are
 * - `@edgeaigc/lab/stats`: random streams, statistics, intervals
 * - `@edgeaigc/lab/studies`: trials, sweeps, the paper's experiments
 * - `@edgeaigc/lab/figures`: figures from rows, and their rendering
 * - `@edgeaigc/lab/reports`: figures, tables and verdicts of a study (not here)
 * - `@edgeaigc/lab/notebook`: what shows below a notebook's cells (not here)
 * - `@edgeaigc/lab/notebook/frame`: results as danfojs frames (not here)
 * - `@edgeaigc/lab/task`: the launcher of `deno task` (not here)
 *
 * @module
 */

export * from "./math/mod.ts";
export * from "./scenario/mod.ts";
export * from "./env/mod.ts";
export * from "./nn/mod.ts";
export * from "./agents/mod.ts";
export * from "./search/mod.ts";
export * from "./policies/mod.ts";
export * from "./methods/mod.ts";
export * from "./experiments/mod.ts";
// Of the two that are called so, that of lib/methods looks at a method's form alone.
export { checkMethod } from "./experiments/mod.ts";
export * from "./experiments/claims/mod.ts";
export * from "./figures/mod.ts";
