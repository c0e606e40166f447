/**
 * Numbers of a short trial of every method, and the version of results that they
 * are of. To pin them anew, after `RESULTS_VERSION` was raised or a method added:
 * `deno run -A tests/trials/pinned_rows.ts --update`
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { EvaluationRow } from "../../lib/trials/rows.ts";
import { runTrial } from "../../lib/trials/run_trial.ts";
import { makeTrial, RESULTS_VERSION } from "../../lib/trials/trial.ts";
import { SMALL_LEARNER } from "../../lib/agents/mod.ts";
import { isFor, type Method, METHODS } from "../../lib/methods/mod.ts";
import type { Assumptions } from "../../lib/scenario/assumptions.ts";
import {
  deriveScenario,
  type Scenario,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";

/** What is pinned. */
export interface PinnedRows {
  /** `RESULTS_VERSION` of the code that gave the numbers. */
  readonly resultsVersion: number;
  /** The last evaluation of a method's trial, by the method's name. */
  readonly rows: Readonly<Record<string, EvaluationRow>>;
}

/** The file with the numbers. */
export const PINNED_ROWS = fileURLToPath(
  new URL("pinned_rows.json", import.meta.url),
);

/** Worlds of which the first is taken that a method is for. */
const WORLDS: readonly Scenario[] = [
  {},
  { modelLoading: "charged" },
  { requestVisibility: "lagged" },
].map((assumptions) =>
  deriveScenario(SMALL_SCENARIO, {
    assumptions: assumptions as Partial<Assumptions>,
  })
);

function worldFor(method: Method): Scenario {
  const world = WORLDS.find((scenario) => isFor(method, scenario));
  if (world !== undefined) return world;
  throw new Error(`${method.name} is for no world`);
}

/** Runs the trials and gives what is to be pinned. */
export async function computeRows(): Promise<PinnedRows> {
  const rows: Record<string, EvaluationRow> = {};
  for (const method of METHODS) {
    const config = makeTrial(method, {
      scenario: worldFor(method),
      seed: 3,
      episodes: 12,
      evaluateEvery: 6,
      evaluationEpisodes: 1,
      testEpisodes: 2,
      actionsPerPlan: 200,
      engine: "wasm",
    }, method.learns ? SMALL_LEARNER : {});
    // The clock decides no number.
    const result = await runTrial(config, { clock: () => 0, method });
    rows[method.name] = result!.evaluations.at(-1)!;
  }
  return { resultsVersion: RESULTS_VERSION, rows };
}

/** What is wrong with numbers beside those that are pinned, a line each. */
export function problemsOf(pinned: PinnedRows, now: PinnedRows): string[] {
  const names = new Set([
    ...Object.keys(pinned.rows),
    ...Object.keys(now.rows),
  ]);
  const textOf = (rows: PinnedRows, name: string) =>
    JSON.stringify(rows.rows[name]);
  const isRaised = pinned.resultsVersion !== now.resultsVersion;
  return [...names].flatMap((name) => {
    const [before, after] = [textOf(pinned, name), textOf(now, name)];
    if (before === undefined) return [`${name} is not pinned`];
    if (after === undefined) return [`${name} is pinned, but no method`];
    return before === after || isRaised
      ? []
      : [`${name} gives other numbers: raise RESULTS_VERSION`];
  }).concat(isRaised ? ["RESULTS_VERSION is not that of the numbers"] : []);
}

if (import.meta.main && Deno.args[0] === "--update") {
  const now = await computeRows();
  const text = await Deno.readTextFile(PINNED_ROWS).catch(() => undefined);
  const wrong = text === undefined
    ? []
    : problemsOf(JSON.parse(text), now).filter((line) =>
      line.includes("raise")
    );
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) Deno.exit(1);
  await Deno.writeTextFile(PINNED_ROWS, JSON.stringify(now, null, 2) + "\n");
}
