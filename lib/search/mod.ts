/**
 * Particle swarm and genetic algorithm on problems in a box, and the paper's
 * PCRAS and GCRAS, which search the agents' action space with them.
 *
 * @module
 */

export { AnytimeCurve } from "./anytime_curve.ts";
export {
  createEdgeProblem,
  createSearch,
  type CreateSearchOptions,
  type SearchAlgorithm,
  SearchPolicy,
  type SearchPolicyOptions,
} from "./edge_problem.ts";
export {
  DEFAULT_GA,
  DEFAULT_PSO,
  GA_LEDGER,
  type GaHyperparameters,
  PSO_LEDGER,
  type PsoHyperparameters,
  type SearchHyperparameters,
} from "./ledger.ts";
export { type GaOptions, GeneticAlgorithm } from "./ga.ts";
export { minimize, type SearchProgress, searchSteps } from "./minimize.ts";
export {
  type Batch,
  PopulationSearch,
  type SearchState,
} from "./population_search.ts";
export type { SearchSpace } from "./problem.ts";
export {
  createProblem,
  pointwiseProblem,
  type Problem,
  type ProblemOptions,
} from "./problem.ts";
export { ParticleSwarm, type PsoOptions } from "./pso.ts";
