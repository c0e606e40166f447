/**
 * The table of worlds and what gives a scale in each, from the registry.
 *
 * @module
 */

import { referenceOf } from "../optimum/mod.ts";
import { markdownTable } from "../reports/tables.ts";
import {
  parseScenario,
  type ScenarioFile,
} from "../scenario/parse_scenario.ts";
import study from "../studies/paper/configs/worlds.json" with { type: "json" };

/** The worlds of the study `worlds`, as its parts write them. */
const WORLDS = study.parts.map(({ scenario = {} }): ScenarioFile => ({
  extends: "paper",
  ...scenario as ScenarioFile,
}));

/** A sentence without the world that it begins with. */
function clauseOf(reason: string): string {
  return reason.slice(reason.indexOf(": ") + 2);
}

/** Worlds, the ends of their scales, and what is known of these. */
export function references(): string {
  return markdownTable([
    ["world", "0", "1", "what these are, or why there is none", "tightness"],
    ...WORLDS.map((file) => {
      const reference = referenceOf(parseScenario(file, "list the worlds"));
      const { extends: preset, assumptions = {} } = file;
      const values = Object.entries(assumptions)
        .map(([key, value]) => `\`${key}\` = ${value}`);
      const world = `\`${preset}\`${
        values.length === 0 ? "" : `, ${values.join(", ")}`
      }`;
      if (reference.kind === "none") {
        return [world, "–", "–", clauseOf(reference.reason), "–"];
      }
      const { zero, ones, bracket, reason, tightness } = reference;
      const named = ones.map((one) => `\`${one}\``).join(" or ");
      return [
        world,
        `\`${zero}\``,
        bracket ? `${named}, down to its bound` : named,
        clauseOf(reason),
        tightness,
      ];
    }),
  ]);
}
