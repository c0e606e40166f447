import { assert, assertEquals } from "@std/assert";
import {
  EXPERIMENTS,
  FIG04,
  FIG05,
  FIG06_07,
  lengthsOf,
  type PaperStudy,
  paperTrials,
  type ProfileName,
  seriesTrials,
} from "../../../lib/studies/paper/registry.ts";
import { type TrainingConfig, trialId } from "../../../lib/trials/trial.ts";
import { TD3_LEDGER } from "../../../lib/agents/ledger.ts";
import { DEFAULT_STUDY } from "../../../lib/studies/ledger.ts";
import { PAPER_SCENARIO } from "../../../lib/scenario/scenario.ts";

/** The trials of an experiment. */
function trialsOf(study: PaperStudy, profile: ProfileName): TrainingConfig[] {
  return paperTrials(study, profile).map(({ config }) =>
    config as TrainingConfig
  );
}

Deno.test("the paper profile of Fig. 5 is Table 3's 800 episodes of 10 slots on 5 seeds", () => {
  const trials = trialsOf(FIG05, "paper");
  assertEquals(trials.length, 10);
  for (const trial of trials) {
    assertEquals(trial.episodes, 800);
    assertEquals(trial.scenario.parameters.slotsPerEpisode, 10);
  }
  assertEquals(
    trials.filter((trial) => trial.method === "td3").map((t) => t.seed),
    [0, 1, 2, 3, 4],
  );
});

Deno.test("Fig. 4 has the four pairs of learning rates of Section 5.2.1, the best of the paper first", () => {
  assertEquals(
    seriesTrials(FIG04, "paper").slice(0, 4).map(
      ({ series, trial: { method, hyperparameters } }) => [
        series,
        method,
        hyperparameters?.actorLearningRate,
        hyperparameters?.criticLearningRate,
      ],
    ),
    [
      ["1e-5, 1e-3", "td3", 1e-5, 1e-3],
      ["1e-5, 6e-4", "td3", 1e-5, 6e-4],
      ["1e-5, 8e-4", "td3", 1e-5, 8e-4],
      ["2e-5, 1e-3", "td3", 2e-5, 1e-3],
    ],
  );
  assertEquals(trialsOf(FIG04, "paper").length, 20);
});

Deno.test("Fig. 4's first pair is Fig. 5's TD3, by the same trials", () => {
  for (const profile of ["quick", "paper"] as const) {
    const ids = (experiment: typeof FIG04, series: string) =>
      seriesTrials(experiment, profile)
        .filter((one) => one.series === series)
        .map(({ trial }) => trialId(trial));
    assertEquals(ids(FIG04, "1e-5, 1e-3"), ids(FIG05, "TD3"));
    assert(ids(FIG05, "TD3").length > 0);
  }
});

Deno.test("every experiment has trials of its own in all profiles", () => {
  for (const experiment of EXPERIMENTS) {
    const ids = (["smoke", "quick", "paper"] as const)
      .flatMap((profile) => trialsOf(experiment, profile)).map(trialId);
    assert(ids.length > 0);
    assertEquals(new Set(ids).size, ids.length);
  }
});

Deno.test("the studies say what the ledger says: rates of Fig. 4, users of Figs. 6 and 7, the paper's length", () => {
  const { actorLearningRate: actor, criticLearningRate: critic } = TD3_LEDGER;
  const rates = seriesTrials(FIG04, "paper").map(({ trial }) => trial)
    .map(({ hyperparameters }) => hyperparameters!);
  assertEquals(
    new Set(rates.map(({ actorLearningRate }) => actorLearningRate)),
    new Set([actor.default, ...Object.keys(actor.alternatives).map(Number)]),
  );
  assertEquals(
    new Set(rates.map(({ criticLearningRate }) => criticLearningRate)),
    new Set([critic.default, ...Object.keys(critic.alternatives).map(Number)]),
  );
  const users = paperTrials(FIG06_07, "paper")
    .map(({ config }) => config.scenario.parameters.numUsers);
  assertEquals([...new Set(users)], [...DEFAULT_STUDY.userCounts]);
  for (const study of [...EXPERIMENTS, FIG06_07]) {
    assertEquals(
      lengthsOf(study, "paper").episodes,
      PAPER_SCENARIO.parameters.numEpisodes,
    );
  }
});
