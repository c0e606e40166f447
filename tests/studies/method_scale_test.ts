import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { summarizeMethods } from "../../lib/studies/method_summary.ts";
import { methodTable } from "../../lib/studies/method_table.ts";
import { skillsOf } from "../../lib/studies/skill_score.ts";
import type { MethodRow } from "../../lib/studies/task_scales.ts";
import { expandSweep } from "../../lib/studies/expand.ts";
import { scoreRows } from "../../lib/studies/score_rows.ts";

/** Rows from `values[series][seed]` on one task. */
function rowsOf(
  values: Record<string, readonly number[]>,
  more: Partial<MethodRow> = {},
): MethodRow[] {
  return Object.entries(values).flatMap(([series, bySeed]) =>
    bySeed.map((value, seed) => ({
      series,
      task: "all",
      seed,
      value,
      ...more,
    }))
  );
}

function tableOf(rows: readonly MethodRow[]) {
  return methodTable(summarizeMethods(rows, "objective"), rows, "objective");
}

/** Traces differ by more than the methods do, as those of instances do. */
const COSTS = {
  TD3: [5, 10, 15, 20, 25, 30],
  random: [9, 14, 19, 24, 29, 34],
  optimum: [4, 9, 14, 19, 24, 29],
};

Deno.test("what is better on 6 of 6 common traces has a probability of improvement of 1", () => {
  const [td3, random, optimum] = summarizeMethods(rowsOf(COSTS), "objective");
  assertEquals(td3.improvement, null);
  assertEquals(optimum.improvement, { estimate: 1, lower: 1, upper: 1 });
  assertEquals(random.improvement, { estimate: 0, lower: 0, upper: 0 });
  assertEquals([random.pairs, optimum.pairs], ["traces", "traces"]);
});

Deno.test("only common traces are paired, and a tie counts half", () => {
  const rows = rowsOf({ TD3: [5, 6, 7], DDPG: [5, 4, 9] })
    .filter(({ series, seed }) => series === "TD3" || seed < 2);
  // On seeds 0 and 1 DDPG ties and is better.
  assertEquals(
    summarizeMethods(rows, "objective")[1].improvement?.estimate,
    0.75,
  );
});

Deno.test("without a common trace all pairs are compared, and a note says so", () => {
  const rows = [
    ...rowsOf({ TD3: [5, 6] }),
    ...rowsOf({ DDPG: [4, 7] }).map((row) => ({ ...row, seed: row.seed + 2 })),
  ];
  const [, ddpg] = summarizeMethods(rows, "objective");
  // 4 is below 5 and 6, 7 is not.
  assertAlmostEquals(ddpg.improvement!.estimate, 0.5, 1e-15);
  assertEquals([ddpg.pairs, ddpg.difference], ["all", null]);
  assertEquals(tableOf(rows).notes, [
    "Over all pairs of seeds, as no trace is shared with TD3: DDPG.",
  ]);
});

const NO_SCALE = [
  { assumption: "requestVisibility", value: "lagged", label: "myopic optimum" },
  { assumption: "modelLoading", value: "charged", label: "myopic optimum" },
  { assumption: "downlinkQueue", value: "carried", label: "myopic optimum" },
  {
    assumption: "association",
    value: "cached-anywhere",
    label: "approximate optimum",
  },
  {
    assumption: "pathLossDistanceUnit",
    value: "meter",
    label: "approximate optimum",
  },
] as const;

for (const { assumption, value, label } of NO_SCALE) {
  Deno.test(`a sweep with ${assumption} = ${value} has a ${label} and no skill, and says why`, () => {
    const { trials } = expandSweep({
      name: "mine",
      scenario: { extends: "paper", assumptions: { [assumption]: value } },
      methods: ["random", "optimum"],
      seeds: "0-1",
    }, "read it");
    const rows = new Map(trials.map(({ id, config }, k) => [
      id,
      { objective: 9 - k + config.seed, violations: 0 },
    ]));
    const scores = scoreRows(trials, rows, "objective");
    const { table, notes } = tableOf(scores);
    const skill = table[0].indexOf("skill, IQM");
    assertEquals(table.map((cells) => cells[0]), ["method", "random", label]);
    assertEquals(table.slice(1).map((cells) => cells[skill]), ["–", "–"]);
    assertEquals(notes.length, 1);
    assert(notes[0].startsWith(`No skill: ${assumption} = ${value}`));
  });
}

