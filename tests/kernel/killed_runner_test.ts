import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Kernel } from "../../lib/kernel/mod.ts";
import { listFolder, processesOf, wait, withNotebook } from "./samples.ts";

const SCRIPT = fileURLToPath(
  new URL("../../lib/cli/notebooks.ts", import.meta.url),
);

/** Waits for a condition; returns whether it came true in time. */
async function comesTrue(
  condition: () => Promise<boolean>,
  limitMs = 20_000,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (!await condition()) {
    if (performance.now() > deadline) return false;
    await wait(20);
  }
  return true;
}

/** Starts the task on a notebook. */
function startRunner(path: string, folder: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", `--allow-read=.,${folder}`],
      ...[`--allow-write=${folder}`, `--allow-run=${Deno.execPath()}`],
      ...["--allow-net=127.0.0.1", SCRIPT, path],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Cells in which a runner is killed. */
const MOMENTS = {
  "a cell is busy in a loop without end": "for (;;);",
  "a cell waits": "await new Promise(() => setInterval(() => {}, 1000));",
  "a cell prints without end": "for (;;) console.log('x');",
  "a cell has started a process of its own":
    `new Deno.Command(Deno.execPath(), {
  args: ["eval", "--ext=ts", \`/* \${Deno.cwd()} */ for (;;);\`],
}).spawn();
for (;;);`,
} as const;

for (const [moment, source] of Object.entries(MOMENTS)) {
  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    Deno.test({
      name: `nothing is left 5 s after ${signal} to a runner while ${moment}`,
      // Ps comes with every Unix, and Windows ends processes otherwise.
      ignore: Deno.build.os === "windows",
      fn: () =>
        withNotebook(
          [`Deno.writeTextFileSync("started", "");\n${source}`],
          async (path, folder) => {
            const before = await Deno.readTextFile(path);
            const runner = startRunner(path, folder);
            const started = join(folder, "started");
            assert(await comesTrue(() => exists(started)));
            await wait(100);
            const running = (await processesOf(folder)).join("\n");
            assertStringIncludes(running, "jupyter --kernel");
            runner.kill(signal);
            await runner.status;
            const isGone = async () =>
              (await processesOf(folder)).length === 0 &&
              (await listFolder(folder)).length === 2;
            const gone = await comesTrue(isGone, 5000);
            assertEquals(await processesOf(folder), []);
            assertEquals(await listFolder(folder), ["sample.ipynb", "started"]);
            assert(gone);
            assertEquals(await Deno.readTextFile(path), before);
          },
        ),
    });
  }
}

Deno.test({
  name: "a runner killed at any moment of its start leaves no process",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withNotebook(["for (;;);"], async (path, folder) => {
      for (const afterMs of [150, 250, 350, 450]) {
        const runner = startRunner(path, folder);
        await wait(afterMs);
        runner.kill("SIGKILL");
        await runner.status;
        const isGone = async () => (await processesOf(folder)).length === 0;
        assert(await comesTrue(isGone, 5000), `killed after ${afterMs} ms`);
      }
    }),
});

Deno.test("a new runner sweeps up the folders of dead ones, and no others", async () => {
  await withNotebook([], async (_path, folder) => {
    const live = await Kernel.start({ folder });
    try {
      const [held] = (await listFolder(folder))
        .filter((name) => name.startsWith(".kernel-"));
      for (
        const [name, files] of [
          [".kernel-0", []],
          [".kernel-1", ["connection.json"]],
          [".kernel-2", ["connection.json", "lock"]],
          [".kernel-own", ["mine.txt"]],
        ] as const
      ) {
        await Deno.mkdir(join(folder, name));
        for (const file of files) {
          await Deno.writeTextFile(join(folder, name, file), "");
        }
      }
      await Deno.writeTextFile(join(folder, ".kernel-file"), "");
      const other = await Kernel.start({ folder });
      await other.stop();
      assertEquals(
        await listFolder(folder),
        [held, ".kernel-file", ".kernel-own", "sample.ipynb"].sort(),
      );
      assertEquals(await listFolder(join(folder, ".kernel-own")), ["mine.txt"]);
      assertEquals((await live.execute("1")).status, "ok");
    } finally {
      await live.stop();
    }
  });
});
