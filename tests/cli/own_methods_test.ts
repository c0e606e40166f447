import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import { launchArguments } from "../../lib/cli/launch.ts";
import { main } from "../../lib/cli/sweep.ts";
import { workerCommand } from "../../lib/trials/worker_command.ts";
import { parseAnyCsv } from "../../lib/input/csv.ts";
import { copyMethods, LFU, PINK } from "../trials/copy_methods.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A rule and a learner from files beside the project's methods: 18 trials. */
const STUDY = {
  name: "own",
  scenario: "small",
  methods: [LFU, PINK, "td3", "pso", "optimum"],
  hyperparameters: {
    "*.hiddenSizes": [8],
    "*.batchSize": 8,
    "*.minReplaySize": 16,
  },
  seeds: "0-2",
  episodes: 8,
  evaluateEvery: 4,
  evaluationEpisodes: 1,
  testEpisodes: 2,
  actionsPerPlan: 50,
  grid: { "lfu.decay": [0.5, 0.9] },
};

/** The same with the rule alone: 3 trials. */
const RULE = { ...STUDY, methods: [LFU], grid: {} };

/** Folders of studies and of methods, side by side outside the checkout. */
function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await copyMethods(`${folder}/methods`);
    await Deno.mkdir(`${folder}/studies`);
    await use(folder);
  });
}

async function writeStudy(folder: string, study: object): Promise<string> {
  const path = `${folder}/studies/own.json`;
  await Deno.writeTextFile(path, JSON.stringify(study));
  return path;
}

