import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FinishedTrial, readTrial } from "../../lib/trials/check_trial.ts";
import { rungsOf } from "../../lib/studies/tuning/config.ts";
import { planTune, proposalTrials } from "../../lib/studies/tuning/plan.ts";
import { readValidationRows } from "../../lib/studies/read_validation_rows.ts";
import { validationScore } from "../../lib/studies/tuning/validation_score.ts";
import { parseTuneConfig } from "../../lib/studies/tuning/config.ts";
import { mean } from "../../lib/stats/statistics.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { testWithPython } from "./with_python.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Calls a task as people do, with the permissions that its arguments call for. */
async function task(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const text = decoder.decode(stdout) + decoder.decode(stderr);
  assert(success, text);
  return text;
}

/** What read_events.py prints of a run. */
interface ReadRun {
  readonly scalars: Record<string, [step: number, value: number, s: number][]>;
  readonly settings: Record<string, number | string>;
  readonly text: string;
  readonly textPlugin: string;
}

/** Every number of a trial by tag, as 32 bits hold it. */
function pointsOf(trial: FinishedTrial): Record<string, [number, number][]> {
  const points: Record<string, [number, number][]> = {};
  const add = (group: string, row: object) => {
    const { episode, ...columns } = row as Record<string, unknown>;
    for (const [column, value] of Object.entries(columns)) {
      if (typeof value !== "number") continue;
      (points[`${group}/${column}`] ??= [])
        .push([episode as number, Math.fround(value)]);
    }
  };
  if ("episodes.csv" in trial.manifest.files) {
    for (const row of trial.episodes()) add("train", row);
  }
  for (const row of trial.evaluations()) {
    add(row.split === "test" ? "test" : "evaluation", row);
  }
  return points;
}

/** Steps and numbers without times, which must not go back. */
function withoutTimes({ scalars }: ReadRun): Record<string, number[][]> {
  return Object.fromEntries(
    Object.entries(scalars).map(([tag, points]) => {
      const times = points.map(([, , wallTimeS]) => wallTimeS);
      assertEquals(times, times.toSorted((a, b) => a - b), tag);
      assert(times.every((one) => one > 1.7e9), tag);
      return [tag, points.map(([step, value]) => [step, value])];
    }),
  );
}

const STUDY = {
  name: "boards",
  scenario: "small",
  methods: ["td3", "ddpg", "random"],
  hyperparameters: { "*.hiddenSizes": [8, 8], "*.minReplaySize": 16 },
  seeds: "0-1",
  episodes: 24,
  evaluateEvery: 6,
  evaluationEpisodes: 1,
  testEpisodes: 2,
  grid: { "td3.discount": [0.5, 0.99] },
};

testWithPython(
  "TensorBoard reads every number of a sweep's trials, and what was set for them",
  async (python) => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, "boards.json");
      await Deno.writeTextFile(file, JSON.stringify(STUDY));
      const board = join(folder, "board");
      const data = join(folder, "data");
      const sweep = [file, "--data", data, "--tensorboard", board, "-j", "2"];
      // The second time all are finished before.
      for (let times = 0; times < 2; times++) {
        await task("sweep", ...sweep);
        const read = await python.read("read_events.py", board);
        const runs = Object.entries(read as Record<string, ReadRun>);
        assertEquals(runs.length, 8);
        for (const [run, found] of runs) {
          const { method, seed } = found.settings;
          const id = `${method}-seed${seed}-${run.slice(-12)}`;
          const trial = await readTrial(join(data, "trials", id));
          assertEquals(withoutTimes(found), pointsOf(trial), run);
          assertEquals(found.textPlugin, "text");
          assert(found.text.includes(`| trial | ${id} |`), found.text);
          if (method !== "td3") continue;
          const discount = found.settings["td3.discount"];
          assert(run.startsWith(`td3,discount=${discount},seed=${seed},`), run);
          assertEquals(found.settings["td3.hiddenSizes"], "[8,8]");
        }
      }
    });
  },
);