Deno.test("in a sweep over such a choice the optimum has one name, and nothing a skill", () => {
  const { trials } = expandSweep({
    name: "mine",
    scenario: "small",
    methods: ["random", "optimum"],
    seeds: "0",
    grid: { "assumptions.requestVisibility": ["reactive", "lagged"] },
  }, "read it");
  const rows = new Map(trials.map(({ id, config }) => [id, {
    objective: "policy" in config && config.policy === "random" ? 9 : 4,
    violations: 0,
  }]));
  const scores = scoreRows(trials, rows, "objective");
  const [random, optimum] = summarizeMethods(scores, "objective");
  assertEquals([random.tasks, optimum.tasks], [2, 2]);
  assertEquals(optimum.series, "myopic optimum");
  assertEquals([random.skill, optimum.skill], [null, null]);
  assert(
    tableOf(scores).notes[0].startsWith(
      "No skill: requestVisibility = lagged, ",
    ),
  );
});

Deno.test("there is no skill where the optimum is not better than random", () => {
  for (const optimum of [[4, 14], [4, 15]]) {
    const rows = rowsOf({ random: [9, 14], optimum });
    const { rows: skills, missing } = skillsOf(rows, "objective");
    assertEquals(skills, []);
    assertEquals(missing, [
      "with all and seed 1 optimum is not better than random.",
    ]);
  }
  // Of returns more is better.
  assertEquals(
    skillsOf(rowsOf({ random: [-9], optimum: [-4] }), "episodeReturn").rows
      .map(({ value }) => value),
    [0, 1],
  );
});

Deno.test("a method that breaks constraints has no skill and no rank, whatever it achieves", () => {
  // Shares times 100: 1.65 against the optimum's 4.14.
  const cheat = rowsOf({ cheat: [1.65, 1.65] }, { violations: 20 });
  const honest = rowsOf({ TD3: [7, 8], random: [9, 10], optimum: [4.14, 5] });
  const rows = [...cheat, ...honest];
  const [cheated, td3, , optimum] = summarizeMethods(rows, "objective");
  assertEquals(cheated.violations, 40);
  assertEquals(
    [cheated.skill, cheated.improvement, cheated.difference],
    [null, null, null],
  );
  // The others are compared with the first that is feasible.
  assertEquals([td3.improvement, optimum.improvement?.estimate], [null, 1]);
  assertEquals(optimum.skill?.estimate, 1);
  const { table, notes } = tableOf(rows);
  assertEquals(table[0].slice(-2), ["P(better than TD3)", "minus TD3, paired"]);
  assertEquals(table[1][0], "cheat (infeasible)");
  assertEquals(table[1].slice(4), ["–", "–", "–"]);
  assertEquals(notes, [
    "cheat (infeasible): broke a constraint of Eq. 18 in 40 slots of its tests; not compared.",
  ]);
});

Deno.test("a scale whose ends break constraints is none", () => {
  const rows = [
    ...rowsOf({ random: [9] }, { violations: 1 }),
    ...rowsOf({ TD3: [7], optimum: [4] }),
  ];
  assertEquals(skillsOf(rows, "objective"), {
    rows: [],
    missing: ["random breaks constraints."],
    notes: [],
  });
});

Deno.test("a method that sees the episode in advance is marked in rows and tables, with a note", () => {
  const { trials } = expandSweep({
    name: "ahead",
    scenario: "small",
    methods: ["pso", "random"],
    seeds: "0",
    grid: { "pso.protocol": ["per-slot", "per-episode"] },
  }, "read it");
  const rows = new Map(
    trials.map(({ id }) => [id, { objective: 1, violations: 0 } as never]),
  );
  const scores = scoreRows(trials, rows, "objective");
  const names = scores.map(({ series }) => series).sort();
  assertEquals(names, [
    "PCRAS protocol=per-episode ◇",
    "PCRAS protocol=per-slot",
    "random",
  ]);
  const note = "◇ sees the whole episode in advance.";
  const { table, notes } = tableOf(scores);
  assert(table.some(([name]) => name === names[0]));
  assertEquals(notes.at(-1), note);
  const others = tableOf(scores.filter(({ series }) => series !== names[0]));
  assert(!others.notes.includes(note));
});
