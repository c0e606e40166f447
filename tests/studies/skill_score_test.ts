import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Reference, ReferenceScale } from "../../lib/optimum/mod.ts";
import { PER_SLOT_SCALE } from "../../lib/optimum/mod.ts";
import { summarizeMethods } from "../../lib/studies/method_summary.ts";
import { methodTable } from "../../lib/studies/method_table.ts";
import { skillsOf } from "../../lib/studies/skill_score.ts";
import type { MethodRow } from "../../lib/studies/task_scales.ts";

/** Rows from `values[method][seed]` on one task. */
function rowsOf(
  values: Readonly<Record<string, readonly number[]>>,
  reference?: Reference,
  bounds: Readonly<Record<string, readonly number[]>> = {},
): MethodRow[] {
  return Object.entries(values).flatMap(([series, bySeed]) =>
    bySeed.map((value, seed) => ({
      ...{ series, task: "all", seed, value },
      ...reference === undefined ? {} : { reference },
      ...bounds[series] === undefined ? {} : { bound: bounds[series][seed] },
    }))
  );
}

const CHARGED: ReferenceScale = {
  ...PER_SLOT_SCALE,
  world: "modelLoading = charged",
  zero: "cloud-only",
  ones: ["sampled-plan", "hold"],
  bracket: true,
  reason: "modelLoading = charged: a bracket.",
};

const skillOf = (rows: readonly MethodRow[], series: string) =>
  skillsOf(rows, "objective").rows.filter((row) => row.series === series);

Deno.test("skill is 0 at random, 1 at the optimum, linear between and beyond", () => {
  const rows = rowsOf({
    random: [9.95],
    optimum: [4.49],
    half: [(9.95 + 4.49) / 2],
    worse: [9.95 + 5.46],
    better: [4.49 - 5.46],
  });
  const values = skillsOf(rows, "objective").rows.map(({ value }) => value);
  [0, 1, 0.5, -1, 2].forEach((expected, i) =>
    assertAlmostEquals(values[i], expected, 1e-12)
  );
});

Deno.test("where the 1 is a bracket, a skill is known between both of its ends", () => {
  // 1 is 6 or, at the bound, 5: (10 − 8)/4 and (10 − 8)/5.
  const rows = rowsOf(
    { "cloud-only": [10], td3: [8], worse: [12], hold: [6] },
    CHARGED,
    { hold: [5] },
  );
  const known = skillsOf(rows, "objective").rows
    .flatMap(({ value, atBound }) => [value, atBound!]);
  [0, 0, 0.5, 0.4, -0.5, -0.4, 1, 0.8].forEach((expected, i) =>
    assertAlmostEquals(known[i], expected, 1e-15)
  );
  const [, td3, worse, hold] = summarizeMethods(rows, "objective");
  assertEquals(td3.skill, { estimate: 0.5, lower: 0.4, upper: 0.5 });
  assertEquals([worse.skill!.estimate, worse.skill!.lower], [-0.5, -0.5]);
  assertAlmostEquals(worse.skill!.upper!, -0.4, 1e-15);
  assertEquals(hold.skill, { estimate: 1, lower: 0.8, upper: 1 });
});

Deno.test("the interval over seeds and the bracket are covered both", () => {
  const values = {
    "cloud-only": [10, 10, 10, 10],
    td3: [8, 7.6, 8.4, 8],
    hold: [6, 6, 6, 6],
  };
  const at = (bound: number) =>
    summarizeMethods(
      rowsOf(values, CHARGED, { hold: [bound, bound, bound, bound] }),
      "objective",
    )[1].skill!;
  const exact = at(6);
  const wide = at(5);
  assertEquals(wide.estimate, exact.estimate);
  assertEquals(wide.upper, exact.upper);
  // The seeds' lower end at the other 1: all skills times 4/5.
  assertAlmostEquals(wide.lower!, exact.lower! * 4 / 5, 1e-12);
});

Deno.test("the best of the methods that can be 1 is it, with the best bound", () => {
  const bounds = { "sampled-plan": [4, 5], hold: [5, 4] };
  const rows = rowsOf(
    { "cloud-only": [10, 10], hold: [6, 7], "sampled-plan": [7, 5] },
    CHARGED,
    bounds,
  );
  // Means 6.5 and 6.
  assertEquals(
    skillOf(rows, "sampled-plan").map(({ value }) => value),
    [1, 1],
  );
  assertEquals(skillOf(rows, "hold")[0].value, 4 / 3);
  // Bounds 5 and 5.
  assertEquals(skillOf(rows, "hold")[0].atBound, 4 / 5);
  const cheat = rows.map((row) =>
    row.series === "sampled-plan" ? { ...row, violations: 1 } : row
  );
  assertEquals(skillOf(cheat, "hold").map(({ value }) => value), [1, 1]);
});

