import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { formatCsv } from "../../../lib/trials/csv.ts";
import { EVALUATION_COLUMNS } from "../../../lib/trials/rows.ts";
import { trialDirectory } from "../../../lib/trials/store.ts";
import type { Sweep, SweepTrial } from "../../../lib/studies/expand.ts";
import { isTraining, type TrialConfig } from "../../../lib/trials/trial.ts";
import {
  planTune,
  proposalTrials,
  testSweep,
} from "../../../lib/studies/tuning/plan.ts";
import {
  rankingCsv,
  rankingTable,
} from "../../../lib/studies/tuning/ranking.ts";
import { readValidationRows } from "../../../lib/studies/read_validation_rows.ts";
import { runTune } from "../../../lib/studies/tuning/run_tune.ts";
import {
  evaluateEvery,
  validationRows,
  validationScore,
} from "../../../lib/studies/tuning/validation_score.ts";
import { parseSweepConfig } from "../../../lib/studies/config.ts";
import { parseAnyCsv } from "../../../lib/input/csv.ts";
import { InputError } from "../../../lib/input/input_error.ts";
import { storeSealed, withTemporaryFolder } from "../../trials/fixtures.ts";
import { CONFIG, evaluation } from "./fixtures.ts";

const PLAN = planTune(CONFIG, "read it");

/**
 * What a trial's evaluations are worth: the nearer τ to 0.01 the better, and seeds
 * differ much more than configs.
 */
function valueOf(trial: TrialConfig): number {
  const tau = Number(trial.hyperparameters?.tau);
  return -Math.abs(Math.log10(tau) + 2) + 100 * trial.seed;
}

function candidateTaus(): number[] {
  return PLAN.assignments.map((one) => Number(one["td3.tau"]));
}

function bestCandidate(): number {
  const distances = candidateTaus().map((tau) => Math.abs(Math.log10(tau) + 2));
  return distances.indexOf(Math.min(...distances));
}

/** Stores what a trial would leave, and remembers which ran. */
function fakeRunner(
  folder: string,
  testValue: (trial: TrialConfig) => number = () => 0,
  fails: (trial: TrialConfig) => boolean = () => false,
  breaks: (trial: TrialConfig) => boolean = () => false,
) {
  const ran: SweepTrial[] = [];
  const readRows = (trial: SweepTrial) => readValidationRows(folder, trial);
  const runTrials = async (trials: readonly SweepTrial[]) => {
    for (const trial of trials) {
      const { config } = trial;
      if (await readRows(trial) || fails(config)) continue;
      ran.push(trial);
      const rows = [
        evaluation("validation", 1, 1e6),
        {
          ...evaluation("validation", episodesOf(trial), valueOf(config)),
          violations: breaks(config) ? 1 : 0,
        },
        evaluation("test", episodesOf(trial), testValue(config)),
      ];
      const files = {
        "evaluations.csv": formatCsv(rows, EVALUATION_COLUMNS),
      };
      await storeSealed(folder, config, files);
    }
  };
  return {
    ran,
    runTrials,
    readRows,
    runRung: async ({ trials }: Sweep) => {
      await runTrials(trials);
      return true;
    },
  };
}

function episodesOf({ config }: SweepTrial): number {
  assert(isTraining(config));
  return config.episodes;
}

