/**
 * The paper's parameters, the assumption ledger, and scenarios made of both.
 *
 * @module
 */

export {
  type AssumptionKey,
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
  ERRATA,
  type Erratum,
  LEDGER,
  LEDGER_SECTIONS,
} from "./assumptions.ts";
export type { ScenarioValues } from "./exclusions.ts";
export { InputError } from "../input/input_error.ts";
export { drawInstance, type Instance } from "./instance.ts";
export type { Range } from "../math/distributions.ts";
export { choice, defaultsOf, quantity, sizes } from "../input/ledger_entry.ts";
export type {
  ChoiceEntry,
  EntryOf,
  Ledger,
  LedgerEntry,
  LedgerText,
  NumberEntry,
  SizesEntry,
} from "../input/ledger_entry.ts";
export type { DecisionAssumptions } from "./ledger_decisions.ts";
export type { ModelAssumptions } from "./ledger_model.ts";
export type { UnitAssumptions } from "./ledger_units.ts";
export {
  PAPER_PARAMETERS,
  type ParameterEntry,
  PARAMETERS,
  type Parameters,
} from "./parameters.ts";
export { parseScenario, type ScenarioFile } from "./parse_scenario.ts";
export {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  PRESETS,
  type Scenario,
  type ScenarioOverrides,
  SMALL_SCENARIO,
} from "./scenario.ts";
export {
  balancedServers,
  distancesM,
  nearestServers,
  placeServers,
  placeUsers,
} from "./topology.ts";