Deno.test("a skill above 1 is shown as it is, with a note; one that sees more has another", () => {
  const { notes, table } = (() => {
    const rows = rowsOf(
      { random: [10], lucky: [3], "plan ◇": [2], optimum: [4] },
    );
    return methodTable(
      summarizeMethods(rows, "objective"),
      rows,
      "objective",
    );
  })();
  assertEquals(table.map((cells) => cells[4]).slice(1), [
    "0.000",
    "1.167",
    "1.333",
    "1.000",
  ]);
  assertEquals(notes, [
    "lucky: skill above 1, luck on these traces, or a fault.",
    "plan ◇: skill above 1, as it sees what the 1 does not, or by a fault.",
    "◇ sees the whole episode in advance.",
  ]);
});

Deno.test("another scale than the paper's is said below the table", () => {
  const rows = rowsOf({ "cloud-only": [10], hold: [6] }, CHARGED, {
    hold: [5],
  });
  const { notes } = methodTable(
    summarizeMethods(rows, "objective"),
    rows,
    "objective",
  );
  assertEquals(notes, ["Skill with modelLoading = charged: a bracket."]);
});

Deno.test("a scale without its ends or its bound is none, with a sentence that names the world", () => {
  const missing = (rows: readonly MethodRow[]) =>
    skillsOf(rows, "objective").missing;
  assertEquals(missing(rowsOf({ random: [9], optimum: [8] }, CHARGED)), [
    "modelLoading = charged: what would be 1 is not among the methods, sampled-plan or hold.",
  ]);
  assertEquals(missing(rowsOf({ hold: [8] }, CHARGED, { hold: [7] })), [
    "modelLoading = charged: what would be 0 is not among the methods, cloud-only.",
  ]);
  assertEquals(missing(rowsOf({ "cloud-only": [9], hold: [8] }, CHARGED)), [
    "modelLoading = charged: with all and seed 0 no bound behind hold is known.",
  ]);
  // Nobody asks where nothing is there that could be 1.
  assertEquals(missing(rowsOf({ td3: [9] }, CHARGED)), []);
  assertEquals(missing(rowsOf({ td3: [9], random: [10] })), []);
});

Deno.test("where the 1 equals the cloud alone, caching does not pay and there is no scale", () => {
  const reference = { ...CHARGED, bracket: false, ones: ["best-for-chain"] };
  const missing = (own: number[]) => {
    const values = { "cloud-only": [9, 8], "best-for-chain": own };
    return skillsOf(rowsOf(values, reference), "objective").missing;
  };
  // Means of 8.5 and 8.46, which is less than half a percent.
  assertEquals(missing([8.95, 7.97]), [
    "modelLoading = charged: with all best-for-chain is within 0.5 % of cloud-only, as caching does not pay here.",
  ]);
  assertEquals(missing([8.9, 7.9]), []);
  assertEquals(missing([8, 8]), [
    "modelLoading = charged: with all and seed 1 best-for-chain is not better than cloud-only.",
  ]);
});

Deno.test("a bracket that is too wide is no scale", () => {
  const reference = {
    ...CHARGED,
    world: "downlinkQueue = carried",
    zero: "random",
    ones: ["optimum"],
    widest: 0.01,
  };
  const of = (bound: number) =>
    skillsOf(
      rowsOf({ random: [10, 10], optimum: [4, 4] }, reference, {
        optimum: [bound, 4],
      }),
      "objective",
    );
  // Over both seeds 0.75 % and 1.5 %.
  assertEquals(of(3.94).rows.length, 4);
  assertEquals(of(3.88).missing, [
    "downlinkQueue = carried: with all the bound is 1.5 % from what optimum achieves, too far for a scale.",
  ]);
});

Deno.test("worlds with other ends each have their own, and one without takes the skill from all", () => {
  const at = (task: string, rows: readonly MethodRow[]) =>
    rows.map((row) => ({ ...row, task }));
  const known = [
    ...at("free", rowsOf({ random: [10], optimum: [4], td3: [7] })),
    ...at(
      "charged",
      rowsOf({ "cloud-only": [10], hold: [6], td3: [7] }, CHARGED, {
        hold: [6],
      }),
    ),
  ];
  assertEquals(skillOf(known, "td3").map(({ value }) => value), [0.5, 0.75]);
  const none: Reference = {
    kind: "none",
    world: "association = cached-anywhere",
    reason: "association = cached-anywhere: no.",
  };
  const skills = skillsOf(
    [...known, ...at("anywhere", rowsOf({ td3: [1] }, none))],
    "objective",
  );
  assertEquals(skills.rows, []);
  assertEquals(skills.missing, [none.reason]);
});

Deno.test("of returns the bound is above", () => {
  const rows = rowsOf(
    { "cloud-only": [-10], td3: [-8], hold: [-6] },
    CHARGED,
    { hold: [-5] },
  );
  const skills = skillsOf(rows, "episodeReturn").rows;
  assertEquals(skills[1].value, 0.5);
  assertAlmostEquals(skills[1].atBound!, 0.4, 1e-15);
  assert(skillsOf(rows, "hitRate").rows.length === 0);
});