Deno.test("a search finds the best config with as many trials as its rungs say", async () => {
  await withTemporaryFolder(async (folder) => {
    const runner = fakeRunner(folder);
    const ranking = await runTune(PLAN, runner);
    assert(ranking);
    assertEquals(ranking[0].candidate, bestCandidate());
    assertEquals(ranking.map(({ rank }) => rank), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assertEquals(
      runner.ran.map(episodesOf),
      [...Array(27).fill(10), ...Array(9).fill(30), ...Array(3).fill(90)],
    );
    assertEquals(new Set(runner.ran.map(({ id }) => id)).size, 39);
  });
});

Deno.test("the ranking does not depend on test traces", async () => {
  const ranked = async (testValue: (trial: TrialConfig) => number) => {
    let text = "";
    await withTemporaryFolder(async (folder) => {
      const ranking = await runTune(PLAN, fakeRunner(folder, testValue));
      text = rankingCsv(PLAN, ranking!);
    });
    return text;
  };
  assertEquals(
    await ranked((trial) => -1e9 * valueOf(trial)),
    await ranked(() => 0),
  );
});

Deno.test("what is read of a trial holds no test row, and nothing of a damaged one", async () => {
  await withTemporaryFolder(async (folder) => {
    const runner = fakeRunner(folder);
    const [trial] = proposalTrials(PLAN, {
      candidate: 0,
      rung: 0,
      episodes: 10,
    });
    assertEquals(await runner.readRows(trial), undefined);
    await runner.runTrials([trial]);
    const rows = await runner.readRows(trial);
    assertEquals(rows?.map(({ split }) => split), ["validation", "validation"]);
    const file = `${trialDirectory(folder, trial.config)}/evaluations.csv`;
    await Deno.writeTextFile(file, "1", { append: true });
    assertEquals(await runner.readRows(trial), undefined);
  });
});

Deno.test("a search that is stopped anywhere comes to the same end, and runs no trial twice", async () => {
  await withTemporaryFolder(async (whole) => {
    const expected = rankingCsv(
      PLAN,
      (await runTune(PLAN, fakeRunner(whole)))!,
    );
    await withTemporaryFolder(async (folder) => {
      const ids: string[] = [];
      let ranking;
      for (let run = 0; ranking === undefined; run++) {
        const runner = fakeRunner(folder);
        ranking = await runTune(PLAN, {
          ...runner,
          // Seven trials, then the end.
          runRung: async ({ trials }) => {
            const rows = await Promise.all(trials.map(runner.readRows));
            const waiting = trials.filter((_, i) => rows[i] === undefined);
            await runner.runTrials(waiting.slice(0, 7));
            return waiting.length <= 7;
          },
        });
        ids.push(...runner.ran.map(({ id }) => id));
        assert(run < 20);
      }
      assertEquals(rankingCsv(PLAN, ranking), expected);
      assertEquals(ids.length, 39);
      assertEquals(new Set(ids).size, 39);
    });
  });
});

Deno.test("a config with a failed trial ranks last, until the trial succeeds", async () => {
  await withTemporaryFolder(async (folder) => {
    const best = PLAN.assignments[bestCandidate()]["td3.tau"];
    const failing = fakeRunner(
      folder,
      undefined,
      (trial) => trial.seed === 1 && trial.hyperparameters?.tau === best,
    );
    const last = (await runTune(PLAN, failing))!.at(-1)!;
    assertEquals(last.candidate, bestCandidate());
    assertEquals([last.value, last.behind], [null, null]);
    const ranking = await runTune(PLAN, fakeRunner(folder));
    assertEquals(ranking![0].candidate, bestCandidate());
  });
});

Deno.test("a config that breaks constraints is never chosen, whatever it achieves", async () => {
  await withTemporaryFolder(async (folder) => {
    const best = PLAN.assignments[bestCandidate()]["td3.tau"];
    const runner = fakeRunner(
      folder,
      undefined,
      undefined,
      (trial) => trial.seed === 2 && trial.hyperparameters?.tau === best,
    );
    const ranking = (await runTune(PLAN, runner))!;
    const last = ranking.at(-1)!;
    assertEquals(last.candidate, bestCandidate());
    assertEquals([last.rung, last.infeasible, last.value], [0, true, null]);
    assertEquals(
      ranking.slice(0, -1).map(({ infeasible }) => infeasible),
      Array(8).fill(false),
    );
    assertEquals(
      rankingTable(PLAN, ranking, 9).at(-1)!.slice(-2),
      ["infeasible", "infeasible"],
    );
  });
});

Deno.test("intervals are over seeds, and differences paired at equal budgets", async () => {
  await withTemporaryFolder(async (folder) => {
    const ranking = (await runTune(PLAN, fakeRunner(folder)))!;
    const taus = candidateTaus();
    const loss = (candidate: number) =>
      Math.abs(Math.log10(taus[candidate]) + 2);
    for (const { candidate, value, behind } of ranking) {
      // Seeds 0, 1, 2 add 0, 100, 200: mean 100, s = 100, t(2) = 4.302653.
      assertAlmostEquals(value!.estimate, 100 - loss(candidate), 1e-9);
      assertAlmostEquals(
        value!.upper! - value!.estimate,
        4.302652729749464 * 100 / Math.sqrt(3),
        1e-9,
      );
      // What seeds add cancels.
      const expected = loss(candidate) - loss(ranking[0].candidate);
      assertAlmostEquals(behind!.estimate, expected, 1e-9);
      assertAlmostEquals(behind!.lower!, expected, 1e-9);
    }
  });
});

Deno.test("a metric that is better when lower is minimized", async () => {
  await withTemporaryFolder(async (folder) => {
    const plan = { ...PLAN, metric: "objective" } as const;
    const ranking = (await runTune(plan, fakeRunner(folder)))!;
    const worst = candidateTaus().map((tau) => Math.abs(Math.log10(tau) + 2));
    assertEquals(ranking[0].candidate, worst.indexOf(Math.max(...worst)));
    assert(ranking[8].behind!.estimate > 0);
    assert(ranking[0].value!.estimate < ranking[8].value!.estimate);
  });
});

Deno.test("table and CSV name keys and values, and a single seed has no interval", async () => {
  await withTemporaryFolder(async (folder) => {
    const plan = planTune({ ...CONFIG, seeds: [4] }, "read it");
    const ranking = (await runTune(plan, fakeRunner(folder)))!;
    const [head, first, second] = rankingTable(plan, ranking, 2);
    assertEquals(head, [
      "rank",
      "td3.tau",
      "td3.batchSize",
      "episodes",
      "episodeReturn",
      "behind the best",
    ]);
    assertEquals(first[1], String(ranking[0].assignment["td3.tau"]));
    assertEquals(first.at(-1), "");
    assert(Number(second.at(-1)) >= 0);
    const [row] = parseAnyCsv(rankingCsv(plan, ranking), {
      act: "read it",
      path: "ranking.csv",
    });
    assertEquals(
      row["td3.tau"],
      ranking[0].assignment["td3.tau"],
    );
    assertEquals(row.lower, null);
    assertEquals(row.behindBest, 0);
  });
});

Deno.test("the score is the mean of the last fifth's validation evaluations", () => {
  const rows = validationRows([
    evaluation("validation", 79, 1),
    evaluation("validation", 80, 2),
    evaluation("validation", 90, 10),
    evaluation("validation", 100, 20),
    evaluation("test", 100, 1000),
  ]);
  assertEquals(validationScore(rows, "objective", 100), 15);
  for (let episodes = 1; episodes < 300; episodes++) {
    const every = evaluateEvery(episodes);
    const last = Math.floor(episodes / every) * every;
    assert(last > 0.8 * episodes, `${episodes} episodes`);
  }
});

Deno.test("configs that break a condition are refused before any trial", () => {
  const space = { "td3.batchSize": { uniform: [16, 64] } } as const;
  assertThrows(
    () => planTune({ ...CONFIG, space }, "read rates.json"),
    InputError,
    "Cannot read rates.json: hyperparameters.batchSize must be a whole number",
  );
  assertThrows(
    () =>
      planTune(
        {
          ...CONFIG,
          space: { "td3.policyDelay": { integer: [1, 4] } },
        },
        "read rates.json",
      ),
    InputError,
    "configs must be at most the 4 different ones in the space, got 9",
  );
});

Deno.test("the best config is tested on seeds of its own, by a valid sweep", () => {
  const sweep = testSweep(PLAN, { candidate: 4, episodes: 90 });
  parseSweepConfig(JSON.parse(JSON.stringify(sweep)), "read it");
  assertEquals(sweep.seeds, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  assertEquals(sweep.grid, {
    "td3.tau": [PLAN.assignments[4]["td3.tau"]],
    "td3.batchSize": [PLAN.assignments[4]["td3.batchSize"]],
  });
});
