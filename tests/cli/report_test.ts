import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import { main } from "../../lib/cli/report.ts";
import { LabSources } from "../../lib/trials/lab_sources.ts";
import { runStoredTrial } from "../../lib/trials/run_stored_trial.ts";
import { expandSweep } from "../../lib/studies/expand.ts";
import type { SweepConfig } from "../../lib/studies/config.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";
import { canMount, runMounting } from "./mounts.ts";
import { TINY } from "./sweep_fixtures.ts";

const STUDY: SweepConfig = {
  ...TINY,
  name: "tried",
  title: "Tried",
  methods: ["td3", "random", "optimum"],
  grid: { users: [2, 3] },
};

/** The files of a folder, in order. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

/** Calls `use` with a study whose trials are finished, and its report's command. */
async function withStudy(
  use: (study: {
    readonly folder: string;
    readonly report: (...args: string[]) => ReturnType<typeof captureMain>;
  }) => Promise<void>,
  config: SweepConfig = STUDY,
  unfinished = 0,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const data = `${folder}/data`;
    const file = `${folder}/tried.json`;
    await Deno.writeTextFile(file, JSON.stringify(config));
    const { trials } = expandSweep(config, "expand it");
    for (const trial of trials.slice(0, trials.length - unfinished)) {
      await runStoredTrial(trial.config, {
        dataDirectory: data,
        clock: () => 0,
      });
    }
    await use({
      folder,
      report: (...args) =>
        captureMain(
          main,
          [file, "--data", data, "--output", `${folder}/out`, ...args],
        ),
    });
  });
}