/** How many trials are finished. */
function countTrials(data: string): number {
  try {
    return [...Deno.readDirSync(`${data}/trials`)]
      .filter(({ isDirectory }) => isDirectory).length;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

/**
 * What `deno task sweep` comes to from the folder of studies, with the permissions
 * that it gives.
 *
 * @param isKilled Whether the moment has come to kill it.
 */
async function sweepThere(
  folder: string,
  args: readonly string[],
  isKilled = () => false,
) {
  const child = new Deno.Command(Deno.execPath(), {
    args: launchArguments("sweep", args, {
      folder: `${folder}/studies`,
      root: ROOT,
    }),
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setInterval(() => {
    if (!isKilled()) return;
    clearInterval(timer);
    child.kill("SIGKILL");
  }, 5);
  const { code, signal, stdout, stderr } = await child.output();
  clearInterval(timer);
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, signal, stdout: decode(stdout), stderr: decode(stderr) };
}

function readTable(folder: string, data: string): Promise<string> {
  return Deno.readTextFile(`${folder}/studies/${data}/sweeps/own/rows.csv`);
}

function parseTable(text: string) {
  return parseAnyCsv(text, { act: "read it", path: "rows.csv" });
}

Deno.test("methods from files are swept from another folder, and killed and continued to the same bytes", async () => {
  await withFolder(async (folder) => {
    await writeStudy(folder, STUDY);
    const args = ["own.json", "-j", "2"];
    const whole = await sweepThere(folder, [...args, "--data", "whole"]);
    assertEquals([whole.code, whole.stderr], [0, ""], whole.stdout);
    const table = await readTable(folder, "whole");
    const rows = parseTable(table);
    assertEquals(rows.length, 18);
    assertEquals(
      rows.slice(0, 5).map((row) => [row.method, row["lfu.decay"]]),
      [
        ["lfu", 0.5],
        ["td3-pink", null],
        ["td3", null],
        ["pso", null],
        ["optimum", null],
      ],
    );
    for (
      const series of ["LFU decay=0.5", "LFU decay=0.9", "TD3, pink noise"]
    ) {
      assertStringIncludes(whole.stdout, series);
    }

    const data = `${folder}/studies/killed`;
    for (const count of [1, 4, 8]) {
      const { signal } = await sweepThere(
        folder,
        [...args, "--data", "killed"],
        () => countTrials(data) >= count,
      );
      assertEquals(signal, "SIGKILL");
      assert(countTrials(data) < 18);
    }
    const last = await sweepThere(folder, [...args, "--data", "killed"]);
    assertEquals(last.code, 0, last.stdout + last.stderr);
    assertEquals(await readTable(folder, "killed"), table);
  });
});

Deno.test("a rule from a file is tuned on validation traces, and its best config tested", async () => {
  await withFolder(async (folder) => {
    await writeStudy(folder, {
      name: "tuned",
      scenario: "small",
      method: LFU,
      seeds: "0-1",
      space: { "./lfu.ts.decay": { choice: [0, 0.5, 1] } },
      search: { random: { configs: 3, episodes: 4 } },
    });
    const { code, stdout, stderr } = await sweepThere(folder, [
      ...["tune", "own.json", "--data", "out", "-j", "2"],
    ]);
    assertEquals([code, stderr], [0, ""], stdout);
    const data = `${folder}/studies/out`;
    const ranking = parseAnyCsv(
      await Deno.readTextFile(`${data}/sweeps/tuned/ranking.csv`),
      { act: "read it", path: "ranking.csv" },
    );
    assertEquals(
      ranking.map((row) => Number(row["lfu.decay"])).sort(),
      [0, 0.5, 1],
    );
    assertEquals(countTrials(data), 6);
    for (const { name, isDirectory } of Deno.readDirSync(`${data}/trials`)) {
      if (!isDirectory) continue;
      const [, row] = (await Deno.readTextFile(
        `${data}/trials/${name}/evaluations.csv`,
      )).split("\n");
      assertMatch(row, /^validation,/);
    }
    const [, advised] = /To test it: deno task sweep (.*)$/m.exec(stdout)!;
    const plan = await sweepThere(folder, [
      ...[...advised.split(" "), "--dry-run", "--data", "out"],
    ]);
    assertEquals(plan.code, 0, plan.stderr);
    assertMatch(plan.stdout, /lfu-seed2-.*\n(.*\n)*.*10 trials, 10 waiting/);
  });
});

Deno.test("after an edit of a method's file its old trials do not pass for new ones", async () => {
  await withFolder(async (folder) => {
    const study = await writeStudy(folder, RULE);
    const data = `${folder}/data`;
    const args = [study, "--data", data, "-j", "2"];
    assertEquals((await captureMain(main, args)).code, 0);
    const list = async () =>
      (await captureMain(main, [...args, "--list"])).stdout;
    assertStringIncludes(await list(), "3 finished");
    const path = `${folder}/methods/lfu.ts`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, `${text}// Edited.\n`);
    assertStringIncludes(await list(), "3 waiting");
    await Deno.writeTextFile(path, text);
    assertStringIncludes(await list(), "3 finished");
  });
});

Deno.test("a worker whose method has changed since refuses in one line", async () => {
  await withFolder(async (folder) => {
    const study = await writeStudy(folder, { ...RULE, seeds: "0" });
    const data = `${folder}/data`;
    const path = `${folder}/methods/lfu.ts`;
    const args = [study, "--data", data, "-j", "1"];
    const edit = {
      command: (trial: Parameters<typeof workerCommand>[0]) => {
        Deno.writeTextFileSync(path, "// Edited.\n", { append: true });
        return workerCommand(trial, { dataDirectory: data });
      },
    };
    const { code, stdout } = await captureMain(
      (given) => main(given, edit),
      args,
    );
    assertEquals(code, 1);
    const lines = stdout.split("\n").filter((line) =>
      line.includes("must be as it was when the trial was planned")
    );
    // While it runs, and in the end.
    assertEquals(lines.length, 2, stdout);
    assertStringIncludes(lines[0], `lfu seed 0 failed: Cannot run the trial`);
    for (const line of lines) assertStringIncludes(line, path);
    assertEquals(countTrials(data), 0);
    assertEquals((await captureMain(main, args)).code, 0);
  });
});

Deno.test("what is wrong with a method's file ends the command with exit code 2 and one line", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/methods/lfu.ts`;
    const text = await Deno.readTextFile(path);
    const cases: [string, object, RegExp][] = [
      [
        "export const method = 1;\n",
        RULE,
        /lfu\.ts: the module must have a method as its default export/,
      ],
      [
        'throw new Error("bad");\n',
        RULE,
        /lfu\.ts: Error: bad at .*lfu\.ts:1:7/,
      ],
      [
        text.replace('name: "lfu"', 'name: "td3"'),
        RULE,
        /method\.name must be another than those of the project's methods/,
      ],
      [
        text.replace('name: "lfu"', 'name: "td3-pink"'),
        { ...STUDY, grid: {} },
        /methods\[1\] must be called otherwise than the others .*, got "td3-pink"/,
      ],
      [
        text,
        { ...RULE, grid: { "./lfu.ts.decay": [2] } },
        /grid\["lfu\.decay"\]\[0\] must be a finite number from 0 to 1, got 2/,
      ],
    ];
    for (const [content, study, message] of cases) {
      await Deno.writeTextFile(path, content);
      await writeStudy(folder, study);
      const { code, stdout, stderr } = await sweepThere(folder, [
        ...["own.json", "--data", "out"],
      ]);
      assertEquals([code, stdout], [2, ""], stderr);
      assertMatch(stderr, /^Cannot read .*own\.json: [^\n]*\n$/);
      assertMatch(stderr, message);
    }
  });
});

Deno.test("a method's file on the command line is taken from where the user stands", async () => {
  await withFolder(async (folder) => {
    await writeStudy(folder, { ...RULE, methods: ["random"] });
    const { code, stdout, stderr } = await sweepThere(folder, [
      ...["own.json", "--methods", `random,${LFU}`, "--dry-run"],
      ...["--set", `${LFU}.decay=0.1,0.2`],
    ]);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "9 trials, 9 waiting");
    assertStringIncludes(stdout, "lfu lfu.decay=0.2 seed 2");
  });
});
