/**
 * EdgeAIGC Lab: what notebooks and scripts use most. The rest is in the rooms, a
 * subpath each:
 *
 * - `@edgeaigc/lab/math`: random streams, distributions, units
 * - `@edgeaigc/lab/stats`: intervals, the bootstrap, improvement, profiles
 * - `@edgeaigc/lab/scenario`: the paper's parameters, assumptions, scenarios
 * - `@edgeaigc/lab/workload`: requests and traces
 * - `@edgeaigc/lab/env`: a function per equation, slots, `EdgeEnv`
 * - `@edgeaigc/lab/nn`: engines of neural networks
 * - `@edgeaigc/lab/agents`: TD3, DDPG, training and greedy evaluation
 * - `@edgeaigc/lab/search`: PSO and GA
 * - `@edgeaigc/lab/policies`: rules, and the optimum of a slot
 * - `@edgeaigc/lab/optimum`: where the optimum is a reference
 * - `@edgeaigc/lab/methods`: the contract of methods, and all that there are
 * - `@edgeaigc/lab/studies`: trials, sweeps, the paper's experiments
 * - `@edgeaigc/lab/claims`: the paper's claims, and judging them
 * - `@edgeaigc/lab/figures`: figures from rows, and their rendering
 * - `@edgeaigc/lab/reports`: figures, tables and verdicts of a study
 * - `@edgeaigc/lab/notebook`: what shows below a notebook's cells
 * - `@edgeaigc/lab/notebook/frame`: results as danfojs frames
 * - `@edgeaigc/lab/task`: the launcher of `deno task`
 *
 * @module
 */

// The world.
export {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
  SMALL_SCENARIO,
} from "./scenario/mod.ts";
export { generateTrace } from "./workload/mod.ts";
export {
  bandwidthMatrix,
  cachingMatrix,
  computeMatrix,
  type Decision,
  EdgeEnv,
  type EdgeStepInfo,
  evaluateSlot,
  type SlotOutcome,
  type SlotView,
} from "./env/mod.ts";
export { RandomStream } from "./math/mod.ts";

// Methods, and one of your own.
export {
  createAgent,
  findMethod,
  isViolated,
  type Method,
  METHODS,
} from "./methods/mod.ts";
export { decisionFor, fillCaches, solveSlot } from "./policies/mod.ts";
export {
  type Agent,
  DdpgAgent,
  evaluate,
  Td3Agent,
  train,
} from "./agents/mod.ts";
export { openEngine } from "./nn/mod.ts";
export {
  checkMethod,
  loadMethodFile,
  loadPolicy,
  play,
  playPolicy,
} from "./studies/mod.ts";

// Studies: the paper's, and your own.
export {
  aggregateExperiment,
  aggregateScalability,
  FIG04,
  FIG05,
  FIG06_07,
  lengthsOf,
  openStudy,
  profileDirectory,
  readExperiment,
  readScalability,
  reportExperiment,
  type ScalabilityRow,
  scalabilityTrials,
  seriesTrials,
  type TrialEpisodeRow,
} from "./studies/mod.ts";
export { judgeClaims } from "./claims/mod.ts";
export { meanInterval } from "./stats/mod.ts";

// Figures and reports.
export {
  experimentFigure,
  liveCurveFigure,
  metricFigure,
  renderFigure,
  scalabilityFigure,
  usersFigure,
  writeFigure,
} from "./figures/mod.ts";
export { gatherStudy, reportStudy } from "./reports/mod.ts";
