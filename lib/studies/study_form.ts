/**
 * What a study says: the parsed JSON of its file.
 *
 * @module
 */

import type { Hyperparameters } from "../methods/mod.ts";
import type { ScenarioFile } from "../scenario/parse_scenario.ts";
import type { TrialSettings } from "../trials/trial.ts";
import type { Grid } from "./grid.ts";
import type { MethodSpec } from "./methods.ts";

/** What a study's profiles and parts may say otherwise. */
export interface SweepChoices extends TrialSettings {
  /** The world: a preset's name, or what differs from one. */
  readonly scenario?: string | ScenarioFile;
  /** What decides. */
  readonly methods?: readonly MethodSpec[];
  /** Values that differ from the defaults, by keys such as `"td3.discount"`. */
  readonly hyperparameters?: Hyperparameters;
  /** Seeds, as a text such as `"0-9"` or one by one. */
  readonly seeds?: string | readonly number[];
  /** What varies; several grids are joined. */
  readonly grid?: Grid | readonly Grid[];
}

/** A part of a study: what it has otherwise than the study. */
export interface SweepPart extends SweepChoices {
  /** Name of the part, a column of the table. */
  readonly part: string;
  /** What it is for, in a line. */
  readonly title?: string;
}

/** Which trials to run: every method with every seed in every cell of the grid. */
export interface SweepConfig extends SweepChoices {
  /** JSON Schema of this form, for editors. */
  readonly $schema?: string;
  /** Name of the sweep's folder. */
  readonly name: string;
  /** What it is for, in a line. */
  readonly title?: string;
  /** What decides. */
  readonly methods: readonly MethodSpec[];
  /** Seeds, as a text such as `"0-9"` or one by one. */
  readonly seeds: string | readonly number[];
  /** Parts whose trials are joined; by default the study is one. */
  readonly parts?: readonly SweepPart[];
  /** What is otherwise under `--profile NAME`, such as lengths and seeds. */
  readonly profiles?: Readonly<Record<string, SweepChoices>>;
}
