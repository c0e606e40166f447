import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { listFolder, readOutputs, withNotebook } from "./samples.ts";

const PARAMETERS = {
  metadata: { tags: ["parameters"] },
  source: "let n = 1;",
};

/** Starts a command with no more permissions than its task has. */
function start(
  name: "notebooks" | "check_notebooks",
  folder: string,
  args: readonly string[],
) {
  const url = new URL(`../../lib/cli/${name}.ts`, import.meta.url);
  const permissions = [
    `--allow-write=${folder}`,
    `--allow-run=${Deno.execPath()}`,
    ...name === "notebooks"
      ? [`--allow-read=.,${folder}`, "--allow-net=127.0.0.1"]
      : ["--allow-read"],
  ];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, url.href, ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits for a command's end. */
async function finish(process: Deno.ChildProcess) {
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

Deno.test("the command runs notebooks with parameters and prints a line for each", async () => {
  await withNotebook([PARAMETERS, "n"], async (path, folder) => {
    const { code, stdout, stderr } = await finish(
      start("notebooks", folder, [path, "--param", "n=3"]),
    );
    assertEquals([code, stderr], [0, ""]);
    assert(/^.*sample\.ipynb: 2 cells, \d+ s\n$/.test(stdout), stdout);
    assertEquals(await readOutputs(path), [[], ["execute_result: 3"]]);
  });
});

Deno.test("executed copies go to another folder, but run in the notebook's own", async () => {
  const sources = [PARAMETERS, 'import { two } from "./two.ts";\nn + two'];
  await withNotebook(sources, async (path, folder) => {
    await Deno.writeTextFile(join(folder, "two.ts"), "export const two = 2;");
    const before = await Deno.readTextFile(path);
    const output = join(folder, "quick");
    const { code, stderr } = await finish(
      start("notebooks", folder, [path, "--param", "n=3", "--output", output]),
    );
    assertEquals([code, stderr], [0, ""]);
    assertEquals(await Deno.readTextFile(path), before);
    // The parameters stand in a cell of their own.
    assertEquals(await readOutputs(join(output, "sample.ipynb")), [
      [],
      [],
      ["execute_result: 5"],
    ]);
  });
});

Deno.test("a failure of which the kernel says nothing is explained, and what follows runs", async () => {
  await withNotebook(["1", "let x = ;"], async (path, folder) => {
    const good = join(folder, "zz.ipynb");
    await withNotebook(["7"], (other) => Deno.copyFile(other, good));
    const before = await Deno.readTextFile(good);
    const { code, stdout, stderr } = await finish(
      start("notebooks", folder, ["--check", path, good]),
    );
    assertEquals(code, 1);
    assertStringIncludes(
      stderr,
      `${path}: cell 2 failed: SyntaxError: Expression expected`,
    );
    assertStringIncludes(stderr, "the cell:1:9");
    assertStringIncludes(stdout, `${good}: 1 cells`);
    assertEquals(
      await Deno.readTextFile(good),
      before,
      "--check saves nothing",
    );
  });
});

const PYTHON = JSON.stringify({
  cells: [{ cell_type: "code", source: "print(1)" }],
  metadata: {
    kernelspec: { display_name: "Python 3", language: "python", name: "p" },
  },
  nbformat: 4,
});

Deno.test("bad arguments end with code 2 and one line before anything runs", async () => {
  await withNotebook([
    "Deno.writeTextFileSync('ran', '');",
  ], async (path, folder) => {
    const at = (name: string) => join(folder, name);
    await Deno.mkdir(at("other"));
    await Deno.copyFile(path, at("other/sample.ipynb"));
    await Deno.writeTextFile(at("python.ipynb"), PYTHON);
    await Deno.writeTextFile(at("broken.ipynb"), '{"nbformat": 4}');
    await Deno.writeTextFile(at("file"), "");
    const before = await listFolder(folder);
    for (
      const [args, message] of [
        [[at("none.ipynb")], "must be a file, got nothing there"],
        [[at("python.ipynb")], 'metadata.kernelspec.language must be "type'],
        [[at("broken.ipynb")], "cells must be an array of cells, got nothing"],
        [["--param", "n"], "must be NAME=VALUE, got n"],
        [["--param", "n=1"], "must have a code cell tagged parameters"],
        [["--param", "n=1", "--param", "n=2"], "--param n must be given once"],
        [["--cell-timeout", "soon"], "--cell-timeout must be a number above 0"],
        [["--cell-timeout", "0"], "--cell-timeout must be a number above 0"],
        [["--cell-output", "0x10"], "--cell-output must be a number above 0"],
        [["--cell-output", "1e999"], "--cell-output must be a number above 0"],
        [["--cell-limit", "5"], "--cell-timeout must be used for the time"],
        [
          [at("other/sample.ipynb"), "--output", at("copies")],
          "names of notebooks must be different, got",
        ],
        [["--output", at("file")], "it must be a folder that can be written"],
        [["--output", at("copies"), "--check"], "--output must be left out"],
        [["--bogus"], "Unknown option '--bogus'"],
      ] as const
    ) {
      // The good notebook comes first, and does not run.
      const { code, stdout, stderr } = await finish(
        start("notebooks", folder, [path, ...args]),
      );
      assertEquals([code, stdout], [2, ""], stderr);
      assertStringIncludes(stderr, message);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
      assertEquals(await listFolder(folder), before);
    }
  });
});

Deno.test("limits of a cell are given in seconds and megabytes", async () => {
  await withNotebook(["for (;;);"], async (path, folder) => {
    const printing = join(folder, "zz.ipynb");
    await withNotebook(
      ["for (;;) console.log(1);"],
      (other) => Deno.copyFile(other, printing),
    );
    const limits = ["--cell-timeout", "1.5", "--cell-output", ".01"];
    const { code, stderr } = await finish(
      start("notebooks", folder, [path, printing, ...limits]),
    );
    assertEquals(code, 1);
    assertStringIncludes(
      stderr,
      `${path}: cell 1 failed: TimeLimitError: it ran longer than its time limit of 1.5 s`,
    );
    assertStringIncludes(
      stderr,
      `${printing}: cell 1 failed: OutputLimitError: it output more than its limit of 0.01 MB`,
    );
  });
});

Deno.test("a byte order mark is skipped", async () => {
  await withNotebook(["1 + 1"], async (path, folder) => {
    await Deno.writeTextFile(path, `\ufeff${await Deno.readTextFile(path)}`);
    const { code, stderr } = await finish(start("notebooks", folder, [path]));
    assertEquals([code, stderr], [0, ""]);
    assertEquals(await readOutputs(path), [["execute_result: 2"]]);
  });
});

Deno.test("an interrupt stops the command, kills the kernel and saves nothing", async () => {
  await withNotebook([
    "Deno.writeTextFileSync('pid', String(Deno.pid));\nfor (;;);",
  ], async (path, folder) => {
    const before = await Deno.readTextFile(path);
    const process = start("notebooks", folder, [path]);
    const pidFile = join(folder, "pid");
    let pid = 0;
    while (pid === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      pid = Number(await Deno.readTextFile(pidFile).catch(() => "0"));
    }
    process.kill("SIGINT");
    const { code, stderr } = await finish(process);
    assertEquals([code, stderr], [1, `${path}: stopped, left as it was\n`]);
    assertEquals(await Deno.readTextFile(path), before);
    const names = Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
    assertEquals((await names).sort(), ["pid", "sample.ipynb"]);
    assertEquals(await isAlive(pid), false);
  });
});

/** Whether a process still runs. */
async function isAlive(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      Deno.kill(pid, "SIGCONT");
    } catch {
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

Deno.test("the check prints what is wrong and ends with code 1, or with 0", async () => {
  await withNotebook(["const a = 1;", "a.length"], async (path, folder) => {
    const bad = await finish(start("check_notebooks", folder, [path]));
    assertEquals(bad.code, 1);
    assertEquals(
      bad.stderr,
      `${path}: cell 2, line 1, column 3: TS2339: Property 'length' does not exist on type '1'.\n`,
    );
  });
  await withNotebook(["'a'.length"], async (path, folder) => {
    const good = await finish(start("check_notebooks", folder, [path]));
    assertEquals([good.code, good.stdout], [0, `Checked ${path}\n`]);
  });
});
