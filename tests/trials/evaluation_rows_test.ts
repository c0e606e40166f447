import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { SMALL_LEARNER } from "../../lib/agents/mod.ts";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import {
  responseTimeQuantileS,
  toEvaluationRow,
  toTrainingRow,
} from "../../lib/trials/evaluation_rows.ts";
import { EPISODE_COLUMNS, EVALUATION_COLUMNS } from "../../lib/trials/rows.ts";
import { runTrial } from "../../lib/trials/run_trial.ts";
import { makeTrial } from "../../lib/trials/trial.ts";
import { parseCsv } from "../../lib/input/csv.ts";
import { quantile } from "../../lib/stats/statistics.ts";
import { type Method, playEpisode } from "../../lib/methods/mod.ts";
import { createCloudOnly } from "../../lib/policies/mod.ts";
import { deriveScenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

const clock = () => 0;
const text = (bytes: string | Uint8Array) =>
  typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes);

Deno.test("a quantile of response times is infinite only where it reaches an infinite one", () => {
  const timesS = Array.from({ length: 21 }, (_, i) => 20 - i);
  assertEquals(responseTimeQuantileS(timesS, 0.95), quantile(timesS, 0.95));
  assertEquals(responseTimeQuantileS([4, 1, 3, 2], 0.25), 1.75);
  // The 95 % of 21 numbers are the 20th, and the last has no part in it.
  assertEquals(responseTimeQuantileS([Infinity, ...timesS.slice(1)], 0.95), 19);
  assertEquals(
    responseTimeQuantileS([Infinity, Infinity, ...timesS.slice(2)], 0.95),
    Infinity,
  );
  // Between the 19th and the 20th of 20.
  assertEquals(
    responseTimeQuantileS([Infinity, ...timesS.slice(2)], 0.95),
    Infinity,
  );
});

Deno.test("an evaluation's percentile is over the requests of all its episodes", async () => {
  const env = new EdgeEnv(SMALL_SCENARIO, { split: "test" });
  const results = [];
  for (const seed of [0, 1, 2]) {
    results.push(await playEpisode(createCloudOnly(), env, seed));
  }
  const row = toEvaluationRow("test", 0, results);
  const timesS = results.flatMap(({ responseTimesS }) => responseTimesS);
  assertEquals(row.responseTimeP95S, quantile(timesS, 0.95));
  assertAlmostEquals(
    row.responseTimeS!,
    timesS.reduce((sum, timeS) => sum + timeS, 0) / timesS.length,
    1e-9 * row.responseTimeS!,
  );
});

Deno.test("where a request is never served, its times are empty cells and the rest stays", async () => {
  // Only where time does not count is the objective of such a slot finite.
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { responseTimeWeight: 0 },
  });
  const starving: Method = {
    name: "starving",
    label: "starving",
    create: () => {
      const inner = createCloudOnly();
      return {
        decide: (view) => {
          const decision = inner.decide(view);
          assert(!(decision instanceof Float32Array));
          const { server, bandwidthShare } = decision;
          const share = bandwidthShare.slice();
          share[server[0] * server.length] = 0;
          return { ...decision, bandwidthShare: share };
        },
      };
    },
  };
  const trial = makeTrial(starving, { scenario, seed: 0, testEpisodes: 2 });
  const result = await runTrial(trial, { clock, method: starving });
  assert(result);
  const csv = text(result.files["evaluations.csv"]);
  const source = { act: "read it", path: "evaluations.csv" };
  const [row] = parseCsv(csv, EVALUATION_COLUMNS, source);
  assertEquals(row, result.evaluations[0]);
  assertEquals(row.responseTimeS, null);
  assertEquals(row.responseTimeP95S, null);
  assertEquals(row.uplinkTimeS, null);
  assert(row.inferenceTimeS! > 0 && row.downlinkTimeS! > 0);
  assert(row.totalCost > 0);
});

Deno.test("a training row is empty where no update ran or the learner tells nothing", async () => {
  const metrics = { objective: 2, hitRate: 0.5 };
  assertEquals(toTrainingRow(3, { episodeReturn: -1, metrics }), {
    episode: 3,
    episodeReturn: -1,
    ...metrics,
    criticLoss: null,
    actorLoss: null,
    qValue: null,
  });
  const trial = makeTrial("td3", {
    ...{ scenario: SMALL_SCENARIO, seed: 0, episodes: 8, evaluateEvery: 8 },
    ...{ evaluationEpisodes: 1, testEpisodes: 1 },
  }, SMALL_LEARNER);
  const result = await runTrial(trial, { clock });
  assert(result);
  const csv = text(result.files["episodes.csv"]);
  const source = { act: "read it", path: "episodes.csv" };
  const rows = parseCsv(csv, EPISODE_COLUMNS, source);
  assertEquals(rows, [...result.episodes]);
  const first = rows.findIndex(({ qValue }) => qValue !== null);
  const { slotsPerEpisode } = SMALL_SCENARIO.parameters;
  assertEquals(first, Math.floor(16 / slotsPerEpisode));
  for (const { criticLoss, actorLoss, qValue } of rows.slice(first + 1)) {
    assert(criticLoss! > 0);
    assert(Number.isFinite(actorLoss) && Number.isFinite(qValue));
  }
});
