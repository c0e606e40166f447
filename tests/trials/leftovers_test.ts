import { assertEquals } from "@std/assert";
import { removeLeftovers } from "../../lib/trials/leftovers.ts";
import { tryLock } from "../../lib/files/lock.ts";
import { withTemporaryFolder } from "./fixtures.ts";

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("half-written files of the dead go, checkpoints of the unfinished stay", async () => {
  await withTemporaryFolder(async (data) => {
    const trials = `${data}/trials`;
    const make = (name: string) =>
      name.endsWith("/")
        ? Deno.mkdirSync(`${trials}/${name}inside`, { recursive: true })
        : Deno.writeTextFileSync(`${trials}/${name}`, "");
    [
      ...["done/", "done.checkpoint", "done.lock", "done.12.tmp/"],
      ...["begun.checkpoint", ".begun.checkpoint.12.tmp", "begun.lock"],
      ...["running.12.tmp/", "running.checkpoint"],
      ...["other.12.tmp/", "other.lock", "notes.txt"],
    ].forEach(make);
    const lock = await tryLock(`${trials}/running.lock`);
    await removeLeftovers(data, new Set(["done", "begun", "running", "gone"]));
    assertEquals(namesIn(trials), [
      "begun.checkpoint",
      "done",
      "notes.txt",
      "other.12.tmp",
      "other.lock",
      "running.12.tmp",
      "running.checkpoint",
      "running.lock",
    ]);
    await lock?.release();
    await removeLeftovers(data, new Set(["running"]));
    assertEquals(namesIn(trials).includes("running.12.tmp"), false);
  });
});

Deno.test("there is nothing to remove where there is no folder", async () => {
  await withTemporaryFolder(async (data) => {
    await removeLeftovers(data, new Set(["done"]));
    assertEquals(namesIn(data), []);
  });
});
