import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { main as claims } from "../../lib/cli/claims.ts";
import { main as figures } from "../../lib/cli/figures.ts";
import { settleStale } from "../../lib/cli/stale.ts";
import { READINGS, readingTrials } from "../../lib/claims/mod.ts";
import { LabSources } from "../../lib/trials/lab_sources.ts";
import { readGitClean } from "../../lib/trials/provenance.ts";
import { EXPERIMENTS, seriesTrials } from "../../lib/studies/paper/registry.ts";
import { PROVENANCE, sealProvenance } from "../../lib/trials/seal.ts";
import { tableSourcesPath } from "../../lib/studies/paper/table_sources.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { edited } from "../trials/edited_sources.ts";
import {
  readTree,
  storeSealed,
  withTemporaryFolder,
} from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";
import { TINY, TINY_TRIALS, withSweep } from "./sweep_fixtures.ts";

/** One of each kind. */
const CONFIG = { ...TINY, seeds: "0" };
const [TD3, RANDOM] = TINY_TRIALS.filter(({ config }) => config.seed === 0);

/** The lab after an edit of TD3. */
const editedTd3 = () =>
  new LabSources(
    edited({ "lib/agents/td3.ts": (text) => `${text}\nexport const z = 1;` }),
  );

/** The lab after an edit of a module that `random` alone runs. */
const editedRandom = () =>
  new LabSources(
    edited({ "lib/methods/random.ts": (text) => `${text}\nexport {};` }),
  );

/** Takes away what a trial says of its code, as older ones say nothing. */
async function forgetCode(folder: string): Promise<void> {
  const path = join(folder, PROVENANCE);
  const {
    sources: _,
    gitClean: __,
    manifestSha256: ___,
    sha256: ____,
    ...old
  } = JSON.parse(await Deno.readTextFile(path));
  const manifest = await Deno.readFile(join(folder, "manifest.json"));
  await Deno.writeTextFile(path, sealProvenance(old, manifest));
}

Deno.test("a sweep whose trials other code made names the files and runs nothing", async () => {
  await withSweep(async ({ data, sweep }) => {
    const { code, stdout } = await sweep(["--jobs", "1"]);
    assertEquals(code, 0, stdout);
    const provenance = JSON.parse(
      await Deno.readTextFile(join(data, "trials", TD3.id, PROVENANCE)),
    );
    assertEquals(
      provenance.sources,
      await new LabSources().of({ method: "td3", engine: "wasm" }),
    );
    // Not the worker found that out, which may not run git, but the command.
    assertEquals(provenance.gitClean, await readGitClean());
    const manifest = await Deno.readTextFile(
      join(data, "trials", TD3.id, "manifest.json"),
    );
    assert(!manifest.includes("lib/agents/td3.ts"));
    const before = await readTree(data);

    const stopped = await sweep([], { sources: editedRandom() });
    assertEquals(stopped.code, 1);
    assertStringIncludes(
      stopped.stderr,
      "1 finished trial of other code than today's: lib/methods/random.ts (changed)",
    );
    assertStringIncludes(stopped.stderr, "--accept-stale; to run them again");
    assertEquals(await readTree(data), before);

    const both = await sweep([], { sources: editedTd3() });
    assertStringIncludes(both.stderr, "lib/agents/td3.ts (changed)");

    const list = await sweep(["--list"], { sources: editedRandom() });
    assertEquals(list.code, 0);
    const states = list.stdout.split("\n").filter((line) =>
      line.includes("-seed0-")
    );
    assertEquals(
      states.map((line) => [line.includes("random"), line.includes("stale")]),
      [[false, false], [true, true]],
    );
    const verify = await sweep(["--verify"], { sources: editedRandom() });
    assertEquals(verify.code, 0);
    assertStringIncludes(
      verify.stdout,
      `${RANDOM.id} is stale: lib/methods/random.ts (changed)`,
    );
    assertStringIncludes(verify.stdout, "Checked 2 trials: all are whole.");

    const accepted = await sweep(["--accept-stale"], {
      sources: editedRandom(),
    });
    assertEquals(accepted.code, 0);
    assertStringIncludes(accepted.stdout, "0 now in");
    assertStringIncludes(accepted.stdout, "1 of these trials is stale");

    const again = await sweep([]);
    assertEquals(again.code, 0);
    assert(!again.stdout.includes("stale"));
  }, CONFIG);
});

Deno.test("stale trials are moved aside under free names and run again", async () => {
  await withSweep(async ({ data, sweep }) => {
    assertEquals((await sweep(["--jobs", "1"])).code, 0);
    const folder = join(data, "trials", RANDOM.id);
    for (const name of [RANDOM.id, `${RANDOM.id}-2`]) {
      await forgetCode(folder);
      const stopped = await sweep([]);
      assertEquals(stopped.code, 1);
      assertStringIncludes(
        stopped.stderr,
        "1 finished trial with no record of the code that made them",
      );
      const rerun = await sweep(["--rerun-stale"]);
      assertEquals(rerun.code, 0, rerun.stderr);
      assertStringIncludes(rerun.stdout, "2 of 2 trials are finished: 1 now");
      assert(!rerun.stdout.includes("--accept-stale"));
      assert(`${PROVENANCE}` in await readTree(join(data, "stale", name)));
      assertEquals((await sweep([])).code, 0);
    }
  }, CONFIG);
});

Deno.test("options for stale trials are refused where they have no effect", async () => {
  await withSweep(async ({ sweep }) => {
    for (
      const [args, message] of [
        [["--accept-stale", "--rerun-stale"], "--rerun-stale must be left out"],
        [["--list", "--rerun-stale"], "left out beside --list"],
        [["--dry-run", "--accept-stale"], "left out beside --dry-run"],
      ] as const
    ) {
      await assertRejects(() => sweep([...args]), InputError, message);
    }
  }, CONFIG);
});

