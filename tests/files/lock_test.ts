import { assert, assertEquals } from "@std/assert";
import { isLocked, readHolder, tryLock } from "../../lib/files/lock.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

/** A process that locks a file, says so, and keeps it. */
function holder(path: string): Deno.ChildProcess {
  const module = new URL("../../lib/files/lock.ts", import.meta.url);
  return new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-lock",
      `import { tryLock } from ${JSON.stringify(module.href)};
       const lock = await tryLock(${JSON.stringify(path)});
       console.log(lock !== undefined);
       setInterval(() => {}, 1000);`,
    ],
    stdout: "piped",
  }).spawn();
}

Deno.test("one at a time has a lock, and leaves nothing of it", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/new/a.lock`;
    assert(!await isLocked(path));
    const lock = await tryLock(path);
    assert(lock);
    assert(await isLocked(path));
    assertEquals(await tryLock(path), undefined);
    assertEquals(await readHolder(path), `${Deno.pid}`);
    await lock.release();
    assert(!await isLocked(path));
    assertEquals([...Deno.readDirSync(`${folder}/new`)], []);
  });
});

Deno.test("the claim of a process that was killed is free", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/a.lock`;
    const process = holder(path);
    const reader = process.stdout.getReader();
    const { value } = await reader.read();
    assertEquals(new TextDecoder().decode(value).trim(), "true");
    assertEquals(await tryLock(path), undefined);
    assert(await isLocked(path));
    process.kill("SIGKILL");
    await process.status;
    await reader.cancel();
    assert(!await isLocked(path));
    const lock = await tryLock(path);
    assert(lock);
    await lock.release();
  });
});

Deno.test("no two of many that claim and release at once have it together", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/a.lock`;
    const pause = () => new Promise((resolve) => setTimeout(resolve, 0));
    let holders = 0;
    let most = 0;
    let locks = 0;
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let round = 0, own = 0; own < 5 && round < 10_000; round++) {
        const lock = await tryLock(path);
        if (lock !== undefined) {
          own++;
          locks++;
          most = Math.max(most, ++holders);
          await pause();
          holders--;
          await lock.release();
        }
        await pause();
      }
    }));
    assertEquals(most, 1);
    assertEquals(locks, 8 * 5);
  });
});

Deno.test("where there are no locks everybody gets the lock", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/a.lock`;
    const without = () => tryLock(path, () => Promise.resolve(undefined));
    const locks = [await without(), await without()];
    for (const lock of locks) {
      assert(lock);
      await lock.release();
    }
    assertEquals([...Deno.readDirSync(folder)], []);
  });
});
