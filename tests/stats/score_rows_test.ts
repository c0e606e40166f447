import { assertEquals, assertThrows } from "@std/assert";
import {
  gapTo,
  type ScoreRow,
  scoresBySeries,
  skillRows,
} from "../../lib/stats/mod.ts";

function rowsOf(...rows: [string, string, number, number][]): ScoreRow[] {
  return rows.map(([series, task, seed, value]) => (
    { series, task, seed, value }
  ));
}

Deno.test("matrices have seeds rising and tasks as they first appear", () => {
  const rows = rowsOf(
    ["TD3", "users=10", 2, 1],
    ["TD3", "users=5", 2, 2],
    ["DDPG", "users=5", 0, 3],
    ["DDPG", "users=10", 0, 4],
    ["TD3", "users=5", 1, 5],
    ["TD3", "users=10", 1, 6],
  );
  assertEquals(scoresBySeries(rows), [
    {
      series: "TD3",
      seeds: [1, 2],
      incomplete: [],
      tasks: ["users=10", "users=5"],
      scores: [[6, 5], [1, 2]],
    },
    {
      series: "DDPG",
      seeds: [0],
      incomplete: [],
      tasks: ["users=10", "users=5"],
      scores: [[4, 3]],
    },
  ]);
});

Deno.test("a seed without all tasks is left out, and so is a task without all methods", () => {
  const [td3, ddpg] = scoresBySeries(rowsOf(
    ["TD3", "a", 0, 1],
    ["TD3", "a", 1, 1],
    ["TD3", "b", 1, 2],
    ["TD3", "c", 0, 9],
    ["DDPG", "a", 0, 3],
    ["DDPG", "b", 0, 4],
  ));
  assertEquals([td3.tasks, td3.seeds, td3.incomplete], [["a", "b"], [1], [0]]);
  assertEquals(ddpg.scores, [[3, 4]]);
  const none = scoresBySeries(rowsOf(["TD3", "a", 0, 1], ["DDPG", "b", 0, 1]));
  assertEquals(none.map(({ seeds }) => seeds), [[], []]);
});

Deno.test("the same value twice is one, two values are an error", () => {
  const [{ scores }] = scoresBySeries(
    rowsOf(["TD3", "a", 0, 1], ["TD3", "a", 0, 1]),
  );
  assertEquals(scores, [[1]]);
  assertThrows(
    () => scoresBySeries(rowsOf(["TD3", "a", 0, 1], ["TD3", "a", 0, 2])),
    RangeError,
    'series "TD3" must have one value for task "a" and seed 0, got 1 and 2',
  );
});

Deno.test("skill is 0 for random and 1 for the optimum, for costs and for rewards", () => {
  const values = (rows: ScoreRow[] | undefined) =>
    rows?.map((row) => row.value);
  const cost = rowsOf(
    ["random", "a", 0, 10],
    ["TD3", "a", 0, 6],
    ["optimum", "a", 0, 5],
  );
  assertEquals(values(skillRows(cost, "random", "optimum")), [0, 0.8, 1]);
  const reward = cost.map((row) => ({ ...row, value: -row.value }));
  assertEquals(values(skillRows(reward, "random", "optimum")), [0, 0.8, 1]);
});

Deno.test("skill needs both ends on the same task and seed, and a range between them", () => {
  const rows = rowsOf(
    ["random", "a", 0, 10],
    ["optimum", "a", 0, 5],
    ["TD3", "a", 0, 25],
    ["TD3", "a", 1, 7],
    ["TD3", "b", 0, 7],
  );
  assertEquals(
    skillRows(rows, "random", "optimum")?.map((
      { seed, task, value },
    ) => [seed, task, value]),
    [[0, "a", 0], [0, "a", 1], [0, "a", -3]],
  );
  assertEquals(skillRows(rows, "random", "best"), undefined);
  assertEquals(
    skillRows(
      [...rows, ...rowsOf(["random", "b", 0, 3], ["optimum", "b", 0, 3])],
      "random",
      "optimum",
    ),
    undefined,
  );
});

Deno.test("a gap is to the reference at the same place and seed, if that is above 0", () => {
  const rows = [
    { series: "a", task: "x", seed: 0, value: 3 },
    { series: "a", task: "x", seed: 1, value: 3 },
    { series: "a", task: "y", seed: 0, value: 3 },
    { series: "b", task: "x", seed: 0, value: 2 },
    { series: "b", task: "y", seed: 0, value: 0 },
  ];
  // 3 is 50 % above 2; seed 1 has no b, and nothing is compared with 0.
  assertEquals(rows.map(gapTo(rows, "b", ({ task }) => task)), [
    50,
    undefined,
    undefined,
    0,
    undefined,
  ]);
});