Deno.test("more than ten files are counted, and trials that are not there are not stale", async () => {
  await withSweep(async ({ data, sweep }) => {
    assertEquals((await sweep(["--jobs", "1"])).code, 0);
    const gone = new LabSources(() =>
      Promise.reject(new Deno.errors.NotFound())
    );
    const { stderr, code } = await sweep([], { sources: gone });
    assertEquals(code, 1);
    const now = await new LabSources().of({ method: "td3", engine: "wasm" });
    const random = await new LabSources().of({ method: "random" });
    const all = new Set([...Object.keys(now), ...Object.keys(random)]).size;
    assertStringIncludes(stderr, `2 finished trials of other code`);
    assertStringIncludes(stderr, ` and ${all - 10} more`);
    assertEquals(
      await settleStale(["td3-seed0-000000000000"], {
        dataDirectory: data,
        choice: {},
      }),
      0,
    );
  }, CONFIG);
});

Deno.test("claims stop before anything is run if a trial of a reading is stale", async () => {
  await withTemporaryFolder(async (data) => {
    await Deno.mkdir(join(data, "trials"), { recursive: true });
    for await (const { name } of Deno.readDir("data")) {
      if (name.endsWith(".csv")) {
        await Deno.copyFile(`data/${name}`, join(data, name));
      }
    }
    const [{ trial }] = READINGS.flatMap((reading) =>
      readingTrials(reading, "paper")
    ).filter(({ trial }) => trial.method === "td3");
    await storeSealed(data, trial, { "evaluations.csv": "" });
    const before = await readTree(data);
    const { code, stderr, stdout } = await captureMain(
      (args) => claims(args, { data }),
      ["--profile", "paper"],
    );
    assertEquals(code, 1);
    assertStringIncludes(stderr, "no record of the code that made them");
    assertEquals(stdout, "");
    assertEquals(await readTree(data), before);
  });
});

Deno.test("figures of tables without a record, or of other code, are drawn only if told so", async () => {
  await withTemporaryFolder(async (folder) => {
    const data = join(folder, "data");
    await Deno.mkdir(data);
    const experiment = EXPERIMENTS[0];
    const tables = [experiment.figure, `${experiment.study.name}_evaluations`];
    for (const table of tables) {
      await Deno.copyFile(`data/${table}.csv`, join(data, `${table}.csv`));
    }
    const draw = (args: string[], sources?: LabSources) =>
      captureMain(
        (all) => figures(all, { data, figures: join(folder, "f"), sources }),
        [experiment.figure, ...args],
      );
    const without = await draw([]);
    assertEquals(without.code, 1);
    assertStringIncludes(
      without.stderr,
      `${tables[0]}.csv, ${
        tables[1]
      }.csv: no record of the code that made them`,
    );
    const engine = "wasm";
    const code = [
      ...new Set(
        seriesTrials(experiment, "paper").map(({ trial }) => trial.method),
      ),
    ].map((method) => ({ method, engine }));
    const sources = Object.assign(
      {},
      ...await Promise.all(code.map((one) => new LabSources().of(one))),
    );
    await Deno.writeTextFile(
      tableSourcesPath(data, "paper"),
      JSON.stringify(
        Object.fromEntries(tables.map((table) => [table, { code, sources }])),
      ),
    );
    const stopped = await draw([], editedTd3());
    assertEquals(stopped.code, 1);
    assertStringIncludes(stopped.stderr, "lib/agents/td3.ts (changed)");
    assertEquals(
      Object.keys(await readTree(folder)).some((path) => path.startsWith("f/")),
      false,
    );
    assertEquals((await draw([])).code, 0);
    assertEquals((await draw(["--accept-stale"], editedTd3())).code, 0);
    await Deno.writeTextFile(tableSourcesPath(data, "paper"), "{");
    await assertRejects(() => draw([]), InputError, "sources.json");
  });
});

Deno.test("nothing is submitted to Slurm if a finished trial is stale", async () => {
  await withSweep(async ({ data, file, sweep }) => {
    assertEquals((await sweep(["--jobs", "1"])).code, 0);
    await forgetCode(join(data, "trials", RANDOM.id));
    const bin = join(data, "bin");
    const log = join(data, "slurm.log");
    await Deno.mkdir(bin);
    for (const name of ["sbatch", "squeue", "scancel", "scontrol"]) {
      await Deno.writeTextFile(
        join(bin, name),
        `#!/bin/sh\n[ "$1" = --version ] || echo ${name} >> ${log}\n`,
        { mode: 0o755 },
      );
    }
    const submit = async (...args: string[]) => {
      const script = new URL("../../lib/cli/sweep.ts", import.meta.url);
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--no-prompt", "--allow-read", "--allow-write"],
          ...["--allow-run", script.href, file, "--data", data, "--slurm"],
          ...args,
        ],
        env: { PATH: `${bin}:/usr/bin:/bin`, NO_COLOR: "1" },
      }).output();
      const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { code, stdout: decode(stdout), stderr: decode(stderr) };
    };
    const stopped = await submit();
    assertEquals([stopped.code, stopped.stdout], [1, ""]);
    assertStringIncludes(stopped.stderr, "1 finished trial with no record");
    await assertRejects(() => Deno.stat(log), Deno.errors.NotFound);
    const accepted = await submit("--accept-stale");
    assertEquals(accepted.code, 0, accepted.stderr);
    assertStringIncludes(accepted.stdout, "1 of these trials is stale");
    assertStringIncludes(accepted.stdout, "Nothing to submit.");
  }, CONFIG);
});