testWithPython(
  "TensorBoard follows a training, and has every number of it in the end",
  async (python) => {
    await withTemporaryFolder(async (folder) => {
      const board = join(folder, "board");
      const data = join(folder, "data");
      const args = [
        ...["train", "td3", "--scenario", "small", "--episodes", "1500"],
        ...["--set", "minReplaySize=16", "--set", "hiddenSizes=[32,32]"],
        ...["--data", data, "--tensorboard", board],
      ];
      const found = await python.follow(
        "follow_events.py",
        board,
        () => task(...args),
      ) as { looks: number[]; scalars: Record<string, [number, number][]> };
      assert(
        found.looks.some((one) => one > 0 && one < 1500),
        `${found.looks}`,
      );
      const [{ name }] = [...Deno.readDirSync(join(data, "trials"))];
      const trial = await readTrial(join(data, "trials", name));
      assertEquals(found.scalars, pointsOf(trial));
    });
  },
);

const SEARCH = {
  name: "rates",
  title: "Rates",
  scenario: "small",
  method: "td3",
  metric: "objective",
  seeds: "0-1",
  evaluationEpisodes: 1,
  space: {
    "td3.actorLearningRate": { logUniform: [1e-4, 1e-1] },
    "td3.discount": { uniform: [0.5, 0.99] },
    "td3.policyDelay": { integer: [1, 3] },
    "td3.hiddenSizes": { choice: [[8, 8], [16]] },
    "td3.minReplaySize": { choice: [16, 24] },
  },
  search: { halving: { configs: 9, episodes: 90, leastEpisodes: 10, eta: 3 } },
};

/** What read_journal.py prints of a study. */
interface ReadStudy {
  readonly name: string;
  readonly direction: string;
  readonly userAttributes: Record<string, unknown>;
  readonly best: number;
  readonly trials: readonly {
    readonly number: number;
    readonly state: string;
    readonly values: number[] | null;
    readonly params: Record<string, unknown>;
    readonly distributions: Record<string, string>;
    readonly intermediate: [step: number, value: number][];
    readonly seconds: number | null;
  }[];
}

testWithPython(
  "Optuna follows a search, and has every config and value of it in the end",
  async (python) => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, "rates.json");
      await Deno.writeTextFile(file, JSON.stringify(SEARCH));
      const data = join(folder, "data");
      const path = join(data, "sweeps", "rates", "optuna_journal.log");
      const args = ["sweep", "tune", file, "--data", data, "-j", "2"];
      const ended = await python.follow(
        "follow_journal.py",
        path,
        () => task(...args),
      ) as number[];
      assertEquals(ended, ended.toSorted((a, b) => a - b));
      assert(ended.some((one) => one > 0 && one < 9), `${ended}`);

      const study = await python.read("read_journal.py", path) as ReadStudy;
      assertEquals(study.name, "rates");
      assertEquals(study.direction, "MINIMIZE");
      assertEquals(study.userAttributes, {
        metric: "objective",
        seeds: [0, 1],
        title: "Rates",
      });
      const config = parseTuneConfig(SEARCH, "read it");
      const plan = planTune(config, "read it");
      const rungs = rungsOf(config);
      let best = { number: -1, value: Infinity };
      const reached = rungs.map(() => 0);
      for (const trial of study.trials) {
        const { number, intermediate, values } = trial;
        const drawn = plan.assignments[number];
        assertEquals(trial.params, {
          ...drawn,
          "td3.hiddenSizes": JSON.stringify(drawn["td3.hiddenSizes"]),
        });
        assertEquals(trial.distributions, {
          "td3.actorLearningRate": "FloatDistribution",
          "td3.discount": "FloatDistribution",
          "td3.policyDelay": "IntDistribution",
          "td3.hiddenSizes": "CategoricalDistribution",
          "td3.minReplaySize": "CategoricalDistribution",
        });
        // From the rows in the store, not from what the journal was made of.
        const expected: [number, number][] = [];
        for (const [rung, { episodes }] of rungs.entries()) {
          if (rung >= intermediate.length) break;
          reached[rung]++;
          const trials = proposalTrials(plan, {
            candidate: number,
            rung,
            episodes,
          });
          const scores = await Promise.all(
            trials.map(async (one) =>
              validationScore(
                (await readValidationRows(data, one))!,
                "objective",
                episodes,
              )!
            ),
          );
          expected.push([episodes, mean(scores)]);
        }
        assertEquals(intermediate, expected);
        const [, value] = expected.at(-1)!;
        assertEquals(values, [value]);
        const isLast = intermediate.length === rungs.length;
        assertEquals(trial.state, isLast ? "COMPLETE" : "PRUNED");
        assert(trial.seconds! > 0 && trial.seconds! < 600);
        if (isLast && value < best.value) best = { number, value };
      }
      assertEquals(reached, rungs.map(({ count }) => count));
      assertEquals(study.best, best.number);
    });
  },
);
