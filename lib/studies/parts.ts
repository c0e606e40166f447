/**
 * A config's profiles and parts: what they have otherwise than the config.
 *
 * @module
 */

import { InputError } from "../input/input_error.ts";
import type { ScenarioFile } from "../scenario/parse_scenario.ts";
import type { SweepChoices, SweepConfig } from "./study_form.ts";
import { type Grid, nameMethods } from "./grid.ts";
import type { StudyMethod } from "./methods.ts";

/** The choices of a config, of its parts and of its profiles, each changed. */
export function mapChoices(
  config: SweepConfig,
  change: <Choices extends SweepChoices>(choices: Choices) => Choices,
): SweepConfig {
  const { parts, profiles } = config;
  return {
    ...change(config),
    ...parts === undefined ? {} : { parts: parts.map(change) },
    ...profiles === undefined ? {} : {
      profiles: Object.fromEntries(
        Object.entries(profiles).map(([name, one]) => [name, change(one)]),
      ),
    },
  };
}

/** Choices whose keys have the names of methods instead of their files. */
export function nameKeys<Choices extends SweepChoices>(
  choices: Choices,
  methods: readonly StudyMethod[],
): Choices {
  const { grid, hyperparameters } = choices;
  return {
    ...choices,
    ...grid === undefined ? {} : {
      grid: Array.isArray(grid)
        ? grid.map((one) => nameMethods(one, methods))
        : nameMethods(grid as Grid, methods),
    },
    ...hyperparameters === undefined ? {} : {
      hyperparameters: nameMethods(hyperparameters, methods),
    },
  };
}

/** What differs laid over what is; worlds and hyperparameters key by key. */
function layOver<Base extends SweepChoices>(
  base: Base,
  over: SweepChoices,
): Base {
  const { scenario = {}, hyperparameters } = base;
  const isPartial = typeof over.scenario === "object" &&
    over.scenario.extends === undefined && typeof scenario === "object";
  return {
    ...base,
    ...over,
    ...isPartial
      ? {
        scenario: {
          ...scenario,
          ...over.scenario as ScenarioFile,
          parameters: {
            ...scenario.parameters,
            ...(over.scenario as ScenarioFile).parameters,
          },
          assumptions: {
            ...scenario.assumptions,
            ...(over.scenario as ScenarioFile).assumptions,
          },
        },
      }
      : {},
    ...over.hyperparameters === undefined
      ? {}
      : { hyperparameters: { ...hyperparameters, ...over.hyperparameters } },
  };
}

/**
 * The config with what a profile has otherwise.
 *
 * @throws {InputError} If there is no such profile.
 */
export function withProfile(
  config: SweepConfig,
  profile: string,
  act: string,
): SweepConfig {
  const { profiles = {}, ...rest } = config;
  if (!Object.hasOwn(profiles, profile)) {
    const names = Object.keys(profiles);
    throw new InputError(
      `Cannot ${act}: --profile must be ${
        names.length === 0
          ? `left out: ${config.name} has none`
          : `one of ${names.join(", ")}`
      }, got ${profile}`,
    );
  }
  return layOver(rest, profiles[profile]);
}

/** The configs of a config's parts, or the config itself if it has none. */
export function partsOf(
  { parts, profiles: _, ...config }: SweepConfig,
): (SweepConfig & { readonly part?: string })[] {
  return parts === undefined
    ? [config]
    : parts.map(({ title: _, ...part }) => ({
      ...layOver(config, part),
      part: part.part,
    }));
}
