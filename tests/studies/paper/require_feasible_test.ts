import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/input/input_error.ts";
import { formatCsv } from "../../../lib/trials/csv.ts";
import { aggregateExperiment } from "../../../lib/studies/paper/aggregate.ts";
import {
  FIG05,
  FIG06_07,
  paperTrials,
} from "../../../lib/studies/paper/registry.ts";
import { toTrainingRow } from "../../../lib/trials/evaluation_rows.ts";
import { requireFeasible } from "../../../lib/studies/paper/require_feasible.ts";
import {
  EPISODE_COLUMNS,
  EVALUATION_COLUMNS,
} from "../../../lib/trials/rows.ts";
import {
  aggregateScalability,
  scalabilityPath,
  scalabilityTrials,
} from "../../../lib/studies/paper/scalability.ts";
import { curvesPath } from "../../../lib/studies/paper/paper_tables.ts";
import { exists } from "../../../lib/trials/store.ts";
import type { TrialConfig } from "../../../lib/trials/trial.ts";
import { storeSealed, withTemporaryFolder } from "../../trials/fixtures.ts";
import { evaluation } from "../tuning/fixtures.ts";

Deno.test("a feasible evaluation keeps the columns of data/, another is refused", () => {
  const row = evaluation("test", 8, 1);
  assertEquals(requireFeasible(row, "td3-seed0"), {
    split: "test",
    episode: 8,
    episodeReturn: 1,
    objective: 1,
    hitRate: 0.5,
    hitRateOwnServer: 0.5,
    hitRateAnyServer: 0.5,
    cacheUtilization: 0.5,
  });
  assertThrows(
    () => requireFeasible({ ...row, violations: 3 }, "td3-seed0"),
    InputError,
    "Cannot aggregate: the test after episode 8 of trial td3-seed0 must have no slot in which a constraint of Eq. 18 is broken, got 3",
  );
});

Deno.test("a trial with violations enters no table of data/, and none is written", async () => {
  await withTemporaryFolder(async (data) => {
    const store = async (trial: TrialConfig, violations: number) => {
      const row = evaluation("test", 1, -1);
      await storeSealed(data, trial, {
        "episodes.csv": formatCsv(
          [toTrainingRow(1, {
            episodeReturn: -1,
            metrics: { objective: -1, hitRate: 0.5 },
          })],
          EPISODE_COLUMNS,
        ),
        "evaluations.csv": formatCsv(
          [{ ...row, violations }],
          EVALUATION_COLUMNS,
        ),
      });
    };
    const refused =
      "must have no slot in which a constraint of Eq. 18 is broken, got 1";
    const trials = paperTrials(FIG05, "quick").map(({ config }) => config);
    for (const [k, trial] of trials.entries()) {
      await store(trial, k === trials.length - 1 ? 1 : 0);
    }
    await assertRejects(
      () => aggregateExperiment(data, FIG05, "quick"),
      InputError,
      refused,
    );
    assertEquals(await exists(curvesPath(data, FIG05, "quick")), false);
    for (const trial of scalabilityTrials(FIG06_07, "quick")) {
      await store(trial, trial.method === "random" ? 1 : 0);
    }
    await assertRejects(
      () => aggregateScalability(data, FIG06_07, "quick"),
      InputError,
      refused,
    );
    assertEquals(await exists(scalabilityPath(data, FIG06_07, "quick")), false);
  });
});
