/**
 * What `deno task sweep` prints instead of running.
 *
 * @module
 */

import type { LabSources } from "../trials/lab_sources.ts";
import { describeStale, findStale } from "../trials/stale.ts";
import { labelOf, type Sweep } from "../studies/expand.ts";
import { readFailures } from "../studies/failures.ts";
import { readStates, type TrialState } from "../studies/folder.ts";
import { readForecast, workOf } from "../studies/forecast.ts";
import { listSweepConfigs, selectSweep } from "../studies/select.ts";
import { formatForeseen } from "../studies/progress_text.ts";
import { printUntrained } from "./sweep_display.ts";
import { formatTable } from "./table.ts";

/** Prints the configs that come with the project. */
export async function printConfigs(): Promise<void> {
  const rows: string[][] = [];
  for (const name of await listSweepConfigs()) {
    const { sweep } = await selectSweep(name);
    rows.push([name, `${sweep.trials.length} trials`, sweep.title]);
  }
  for (const line of formatTable(rows)) console.log(line);
}

function printStates(sweep: Sweep, states: ReadonlyMap<string, string>) {
  const rows = sweep.trials.map((trial) => [
    trial.id,
    labelOf(trial),
    states.get(trial.id) ?? "",
  ]);
  for (const line of formatTable(rows)) console.log(line);
}

function countStates(sweep: Sweep, states: ReadonlyMap<string, TrialState>) {
  const counts = [...Map.groupBy(states.values(), (state) => state)].map((
    [state, own],
  ) => `${own.length} ${state}`);
  return `${sweep.name}: ${sweep.trials.length} trials, ${counts.join(", ")}`;
}

/** Prints every trial of a sweep and how far it is. */
export async function printTrials(
  sweep: Sweep,
  dataDirectory: string,
  sources: LabSources,
): Promise<void> {
  const states = await readStates(dataDirectory, sweep);
  const failures = await readFailures(dataDirectory, sweep.name);
  const described = new Map<string, string>(states);
  for (const [id, state] of states) {
    const reason = failures.get(id);
    if (reason === undefined || state === "finished") continue;
    described.set(id, `${state}, failed: ${reason}`);
  }
  const finished = sweep.trials.map(({ id }) => id)
    .filter((id) => states.get(id) === "finished");
  const stale = await findStale(dataDirectory, finished, sources);
  for (const { id } of stale) described.set(id, "finished, stale");
  printStates(sweep, described);
  for (const line of describeStale(stale)) console.log(line);
  console.log(countStates(sweep, states));
}

/** Prints the trials that a sweep would run, and how long that would take. */
export async function printPlan(
  sweep: Sweep,
  dataDirectory: string,
  jobs: number,
): Promise<void> {
  const states = await readStates(dataDirectory, sweep);
  printStates(sweep, states);
  console.log(countStates(sweep, states));
  printUntrained(sweep);
  const left = sweep.trials.filter(({ id }) => states.get(id) !== "finished");
  const forecast = await readForecast(dataDirectory);
  const foreseen = forecast.foresee(
    workOf(left.map(({ config }) => config)),
    jobs,
  );
  const why = foreseen.unknown === 0
    ? ""
    : `; no trial like ${
      foreseen.unknown === left.length
        ? "them"
        : `${foreseen.unknown} of the ${left.length}`
    } has finished yet`;
  console.log(
    `Estimated time, ${jobs} at a time: ${formatForeseen(foreseen)}${why}`,
  );
}
