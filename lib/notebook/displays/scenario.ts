/**
 * How scenarios show themselves.
 *
 * @module
 */

import type { LedgerEntry } from "../../input/ledger_entry.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { DisplayBundle } from "../front_end.ts";
import { cellText, type Display, isPlain, pageBundle } from "./display.ts";

/** Whether a value has the form of a scenario. */
export function isScenario(value: unknown): value is Scenario {
  return isPlain(value) && typeof value.name === "string" &&
    isPlain(value.parameters) && "numUsers" in value.parameters &&
    isPlain(value.assumptions) && "backhaulRate" in value.assumptions;
}

/** Something in which a scenario differs from the paper's. */
interface Difference {
  readonly what: string;
  readonly paper: string;
  readonly here: string;
  readonly unit: string;
  readonly meaning: string;
}

/** The keys whose values are other ones. */
function changedKeys(values: object, base: object): string[] {
  return Object.keys(values).filter((key) =>
    JSON.stringify(Reflect.get(values, key)) !==
      JSON.stringify(Reflect.get(base, key))
  );
}

/** What a value of an entry of the ledger means, in words. */
function meaningOf(entry: LedgerEntry | undefined, value: unknown): string {
  if (entry === undefined) return "";
  return entry.kind === "choice"
    ? entry.options[String(value)] ?? ""
    : entry.kind === "number"
    ? entry.alternatives[String(value)] ?? ""
    : "";
}

function unitOf(unit: string | undefined): string {
  return unit === undefined || unit === "1" ? "" : unit;
}

/** Sizes of a scenario: "U = 3, E = 2, M = 5, T = 4". */
export function sizesText({ parameters: p }: Scenario): string {
  return `U = ${p.numUsers}, E = ${p.numServers}, M = ${p.numModels}, T = ${p.slotsPerEpisode}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

async function scenarioBundle(scenario: Scenario): Promise<DisplayBundle> {
  const { LEDGER, PAPER_SCENARIO: paper, PARAMETERS } = await import(
    "../../scenario/mod.ts"
  );
  const { parameters, assumptions } = scenario;
  const entries: Readonly<Record<string, LedgerEntry>> = { ...LEDGER };
  const changedParameters = changedKeys(parameters, paper.parameters);
  const changedAssumptions = changedKeys(assumptions, paper.assumptions);
  const values = (key: string, part: "parameters" | "assumptions") => ({
    paper: cellText(Reflect.get(paper[part], key)),
    here: cellText(Reflect.get(scenario[part], key)),
  });
  const rows: Difference[] = [
    ...changedParameters.map((key) => {
      const entry = PARAMETERS[key as keyof typeof PARAMETERS];
      return {
        what: key,
        ...values(key, "parameters"),
        unit: unitOf(entry?.unit),
        meaning: entry === undefined
          ? ""
          : `${entry.description} ${entry.symbol}`,
      };
    }),
    ...changedAssumptions.map((key) => {
      const entry = entries[key];
      return {
        what: key,
        ...values(key, "assumptions"),
        unit: unitOf(entry?.kind === "number" ? entry.unit : undefined),
        meaning: meaningOf(entry, Reflect.get(assumptions, key)),
      };
    }),
  ];
  return pageBundle({
    title: `Scenario ${scenario.name}: ${sizesText(scenario)}`,
    rows,
    notes: [
      rows.length === 0
        ? "It is the paper's."
        : `From the paper's, ${
          count(changedParameters.length, "parameter")
        } and ${count(changedAssumptions.length, "assumption")} differ.`,
    ],
  });
}

/** Scenarios, with what differs from the paper's. */
export const SCENARIO: Display<Scenario> = {
  test: isScenario,
  bundles: async (scenario) => [await scenarioBundle(scenario)],
};
