/**
 * Running a hyperparameter search: rung after rung, whatever runs the trials.
 *
 * Nothing of the search itself is stored: what it proposes follows from its config
 * and from the trials in the store. So it can be stopped or killed at any moment,
 * and started again it runs what is missing and comes to the same end.
 *
 * @module
 */

import type { Sweep, SweepTrial } from "../expand.ts";
import { proposalTrials, rungSweep, type TunePlan } from "./plan.ts";
import { rankConfigs, type RankedConfig, scoreOf } from "./ranking.ts";
import { type Proposal, type Rung, RungSearch } from "./rung_search.ts";
import { type ValidationRow, validationScore } from "./validation_score.ts";

/** A proposal with its trials, one for every seed. */
export interface PlannedProposal extends Proposal {
  /** Its trials. */
  readonly trials: readonly SweepTrial[];
}

/** What a proposal came to: the metric of every seed, or why it has none. */
export type Verdict = readonly number[] | "failed" | "infeasible";

/** How {@linkcode runTune} has trials run and reads what they left. */
export interface RunTuneOptions {
  /**
   * Runs the trials of a rung that are not finished.
   *
   * @returns Whether the search should go on; false if it was stopped.
   */
  readonly runRung: (
    sweep: Sweep,
    rung: Rung,
    proposals: readonly PlannedProposal[],
  ) => Promise<boolean>;
  /** Called with what every proposal of a rung came to, once it has been run. */
  readonly onJudged?: (
    proposal: PlannedProposal,
    verdict: Verdict,
  ) => void | Promise<void>;
  /** A trial's evaluations on validation traces; `undefined` if it failed. */
  readonly readRows: (
    trial: SweepTrial,
  ) => Promise<readonly ValidationRow[] | undefined>;
}

/** Judges a proposal by what its trials left; see {@linkcode Verdict}. */
export async function judgeProposal(
  { metric }: Pick<TunePlan, "metric">,
  { trials, episodes }: Pick<PlannedProposal, "trials" | "episodes">,
  readRows: RunTuneOptions["readRows"],
): Promise<Verdict> {
  const rows = await Promise.all(trials.map(readRows));
  const finished = rows.filter((one) => one !== undefined);
  if (finished.length < rows.length) return "failed";
  const scores = finished.map((one) => validationScore(one, metric, episodes));
  const bySeed = scores.filter((score) => score !== undefined);
  return bySeed.length < scores.length ? "infeasible" : bySeed;
}

/**
 * Runs a search to its end. A config with a trial that failed ranks behind all
 * others; started again, the search runs that trial again. So does a config that
 * breaks constraints of Eq. 18: it is never chosen.
 *
 * @returns The ranking, or `undefined` if the search was stopped.
 */
export async function runTune(
  plan: TunePlan,
  options: RunTuneOptions,
): Promise<RankedConfig[] | undefined> {
  const search = new RungSearch(plan.rungs);
  const values = plan.rungs.map(() => new Map<number, readonly number[]>());
  const infeasible = new Set<number>();
  for (
    let proposals = search.ask();
    proposals.length > 0;
    proposals = search.ask()
  ) {
    const [{ rung }] = proposals;
    const planned = proposals.map((one): PlannedProposal => ({
      ...one,
      trials: proposalTrials(plan, one),
    }));
    const trials = planned.flatMap((one) => one.trials);
    const sweep = rungSweep(plan, rung, trials);
    const goesOn = await options.runRung(sweep, plan.rungs[rung], planned);
    if (!goesOn) return undefined;
    for (const proposal of planned) {
      const { candidate } = proposal;
      const verdict = await judgeProposal(plan, proposal, options.readRows);
      await options.onJudged?.(proposal, verdict);
      if (typeof verdict === "string") {
        if (verdict === "infeasible") infeasible.add(candidate);
        search.tell(candidate, -Infinity);
      } else {
        values[rung].set(candidate, verdict);
        search.tell(candidate, scoreOf(plan, verdict));
      }
    }
  }
  return rankConfigs(plan, search.ranking(), values, infeasible);
}
