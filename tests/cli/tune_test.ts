import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import { main } from "../../lib/cli/sweep.ts";
import { readParquet } from "../../lib/files/parquet.ts";
import { parseSweepConfig } from "../../lib/studies/config.ts";
import { parseAnyCsv } from "../../lib/input/csv.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain, withFile } from "./capture.ts";

/** Six trials of under a second. */
const CONFIG = {
  name: "rates",
  scenario: "small",
  method: "td3",
  seeds: "0-1",
  evaluationEpisodes: 1,
  space: {
    "td3.actorLearningRate": { logUniform: [1e-4, 1e-1] },
    "td3.hiddenSizes": { choice: [[8, 8], [16]] },
  },
  search: { halving: { configs: 2, episodes: 20, leastEpisodes: 10, eta: 2 } },
};

function withConfig<T>(
  config: object,
  use: (path: string) => Promise<T>,
): Promise<T> {
  return withFile(JSON.stringify(config), use);
}

function ranking(data: string): Promise<string> {
  return Deno.readTextFile(`${data}/sweeps/rates/ranking.csv`);
}

async function trials(data: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${data}/trials`));
  return entries.map(({ name }) => name).sort();
}

/** Runs a search in a process of its own, and kills it after a while. */
async function killAfter(
  milliseconds: number,
  config: string,
  data: string,
): Promise<void> {
  const script = new URL("../../lib/cli/sweep.ts", import.meta.url);
  const search = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-read", "--allow-run"],
      ...[`--allow-write=${data}`, fileURLToPath(script)],
      ...["tune", config, "--data", data, "-j", "1"],
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const timer = setTimeout(() => {
    try {
      search.kill("SIGKILL");
    } catch {
      // It was faster.
    }
  }, milliseconds);
  await search.status;
  clearTimeout(timer);
}

Deno.test("a search ends with a ranking, its file, and the sweep that tests the best", async () => {
  await withTemporaryFolder((data) =>
    withConfig(CONFIG, async (path) => {
      const args = ["tune", path, "--data", data, "-j", "1"];
      const first = await captureMain(main, args);
      assertEquals([first.code, first.stderr], [0, ""]);
      assertStringIncludes(first.stdout, "Rung 1 of 2: 10 episodes");
      assertStringIncludes(first.stdout, "rates/rung2: 2 trials");
      assertStringIncludes(first.stdout, "behind the best");
      const csv = await ranking(data);
      const rows = parseRanking(csv);
      assertEquals(rows.map(({ rank, episodes }) => [rank, episodes]), [
        [1, 20],
        [2, 10],
      ]);
      assertEquals((await trials(data)).length, 6);
      const best = parseSweepConfig(
        JSON.parse(await Deno.readTextFile(`${data}/sweeps/rates/best.json`)),
        "read it",
      );
      assertEquals(
        best.grid,
        Object.fromEntries(
          Object.keys(CONFIG.space).map((key) => [
            key,
            [parseCell(parseRanking(csv)[0][key])],
          ]),
        ),
      );

      const second = await captureMain(main, args);
      assertStringIncludes(second.stdout, "4 trials, of which 4 are finished");
      assertEquals(await ranking(data), csv);
    })
  );
});

function parseRanking(text: string) {
  return parseAnyCsv(text, { act: "read it", path: "ranking.csv" });
}

function parseCell(cell: unknown): unknown {
  return typeof cell === "string" ? JSON.parse(cell) : cell;
}

Deno.test("a search that is killed again and again comes to the same ranking", async () => {
  await withConfig(CONFIG, async (path) => {
    await withTemporaryFolder(async (whole) => {
      await captureMain(main, ["tune", path, "--data", whole]);
      await withTemporaryFolder(async (data) => {
        for (const milliseconds of [400, 900, 1300]) {
          await killAfter(milliseconds, path, data);
        }
        const { code } = await captureMain(main, [
          "tune",
          path,
          "--data",
          data,
        ]);
        assertEquals(code, 0);
        assertEquals(await ranking(data), await ranking(whole));
        assertEquals(await trials(data), await trials(whole));
      });
    });
  });
});

Deno.test("a trial that fails puts its config last, and is run again by the same command", async () => {
  await withTemporaryFolder((data) =>
    withConfig(CONFIG, async (path) => {
      const failing = () =>
        new Deno.Command(Deno.execPath(), {
          args: ["eval", "console.error('error: no memory'); Deno.exit(1)"],
          stdin: "piped",
          stdout: "piped",
          stderr: "piped",
        });
      const args = ["tune", path, "--data", data, "-j", "2"];
      const { code, stdout } = await captureMain(
        (given) => main(given, { command: failing }),
        args,
      );
      assertEquals(code, 1);
      assertStringIncludes(stdout, "error: no memory");
      assertStringIncludes(stdout, "the same command runs it again");
      const failed = parseRanking(await ranking(data));
      assertEquals(failed.map(({ lower }) => lower), [null, null]);
      assertEquals((await captureMain(main, args)).code, 0);
    })
  );
});

Deno.test("a dry run names configs, rungs and trials, and runs nothing", async () => {
  await withTemporaryFolder((data) =>
    withConfig(CONFIG, async (path) => {
      const { code, stdout } = await captureMain(main, [
        ...["tune", path, "--data", data, "--dry-run", "-j", "2"],
      ]);
      assertEquals(code, 0);
      assertStringIncludes(stdout, "Rung 1: 2 × 2 seeds × 10 episodes");
      assertStringIncludes(stdout, "Rung 2: 1 × 2 seeds × 20 episodes");
      assertStringIncludes(stdout, "6 trials. Estimated time, 2 at a time");
      assertEquals(await Array.fromAsync(Deno.readDir(data)), []);
    })
  );
});

Deno.test("help and schema are printed", async () => {
  const help = await captureMain(main, ["tune", "--help"]);
  assertStringIncludes(help.stdout, "Usage: deno task sweep tune");
  const { stdout } = await captureMain(main, ["tune", "--schema"]);
  assertEquals(JSON.parse(stdout).type, "object");
});

Deno.test("a config that is not valid starts nothing", async () => {
  const cases: [object, string][] = [
    [
      { ...CONFIG, method: "optimum" },
      'space["td3.actorLearningRate"] must be a known key',
    ],
    [{ ...CONFIG, method: "td4" }, 'method must be one of "td3", "ddpg"'],
    [
      { ...CONFIG, space: { "td3.tau": { uniform: [0, 2] } } },
      'space["td3.tau"].uniform[1] must be',
    ],
    [
      { ...CONFIG, space: { "td3.hiddenSizes": { choice: [[8]] } } },
      "configs must be at most the 1 different ones in the space, got 2",
    ],
  ];
  await withTemporaryFolder(async (data) => {
    for (const [config, message] of cases) {
      await withConfig(config, async (path) => {
        await assertRejects(
          () => main(["tune", path, "--data", data]),
          InputError,
          `Cannot read ${path}: ${message}`,
        );
      });
    }
    assertEquals(await Array.fromAsync(Deno.readDir(data)), []);
    await assertRejects(() => main(["tune"]), InputError, "must be a config");
  });
});

Deno.test("a sweep ends with a table of methods, and writes Parquet if asked to", async () => {
  const config = {
    name: "mine",
    scenario: "small",
    methods: ["random", "optimum"],
    seeds: "0-1",
    testEpisodes: 1,
  };
  await withTemporaryFolder((data) =>
    withConfig(config, async (path) => {
      const { code, stdout } = await captureMain(main, [
        ...[path, "--data", data, "--parquet", "--metric", "episodeReturn"],
      ]);
      assertEquals(code, 0);
      assertStringIncludes(stdout, "Methods over 1 task, 95 % intervals:");
      assertStringIncludes(stdout, "P(better than random)");
      assert(/optimum +2 .*1\.000 \(1\.000 to 1\.000\)/.test(stdout));
      for (const name of ["rows", "evaluations", "episodes"]) {
        assertStringIncludes(stdout, `sweeps/mine/${name}.parquet`);
      }
      await assertRejects(
        () => main([path, "--data", data, "--metric", "regret"]),
        InputError,
        "--metric must be one of objective, episodeReturn, hitRate, got regret",
      );
    })
  );
});

Deno.test("a damaged trial has no row in Parquet files, and is named", async () => {
  const config = {
    name: "mine",
    scenario: "small",
    methods: ["td3"],
    seeds: "0",
    episodes: 2,
    testEpisodes: 1,
  };
  await withTemporaryFolder((data) =>
    withConfig(config, async (path) => {
      const args = [path, "--data", data, "--parquet"];
      assertEquals((await captureMain(main, args)).code, 0);
      const [trial] = await trials(data);
      const file = `${data}/trials/${trial}/episodes.csv`;
      await Deno.writeTextFile(file, "1", { append: true });
      const { code, stdout } = await captureMain(main, args);
      assertEquals(code, 1);
      assertStringIncludes(stdout, "failed: episodes.csv is damaged");
      assertStringIncludes(stdout, `it is now ${data}/damaged/${trial}`);
      const read = (name: string) =>
        readParquet(`${data}/sweeps/mine/${name}.parquet`, { trial: 0 });
      assertEquals(await read("rows"), []);
      assertEquals(await read("episodes"), []);
    })
  );
});
