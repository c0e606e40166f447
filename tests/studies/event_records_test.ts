import { assert, assertEquals } from "@std/assert";
import { encodeCheckpoint } from "../../lib/agents/mod.ts";
import {
  type BoardTrial,
  checkpointRows,
  encodeTrial,
  evaluationScalars,
  runEnding,
  runName,
  settingsOf,
  spanOf,
  trainingScalars,
} from "../../lib/studies/event_records.ts";
import {
  EVALUATION_COLUMNS,
  type EvaluationRow,
  type TrainingEpisodeRow,
} from "../../lib/trials/rows.ts";
import { trialId } from "../../lib/trials/trial.ts";
import { parseEvents, seriesOf } from "../files/read_events.ts";
import { smallTrial } from "../trials/fixtures.ts";

const CONFIG = smallTrial({ episodes: 4, evaluateEvery: 2 });

const TRIAL: BoardTrial = {
  id: trialId(CONFIG),
  config: CONFIG,
  method: "td3",
  values: { users: 3, "td3.discount": 0.9, part: "" },
};

function episode(number: number): TrainingEpisodeRow {
  return {
    episode: number,
    episodeReturn: -number,
    objective: number / 3,
    hitRate: 0.5,
    criticLoss: number > 2 ? 0.1 * number : null,
    actorLoss: null,
    qValue: null,
  };
}

/** Every number is another one. */
function evaluation(
  split: EvaluationRow["split"],
  number: number,
): EvaluationRow {
  const columns = Object.keys(EVALUATION_COLUMNS);
  const values = columns.map((column, k) => [column, (number + k) / 100]);
  const violations = number;
  return { ...Object.fromEntries(values), violations, split, episode: number };
}

const ROWS = {
  episodes: [1, 2, 3, 4].map(episode),
  evaluations: [
    evaluation("validation", 2),
    evaluation("validation", 4),
    evaluation("test", 4),
  ],
};

Deno.test("a row has a tag for every column but its place; what is not known has none", () => {
  assertEquals(trainingScalars(episode(1)), {
    "train/episodeReturn": -1,
    "train/objective": 1 / 3,
    "train/hitRate": 0.5,
  });
  assertEquals(trainingScalars(episode(3))["train/criticLoss"], 0.1 * 3);
  const scalars = evaluationScalars({
    ...evaluation("validation", 2),
    responseTimeP95S: null,
  });
  const tags = Object.keys(EVALUATION_COLUMNS)
    .filter((one) => !["split", "episode", "responseTimeP95S"].includes(one))
    .map((one) => `evaluation/${one}`);
  assertEquals(Object.keys(scalars), tags);
  const { objective } = evaluation("test", 4);
  const test = evaluationScalars(evaluation("test", 4));
  assertEquals(test["test/objective"], objective);
});

Deno.test("the file of a trial has every number of its rows, at its step", () => {
  const bytes = encodeTrial(TRIAL, ROWS, { startS: 100, endS: 140 });
  const series = seriesOf(bytes);
  for (const [tag, points] of Object.entries(series)) {
    const [group, column] = tag.split("/");
    const rows = group === "train" ? ROWS.episodes : ROWS.evaluations
      .filter(({ split }) => (split === "test") === (group === "test"));
    const expected = (rows as object[] as Record<string, number | null>[])
      .filter((row) => row[column] !== null)
      .map((row) => [row.episode, Math.fround(row[column]!)]);
    assertEquals(points, expected as [number, number][], tag);
  }
  const groups = new Set(Object.keys(series).map((tag) => tag.split("/")[0]));
  assertEquals([...groups], ["train", "evaluation", "test"]);
});

Deno.test("rows are spread over the time of the trial, and the test is at its end", () => {
  const timings = {
    trainingSeconds: 30,
    evaluationSeconds: 10,
    decisionLatencyS: 0,
  };
  const events = parseEvents(encodeTrial(TRIAL, ROWS, spanOf(timings, 140)));
  assertEquals(events.map(({ wallTimeS }) => wallTimeS), [
    ...[100, 100, 100],
    ...[110, 120, 130, 140],
    ...[120, 140, 140],
  ]);
  assertEquals(events.flatMap(({ others }) => others), [
    "_hparams_/session_start_info",
    "trial",
  ]);
});

Deno.test("what was set is method, seed, what varies, and hyperparameters", () => {
  const settings = settingsOf(TRIAL);
  assertEquals([settings.method, settings.seed], ["td3", 3]);
  assertEquals([settings.users, settings["td3.discount"]], [3, 0.9]);
  assertEquals(settings["td3.hiddenSizes"], "[16,16]");
  assert(!("part" in settings));
});

Deno.test("a run's name says what it is of, and is a folder's everywhere", () => {
  const hash = TRIAL.id.slice(-12);
  assertEquals(runName(TRIAL), `td3,users=3,discount=0.9,seed=3,${hash}`);
  assertEquals(runEnding(TRIAL), `,${hash}`);
  const strange = { ...TRIAL, method: "../a b.ts", values: { x: "\n/..é" } };
  assertEquals(runName(strange), `a_b.ts,x=_.._,seed=3,${hash}`);
  const long = { ...TRIAL, values: { x: "y".repeat(1000) } };
  assert(runName(long).length < 200);
  assert(runName(long).endsWith(`,${hash}`));
});

Deno.test("a checkpoint tells the rows before an episode; one that is damaged none", () => {
  const extra = { trial: TRIAL.id, trainingMs: 1, evaluationMs: 1, ...ROWS };
  const agent = { algorithm: "td3", counters: {}, streams: {}, arrays: {} };
  const checkpoint = (extra: unknown) =>
    encodeCheckpoint({ episode: 4, agent, extra });
  const read = (bytes: Uint8Array, last: number) => {
    const rows = checkpointRows(TRIAL, bytes, last);
    return [rows.episodes.length, rows.evaluations.length];
  };
  const bytes = checkpoint(extra);
  assertEquals(read(bytes, 4), [4, 3]);
  assertEquals(read(bytes, 3), [3, 1]);
  assertEquals(read(bytes.subarray(0, -1), 4), [0, 0]);
  assertEquals(read(new Uint8Array(3), 4), [0, 0]);
  assertEquals(read(checkpoint(null), 4), [0, 0]);
  const other = { ...extra, trial: "td3-seed0-0123456789ab" };
  assertEquals(read(checkpoint(other), 4), [0, 0]);
});
