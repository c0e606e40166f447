import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { formatCsv } from "../../lib/experiments/csv.ts";
import { aggregateExperiment } from "../../lib/experiments/aggregate.ts";
import { FIG05, trialsOf } from "../../lib/experiments/registry.ts";
import { requireFeasible } from "../../lib/experiments/require_feasible.ts";
import {
  EPISODE_COLUMNS,
  EVALUATION_COLUMNS,
} from "../../lib/experiments/rows.ts";
import { readTestRow } from "../../lib/experiments/scalability.ts";
import { sealFiles } from "../../lib/experiments/seal.ts";
import { curvesPath, exists, storeTrial } from "../../lib/experiments/store.ts";
import { trialId } from "../../lib/experiments/trial.ts";
import { withTemporaryFolder } from "./fixtures.ts";
import { evaluation } from "./tune/fixtures.ts";

Deno.test("a feasible evaluation loses its count, another is refused", () => {
  const row = evaluation("test", 8, 1);
  const { violations: _, ...rest } = row;
  assertEquals(requireFeasible(row, "td3-seed0"), rest);
  assertThrows(
    () => requireFeasible({ ...row, violations: 3 }, "td3-seed0"),
    InputError,
    "Cannot aggregate: the test after episode 8 of trial td3-seed0 must have no slot in which a constraint of Eq. 18 is broken, got 3",
  );
});

Deno.test("a trial with violations enters no table of data/, and none is written", async () => {
  await withTemporaryFolder(async (data) => {
    const trials = trialsOf(FIG05, "quick");
    for (const [k, trial] of trials.entries()) {
      const row = evaluation("test", 1, -1);
      const rows = [{ ...row, violations: k === trials.length - 1 ? 1 : 0 }];
      const files = {
        "episodes.csv": formatCsv([row], EPISODE_COLUMNS),
        "evaluations.csv": formatCsv(rows, EVALUATION_COLUMNS),
      };
      await storeTrial(data, trial, sealFiles({ id: trialId(trial) }, files));
    }
    const refused =
      "must have no slot in which a constraint of Eq. 18 is broken, got 1";
    await assertRejects(
      () => aggregateExperiment(data, FIG05, "quick"),
      InputError,
      refused,
    );
    assertEquals(await exists(curvesPath(data, FIG05, "quick")), false);
    await assertRejects(
      () => readTestRow(data, trials[trials.length - 1]),
      InputError,
      refused,
    );
  });
});
