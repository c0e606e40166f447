/**
 * What the paper's claims are judged by in a study of one's own.
 *
 * @module
 */

import {
  type ClaimRows,
  judgeClaims,
  type Judgement,
  PAPER_METHODS,
  type PaperMethod,
} from "../claims/mod.ts";
import { FIG04 } from "../studies/paper/registry.ts";
import type { SweepTrial } from "../studies/expand.ts";
import { isMethodFile } from "../trials/method_file.ts";
import { InputError } from "../input/input_error.ts";
import { labelOf } from "../methods/mod.ts";
import { resolve } from "node:path";
import type { StudyResults } from "./gather.ts";

/** Which methods of a study stand for the paper's; by default those themselves. */
export type StandIns = Readonly<Partial<Record<PaperMethod, string>>>;

/** Verdicts, and why some are missing. */
export interface StudyVerdicts {
  /** Claims that the study says something of. */
  readonly judgements: readonly Judgement[];
  /** Sentences that belong below. */
  readonly notes: readonly string[];
}

/** Whether a trial is of the method that a user names: by name, label or file. */
function isOf({ method, label, config }: SweepTrial, named: string): boolean {
  return isMethodFile(named)
    ? config.file?.path === resolve(named)
    : method === named || label === named;
}

/**
 * Refuses stand-ins that are not in the study.
 *
 * @throws {InputError} If there are some.
 */
export function checkStandIns(
  trials: readonly SweepTrial[],
  standIns: StandIns,
): void {
  for (const [paper, named] of Object.entries(standIns)) {
    if (trials.some((trial) => isOf(trial, named))) continue;
    const methods = [...new Set(trials.map(({ method }) => method))];
    throw new InputError(
      `Cannot judge claims: --claims ${paper}=${named} must name a method of the study (${
        methods.join(", ")
      }), got none of them`,
    );
  }
}

/** The column that claims' rows may vary in, beside method and seed. */
const USERS = "users";

/**
 * Judges the paper's claims by a study: those on Figs. 6 and 7 where its methods meet
 * several numbers of users and nothing else varies in the world; those on Fig. 5
 * where one world is trained in; that on Fig. 4 where TD3 has the learning rates of
 * that figure.
 */
export function judgeStudy(
  { sweep, finished, rows, finalReturns }: StudyResults,
  standIns: StandIns,
): StudyVerdicts {
  const of = (paper: PaperMethod) =>
    finished.filter((trial) => isOf(trial, standIns[paper] ?? paper));
  const own = PAPER_METHODS.map((paper) => ({ paper, trials: of(paper) }));
  const variants = sweep.columns.filter((key) =>
    key !== USERS &&
    own.some(({ trials }) =>
      new Set(trials.map(({ values }) => values[key])).size > 1
    )
  );
  const users = new Set(
    own.flatMap(({ trials }) =>
      trials.map(({ config }) => config.scenario.parameters.numUsers)
    ),
  );
  const single = variants.length === 0;
  const returns = (trials: readonly SweepTrial[], series: string) =>
    trials.flatMap(({ id, config: { seed } }) =>
      finalReturns.has(id)
        ? [{ series, seed, episodeReturn: finalReturns.get(id)! }]
        : []
    );
  const claimRows: ClaimRows = {
    learningRates: isRatesOnly(variants) && users.size === 1
      ? of("td3").flatMap((trial) => returns([trial], FIG04.seriesOf(trial)))
      : [],
    training: single && users.size === 1
      ? own.flatMap(({ paper, trials }) => returns(trials, labelOf(paper)))
      : [],
    tests: single
      ? own.flatMap(({ paper, trials }) =>
        trials.map(({ id, config }) => ({
          series: labelOf(paper),
          users: config.scenario.parameters.numUsers,
          seed: config.seed,
          hitRate: Number(rows.get(id)!.hitRate),
          objective: Number(rows.get(id)!.objective),
        }))
      )
      : [],
  };
  return {
    judgements: judgeClaims(claimRows),
    notes: [
      ...Object.entries(standIns).map(([paper, named]) =>
        `${labelOf(paper)} is ${named} here.`
      ),
      ...single || isRatesOnly(variants) ? [] : [
        `Not judged where ${
          variants.join(", ")
        } varies: the claims are of one world and one setting of each method.`,
      ],
    ],
  };
}

/** Whether nothing varies but TD3's learning rates. */
function isRatesOnly(variants: readonly string[]): boolean {
  return variants.length > 0 &&
    variants.every((key) => /\.(actor|critic)LearningRate$/.test(key));
}
