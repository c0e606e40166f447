/**
 * EdgeAIGC Lab: what notebooks and scripts use most. The rest is in the rooms, each
 * with a face of its own: `scenario`, `workload`, `env`, `methods`, `agents`,
 * `search`, `policies`, `optimum`, `nn`, `stats`, `studies`, `claims`, `figures`,
 * `reports`, `notebook`.
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
