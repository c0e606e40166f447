import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { FIGURE_NAMES, main } from "../../lib/cli/figures.ts";
import { FIG05, lengthsOf } from "../../lib/studies/paper/registry.ts";
import { formatCsv } from "../../lib/trials/csv.ts";
import { readExperiment } from "../../lib/studies/paper/aggregate.ts";
import {
  TRIAL_EPISODE_COLUMNS,
  TRIAL_EVALUATION_COLUMNS,
} from "../../lib/trials/rows.ts";
import {
  curvesPath,
  evaluationsPath,
} from "../../lib/studies/paper/paper_tables.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { readTree, withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";

/** Gives a folder whose tables of Fig. 5's quick profile are part of the paper's. */
async function withQuickTables(
  use: (data: string, figures: string) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const data = join(folder, "data");
    await Deno.mkdir(join(data, "quick"), { recursive: true });
    const { curves, evaluations } = await readExperiment(
      "data",
      FIG05,
      "paper",
    );
    const { episodes, seeds } = lengthsOf(FIG05, "quick");
    const isQuick = (row: { seed: number; episode: number }) =>
      seeds.includes(row.seed) && row.episode <= episodes;
    await Deno.writeTextFile(
      curvesPath(data, FIG05, "quick"),
      formatCsv(curves.filter(isQuick), TRIAL_EPISODE_COLUMNS),
    );
    // The paper's profile evaluates half as often, and tests after 800 episodes.
    await Deno.writeTextFile(
      evaluationsPath(data, FIG05, "quick"),
      formatCsv(
        evaluations.filter(({ seed }) => seeds.includes(seed)).flatMap((row) =>
          row.split === "test"
            ? [{ ...row, episode: episodes }]
            : row.episode <= episodes
            ? [{ ...row, episode: row.episode - 25 }, row]
            : []
        ),
        TRIAL_EVALUATION_COLUMNS,
      ),
    );
    await use(data, join(folder, "figures"));
  });
}

Deno.test("a figure of the quick profile is drawn beside those that are committed", async () => {
  await withQuickTables(async (data, figures) => {
    const { code, stdout } = await captureMain(
      (args) => main(args, { data, figures }),
      [FIG05.figure, "--profile", "quick", "--accept-stale"],
    );
    assertEquals(code, 0);
    assertEquals(
      stdout,
      `${join(figures, "quick", FIG05.figure)}.png, .svg and .vl.json\n`,
    );
    const files = await readTree(figures);
    assertEquals(
      Object.keys(files).sort(),
      ["png", "svg", "vl.json"].map((end) => `quick/${FIG05.figure}.${end}`),
    );
    const spec = JSON.parse(
      new TextDecoder().decode(files[`quick/${FIG05.figure}.vl.json`]),
    );
    assert(spec.title.subtitle[0].startsWith("Quick profile: 300 episodes"));
  });
});

Deno.test("a figure is drawn for the column of a paper, in a folder of its own", async () => {
  await withQuickTables(async (data, figures) => {
    const look = ["--width", "3.5in", "--no-title", "--formats", "pdf,svg"];
    const args = [
      ...[FIG05.figure, "--profile", "quick", "--accept-stale"],
      ...look,
    ];
    await assertRejects(
      () => main(args, { data, figures }),
      InputError,
      "--output must be a folder for figures that look otherwise",
    );
    const output = `${figures}/paper`;
    const { code } = await captureMain(
      (all) => main(all, { data, figures }),
      [...args, "--output", output],
    );
    assertEquals(code, 0);
    const files = await readTree(output);
    assertEquals(
      Object.keys(files).sort(),
      ["pdf", "svg"].map((end) => `${FIG05.figure}.${end}`),
    );
    const svg = new TextDecoder().decode(files[`${FIG05.figure}.svg`]);
    assertEquals(svg.slice(0, 200).match(/ width="(33[0-6])"/)?.length, 2);
  });
});

Deno.test("nothing is drawn where a table is missing or a figure has no such name", async () => {
  await withQuickTables(async (data, figures) => {
    for (
      const [args, message] of [
        [["--profile", "quick"], "/data/quick must hold its tables"],
        [[FIG05.figure], "--profile paper writes them"],
        [["fig99"], `must be one of ${FIGURE_NAMES.join(", ")}, got fig99`],
        [["--profile", "slow"], "--profile must be one of smoke, quick, paper"],
      ] as const
    ) {
      await assertRejects(
        () => main([...args], { data, figures }),
        InputError,
        message,
      );
    }
    await assertRejects(() => Deno.stat(figures), Deno.errors.NotFound);
  });
});