/** Runs a program; `undefined` where it is not installed. */
async function run(program: string, args: string[], cwd: string) {
  try {
    const { code, stdout } = await new Deno.Command(program, {
      args,
      cwd,
      stdin: "null",
      stderr: "null",
    }).output();
    return { code, text: new TextDecoder().decode(stdout) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

Deno.test("a study is reported as figures and tables, in the column of a paper", async () => {
  await withStudy(async ({ folder, report }) => {
    const { code, stdout, stderr } = await report(
      ...["--width", "3.5in", "--no-title", "--font-size", "8pt"],
    );
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "8 figures and 4 tables");
    const figures = [
      ...["hitRate_by_users", "improvement", "interval_estimates"],
      ...["learning_curves", "objective_by_users", "optimality_gap"],
      ...["optimality_gap_by_users", "performance_profile"],
    ];
    const tables = [
      ...["claims", "hitRate_by_users", "methods", "objective_by_users"],
    ];
    assertEquals(
      await namesIn(`${folder}/out`),
      [
        ...figures.flatMap((name) =>
          ["pdf", "png", "svg", "vl.json"].map((kind) => `${name}.${kind}`)
        ),
        ...tables.flatMap((name) =>
          ["csv", "md", "tex"].map((kind) => `${name}.${kind}`)
        ),
        "report.md",
      ].sort(),
    );
    const text = await Deno.readTextFile(`${folder}/out/report.md`);
    assertStringIncludes(text, "# Tried\n\n18 of 18 trials");
    assertStringIncludes(text, "![optimality_gap](optimality_gap.svg)");
    assertMatch(text, /\| TD3 \| 3 \| \d+\.\d{3} \(/);
    for (const name of figures) {
      const svg = await Deno.readTextFile(`${folder}/out/${name}.svg`);
      assertMatch(svg, /^<svg[^>]* width="33[0-6]"/, name);
    }
    const fonts = await run(
      "pdffonts",
      ["objective_by_users.pdf"],
      `${folder}/out`,
    );
    if (fonts === undefined) return;
    // Columns emb and sub: embedded, and only what is used.
    const lines = fonts.text.trim().split("\n").slice(2);
    assert(lines.length > 0);
    for (const line of lines) assertMatch(line, /DejaVuSans.* yes yes yes /);
  });
});

Deno.test("the tables carry the same digits, and LaTeX sets them", async () => {
  await withStudy(async ({ folder, report }) => {
    assertEquals((await report("--formats", "vl.json")).code, 0);
    const out = `${folder}/out`;
    const markdown = await Deno.readTextFile(`${out}/objective_by_users.md`);
    const csv = await Deno.readTextFile(`${out}/objective_by_users.csv`);
    const [head, ...rows] = csv.trim().split("\n");
    assertEquals(
      head,
      "Objective G,U = 2,U = 2 lower,U = 2 upper,U = 3,U = 3 lower,U = 3 upper",
    );
    assertEquals(rows.length, 3);
    for (const row of rows) {
      const [method, ...cells] = row.split(",");
      const [two, three] = [cells.slice(0, 3), cells.slice(3)].map(
        ([mean, lower, upper]) => `${mean} (${lower} to ${upper})`,
      );
      assertStringIncludes(markdown, `| ${method} | ${two} | ${three} |`);
    }
    await Deno.writeTextFile(
      `${out}/paper.tex`,
      [
        "\\documentclass{article}\\usepackage{booktabs}\\begin{document}",
        "\\input{objective_by_users}\n\\input{methods}",
        "\\end{document}",
      ].join("\n"),
    );
    const set = await run(
      "pdflatex",
      ["-interaction=nonstopmode", "-halt-on-error", "paper.tex"],
      out,
    );
    assertEquals(set?.code ?? 0, 0, set?.text);
  });
});

Deno.test("metrics and formats are chosen", async () => {
  await withStudy(async ({ folder, report }) => {
    const metrics = ["--metrics", "responseTimeS,gpuCost"];
    assertEquals((await report(...metrics, "--formats", "svg")).code, 0);
    const names = await namesIn(`${folder}/out`);
    assert(names.includes("responseTimeS_by_users.svg"));
    assert(names.includes("gpuCost_by_users.tex"));
    assert(!names.some((name) => name.endsWith(".pdf")));
    assert(!names.some((name) => name.startsWith("hitRate")));
  });
});

Deno.test("methods of the study stand for the paper's in its claims", async () => {
  const methods = ["static-popularity", "random", "cloud-only"];
  await withStudy(async ({ folder, report }) => {
    const { code } = await report(
      ...["--claims", "td3=static-popularity,ddpg=cloud-only"],
      ...["--formats", "vl.json"],
    );
    assertEquals(code, 0);
    const claims = await Deno.readTextFile(`${folder}/out/claims.md`);
    assertMatch(claims, /TD3's hit rate is better than DDPG's .* ∞/);
    assertStringIncludes(claims, "DDPG is cloud-only here.");
    const wrong = await report("--claims", "td3=ddpg").catch((error) => error);
    assertMatch(
      wrong.message,
      /--claims td3=ddpg must name a method of the study \(static-popularity, random, cloud-only\)/,
    );
  }, { ...STUDY, methods });
});

Deno.test("what is not finished is said, and nothing is reported of nothing", async () => {
  const short = { ...STUDY, methods: ["random", "optimum"] };
  await withStudy(
    async ({ folder, report }) => {
      assertEquals((await report("--formats", "vl.json")).code, 0);
      const text = await Deno.readTextFile(`${folder}/out/report.md`);
      assertStringIncludes(text, "11 of 12 trials");
      assertStringIncludes(text, "| optimum | 2 of 3 |");
    },
    short,
    1,
  );
  await withStudy(
    async ({ folder, report }) => {
      const error = await report().catch((error) => error);
      assertMatch(
        error.message,
        /Cannot report tried: .* must hold finished trials of it/,
      );
      assertEquals(await namesIn(folder), ["tried.json"]);
    },
    { ...short, methods: ["random"] },
    6,
  );
});

Deno.test("a report that cannot be written whole is not written at all", async () => {
  const short = { ...STUDY, methods: ["random", "optimum"] };
  await withStudy(async ({ folder, report }) => {
    await Deno.mkdir(`${folder}/out/methods.tex`, { recursive: true });
    const { code, stderr } = await report("--formats", "vl.json");
    assertEquals(code, 1);
    assertMatch(stderr, /^Cannot write the report: .*os error/);
    assertEquals(await namesIn(`${folder}/out`), ["methods.tex"]);
  }, short);
});

Deno.test("stale trials are named, and shown only when asked for", async () => {
  const short = { ...STUDY, methods: ["random"] };
  await withStudy(async ({ folder, report }) => {
    class Edited extends LabSources {
      override async of(code: Parameters<LabSources["of"]>[0]) {
        return { ...await super.of(code), "lib/env/rates.ts": "edited" };
      }
    }
    const args = [
      ...[`${folder}/tried.json`, "--data", `${folder}/data`],
      ...["--output", `${folder}/out`, "--formats", "vl.json"],
    ];
    const edited = (all: string[]) => main(all, { sources: new Edited() });
    const stopped = await captureMain(edited, args);
    assertEquals(stopped.code, 1);
    assertStringIncludes(stopped.stderr, "lib/env/rates.ts (changed)");
    assertEquals(await namesIn(folder), ["data", "tried.json"]);
    const shown = await captureMain(edited, [...args, "--accept-stale"]);
    assertEquals(shown.code, 0);
    const text = await Deno.readTextFile(`${folder}/out/report.md`);
    assertStringIncludes(text, "6 of these trials are stale");
    assertEquals((await report("--formats", "vl.json")).code, 0);
  }, short);
});

Deno.test("wrong options are refused with what they must be", async () => {
  const wrong: Readonly<Record<string, RegExp>> = {
    "--width 3.5":
      /--width must be a length in in, cm, mm, pt or px .* got 3\.5$/,
    "--width 1px": /--width must be .* from 2in to 40in.* got 1px$/,
    "--font-size big": /--font-size must be .* such as 8pt, got big$/,
    "--formats pdf,gif":
      /--formats must be one of vl\.json, svg, png, pdf, got gif$/,
    "--metrics speed": /--metrics must be one of .*hitRate.*, got speed$/,
    "--compare-by cost": /--compare-by must be one of .*, got cost$/,
  };
  for (const [args, message] of Object.entries(wrong)) {
    const error = await main(["fig06_07", ...args.split(" ")])
      .catch((error) => error);
    assertMatch(error.message, message, args);
  }
});

Deno.test({
  name: "a full disk leaves no figure, and a line that says so",
  ignore: !await canMount(),
  fn: () =>
    withStudy(async ({ folder }) => {
      const { stdout, stderr } = await runMounting(
        `mkdir out; mount -t tmpfs -o size=100k none out
         "$DENO" run --quiet --no-prompt --no-lock -R -W --allow-ffi --allow-sys \\
           "$REPORT" tried.json --data data --output out; echo "exit code $?"
         echo "left: $(ls -A out | wc -l)"`,
        {
          DENO: Deno.execPath(),
          REPORT: fileURLToPath(
            new URL("../../lib/cli/report.ts", import.meta.url),
          ),
        },
        folder,
      );
      assertEquals(stdout, "exit code 1\nleft: 0\n");
      assertMatch(stderr, /^Cannot write the report: .*os error 28.*\n$/);
    }, { ...STUDY, methods: ["random", "optimum"] }),
});
