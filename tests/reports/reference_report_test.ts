import { assert, assertEquals } from "@std/assert";
import { gatherStudy, reportStudy } from "../../lib/reports/mod.ts";
import { openStudy } from "../../lib/studies/study.ts";

/** What a study in a world reports. */
async function reportOf(assumptions: Record<string, string>) {
  const data = await Deno.makeTempDir();
  try {
    const study = await openStudy({
      name: "worlds",
      scenario: { extends: "small", assumptions },
      methods: ["cloud-only", "random", "optimum"],
      seeds: "0-1",
      grid: { users: [2, 3] },
      testEpisodes: 2,
    }, { data });
    await study.run();
    const results = await gatherStudy(study.sweep, study);
    return { results, ...reportStudy(results) };
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

const text = (value: unknown) => JSON.stringify(value);

Deno.test("with a carried queue skills and gaps are up to the optimum's bound", async () => {
  const { results, figures, tables } = await reportOf({
    downlinkQueue: "carried",
  });
  const [methods] = tables;
  const skill = methods.table[0].indexOf("skill, IQM");
  const optimum = methods.table.find(([name]) => name === "myopic optimum")!;
  assert(/^1\.000 \(\d\.\d+ to 1\.000\)$/.test(optimum[skill]), optimum[skill]);
  assert(
    methods.notes.some((note) =>
      note.startsWith("Skill with downlinkQueue = carried: 0 is random")
    ),
  );
  assert(
    text(figures.optimality_gap).includes("G above the myopic optimum, %"),
  );
  const byUsers = text(figures.optimality_gap_by_users);
  assert(byUsers.includes("The myopic optimum itself is "), byUsers);
  // No method is below a bound of the same traces.
  const rows = results.finished.map(({ id, values, config }) => {
    const { objective, lowerBound } = results.rows.get(id)!;
    return { objective, lowerBound, place: text([values.users, config.seed]) };
  });
  for (const { lowerBound, place } of rows) {
    if (lowerBound === null) continue;
    for (const other of rows) {
      if (other.place !== place) continue;
      assert(Number(other.objective) >= Number(lowerBound));
    }
  }
  assertEquals(rows.filter(({ lowerBound }) => lowerBound !== null).length, 4);
});

Deno.test("where nothing gives a scale, a report has neither skill nor gap, and says why", async () => {
  const { figures, tables } = await reportOf({
    association: "cached-anywhere",
  });
  const [methods] = tables;
  const skill = methods.table[0].indexOf("skill, IQM");
  assert(methods.table.slice(1).every((cells) => cells[skill] === "–"));
  assert(methods.notes.includes(
    "No skill: association = cached-anywhere: the optimum is a local search, which other methods beat by up to a quarter.",
  ));
  const names = Object.keys(figures);
  assert(!names.some((name) => name.startsWith("optimality_gap")));
  assert(names.includes("interval_estimates"));
});