/** Damage to a table of the paper profile, and what is said of it. */
const DAMAGED: [
  string,
  string,
  (text: string) => string | Uint8Array,
  string,
][] = [
  [
    "fig05_convergence",
    "fig05_convergence",
    (text) => text.replace("-8.30", "-8,30"),
    "row 2 must have as many cells as the head, 6, got 7",
  ],
  [
    "fig05_convergence",
    "fig05_convergence",
    (text) =>
      text.replace("-8.30", '"-8,30').replace("61431827,", '61431827",'),
    'row 2, column episodeReturn must be a finite number, got "-8,30029061431827"',
  ],
  [
    "fig05_convergence",
    "fig05_convergence",
    (text) => text.slice(0, text.length / 2),
    "row 4037 must end with a line feed, got the end of the file",
  ],
  [
    "fig05_convergence",
    "fig05_convergence",
    (text) => text.split("\n").slice(0, 4001).join("\n") + "\n",
    'must have a row of series "DDPG", seed 0, episode 1, got none (4000 of 8000 rows)',
  ],
  [
    "fig05_convergence",
    "fig05_evaluations",
    (text) => text.replace("0.55,", "NaN,"),
    'row 2, column hitRateAnyServer must be a finite number from 0 to 1, got "NaN"',
  ],
  [
    "fig05_convergence",
    "fig05_convergence",
    (text) =>
      new Uint8Array(
        new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer,
      ),
    "the document must be UTF-8, got UTF-16",
  ],
  [
    "fig05_convergence",
    "fig05_convergence",
    () => "",
    "must be a table with a head, got an empty file",
  ],
  [
    "fig06_hit_rate",
    "fig06_07_scalability",
    (text) => text.replace("TD3,5,1,", "TD3,5,0,"),
    'row 3 must not repeat a row, got series "TD3", users 5, seed 0 again',
  ],
  [
    "fig07_objective",
    "fig06_07_scalability",
    (text) => text.replace("\nTD3,", "\nTD4,"),
    'row 2 must be one that belongs to the table, got series "TD4"',
  ],
  [
    "claims_matrix",
    "readings",
    (text) => text.trimEnd().split("\n").slice(0, -1).join("\n") + "\n",
    "must have a row of reading",
  ],
  [
    "claims_matrix",
    "readings",
    (text) => text.replace(/,-[\d.]+\n/, ",\n"),
    "column trainingReturn must be a finite number for",
  ],
];

for (const [figure, table, damage, message] of DAMAGED) {
  Deno.test(`${figure} is not drawn from a damaged ${table}.csv: ${message}`, async () => {
    await withTemporaryFolder(async (folder) => {
      const data = join(folder, "data");
      const figures = join(folder, "figures");
      await Deno.mkdir(data);
      await Deno.mkdir(figures);
      for await (const { name } of Deno.readDir("data")) {
        if (!name.endsWith(".csv")) continue;
        await Deno.copyFile(join("data", name), join(data, name));
      }
      const path = join(data, `${table}.csv`);
      const damaged = damage(await Deno.readTextFile(path));
      await Deno.writeFile(
        path,
        typeof damaged === "string"
          ? new TextEncoder().encode(damaged)
          : damaged,
      );
      const committed = join(figures, `${figure}.png`);
      await Deno.writeTextFile(committed, "what was drawn before");
      const error = await assertRejects(
        () => main([figure], { data, figures }),
        InputError,
        message,
      );
      assert(error.message.startsWith(`Cannot draw ${figure}: ${path}`));
      assertEquals(Object.keys(await readTree(figures)), [`${figure}.png`]);
      assertEquals(
        await Deno.readTextFile(committed),
        "what was drawn before",
      );
    });
  });
}

Deno.test("a byte order mark before a table is skipped", async () => {
  await withQuickTables(async (data, figures) => {
    const path = curvesPath(data, FIG05, "quick");
    await Deno.writeTextFile(path, "\ufeff" + await Deno.readTextFile(path));
    const { code } = await captureMain(
      (args) => main(args, { data, figures }),
      [FIG05.figure, "--profile", "quick", "--accept-stale"],
    );
    assertEquals(code, 0);
  });
});

for (const name of FIGURE_NAMES) {
  Deno.test(`${name} in the repository is what its table gives`, async () => {
    await withTemporaryFolder(async (figures) => {
      const { code } = await captureMain((args) => main(args, { figures }), [
        name,
        "--accept-stale",
      ]);
      assertEquals(code, 0);
      for (const file of [`${name}.vl.json`, `${name}.svg`]) {
        assert(
          await Deno.readTextFile(`figures/${file}`) ===
            await Deno.readTextFile(join(figures, file)),
          `figures/${file} is not what deno task figures draws`,
        );
      }
    });
  });
}
