import { assert, assertEquals } from "@std/assert";
import { ProgramFolder, waitFor } from "./program_folder.ts";

const MODULE = new URL("./program_folder.ts", import.meta.url).href;

/** A program that starts another in a session of its own, which starts a third. */
const FAMILY = ["setsid", "sh", "-c", "sleep 1000 & sleep 1000"];

/** A child that has overwritten its environment. */
const NAMELESS = ["sh", "-c", "env -i sleep 1000; true"];

/** How many processes have a text in their environment or command line. */
async function countProcesses(text: string): Promise<number> {
  const { stdout } = await new Deno.Command("sh", {
    args: [
      "-c",
      'cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n" | grep -cF "=$1"',
      "sh",
      text,
    ],
  }).output();
  return Number(new TextDecoder().decode(stdout));
}

/** Children of a process. */
async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", 'cat /proc/"$1"/task/*/children', "sh", `${pid}`],
  }).output();
  return new TextDecoder().decode(stdout).split(" ").filter(Boolean)
    .map(Number);
}

/** Whether a process runs; one that has ended may wait to be asked how. */
async function isRunning(pid: number): Promise<boolean> {
  const { success } = await new Deno.Command("sh", {
    args: ["-c", 'grep -q "^State:.[^ZX]" "/proc/$1/status"', "sh", `${pid}`],
    stderr: "null",
  }).output();
  return success;
}

/** Waits until a condition holds. */
async function until(
  condition: () => Promise<boolean>,
  what: string,
): Promise<void> {
  await waitFor(async () => await condition() || undefined, {
    what,
    limitS: 20,
  });
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

const ignore = Deno.build.os !== "linux";

Deno.test({
  name: "a folder that is closed ends its programs and all that they started",
  ignore,
  async fn() {
    const folder = await ProgramFolder.open("program_folder_test");
    const programs = [
      folder.start("family", FAMILY),
      folder.start("nameless", NAMELESS),
    ];
    await until(async () => await countProcesses(folder.path) >= 4, "they run");
    const hidden = await waitFor(
      async () => (await childrenOf(programs[1].pid)).at(0),
      { what: "a child without the mark" },
    );
    assert(await isRunning(hidden));
    const { success, stdout } = await folder.run(["pwd"]);
    assertEquals([success, stdout.trim()], [true, folder.path]);
    await folder.close();
    await folder.close();
    assertEquals(await countProcesses(folder.path), 0);
    assertEquals(await isRunning(hidden), false);
    assertEquals(await exists(folder.path), false);
    await Promise.all(programs.map(({ status }) => status));
  },
});

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  Deno.test({
    name: `nothing is left of a folder whose process ends by ${signal}`,
    ignore,
    async fn() {
      const process = new Deno.Command(Deno.execPath(), {
        args: [
          "eval",
          `import { ProgramFolder } from "${MODULE}";
           const folder = await ProgramFolder.open("program_folder_test");
           folder.start("family", ${JSON.stringify(FAMILY)});
           console.log(folder.path);
           setInterval(() => {}, 1000);`,
        ],
        stdin: "null",
        stdout: "piped",
      }).spawn();
      const reader = process.stdout.getReader();
      const { value } = await reader.read();
      const path = new TextDecoder().decode(value).trim();
      assert(await exists(path));
      await until(async () => await countProcesses(path) >= 3, "they run");
      process.kill(signal);
      await process.status;
      await until(async () => await countProcesses(path) === 0, "they end");
      await until(async () => !await exists(path), "the folder is gone");
      await reader.cancel();
    },
  });
}
