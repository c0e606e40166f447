/**
 * EdgeAIGC Lab: the paper's environment, TD3 and DDPG, experiments and figures.
 *
 * Notebooks and scripts import from here; each folder's `mod.ts` says what it
 * holds.
 *
 * @module
 */

export * from "./math/mod.ts";
export * from "./stats/mod.ts";
export * from "./scenario/mod.ts";
export * from "./workload/mod.ts";
export * from "./env/mod.ts";
export * from "./nn/mod.ts";
export * from "./agents/mod.ts";
export * from "./search/mod.ts";
export * from "./policies/mod.ts";
export * from "./optimum/mod.ts";
export * from "./methods/mod.ts";
export * from "./studies/mod.ts";
export * from "./claims/mod.ts";
export * from "./figures/mod.ts";
