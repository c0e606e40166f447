/**
 * The table of worlds and what gives a scale in each, from the registry.
 *
 * @module
 */

import { referenceOf } from "../optimum/mod.ts";
import { markdownTable } from "../reports/tables.ts";
import type { Assumptions } from "../scenario/assumptions.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../scenario/scenario.ts";

/** A world of the table: a preset, and what differs in it. */
type World = readonly [preset: Scenario, assumptions: Partial<Assumptions>];

const LAGGED = { requestVisibility: "lagged" } as const;
const CHARGED = { modelLoading: "charged" } as const;
const CARRIED = { downlinkQueue: "carried" } as const;
const ANYWHERE = { association: "cached-anywhere" } as const;
const REDRAWN = { redraw: "slot" } as const;

const WORLDS: readonly World[] = [
  [PAPER_SCENARIO, {}],
  [BALANCED_SCENARIO, {}],
  [PAPER_SCENARIO, CARRIED],
  [PAPER_SCENARIO, CHARGED],
  [PAPER_SCENARIO, { ...CHARGED, ...CARRIED }],
  [BALANCED_SCENARIO, CHARGED],
  [PAPER_SCENARIO, LAGGED],
  [PAPER_SCENARIO, { ...LAGGED, ...CHARGED }],
  [BALANCED_SCENARIO, LAGGED],
  [PAPER_SCENARIO, ANYWHERE],
  [PAPER_SCENARIO, { ...ANYWHERE, ...CHARGED }],
  [PAPER_SCENARIO, { ...REDRAWN, ...CHARGED }],
  [PAPER_SCENARIO, { ...REDRAWN, ...LAGGED }],
  [PAPER_SCENARIO, { pathLossDistanceUnit: "meter" }],
];

/** A sentence without the world that it begins with. */
function clauseOf(reason: string): string {
  return reason.slice(reason.indexOf(": ") + 2);
}

/** Worlds, the ends of their scales, and what is known of these. */
export function references(): string {
  return markdownTable([
    ["world", "0", "1", "what these are, or why there is none", "tightness"],
    ...WORLDS.map(([preset, assumptions]) => {
      const reference = referenceOf(deriveScenario(preset, { assumptions }));
      const values = Object.entries(assumptions)
        .map(([key, value]) => `\`${key}\` = ${value}`);
      const world = `\`${preset.name}\`${
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
