import { assert, assertEquals } from "@std/assert";
import { isClaimed, readHolder, tryClaim } from "../../lib/files/claim.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

/** A process that claims a file, says so, and keeps it. */
function holder(path: string): Deno.ChildProcess {
  const module = new URL("../../lib/files/claim.ts", import.meta.url);
  return new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-lock",
      `import { tryClaim } from ${JSON.stringify(module.href)};
       const claim = await tryClaim(${JSON.stringify(path)});
       console.log(claim !== undefined);
       setInterval(() => {}, 1000);`,
    ],
    stdout: "piped",
  }).spawn();
}

Deno.test("one at a time has a claim, and leaves nothing of it", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/new/a.lock`;
    assert(!await isClaimed(path));
    const claim = await tryClaim(path);
    assert(claim);
    assert(await isClaimed(path));
    assertEquals(await tryClaim(path), undefined);
    assertEquals(await readHolder(path), `${Deno.pid}`);
    await claim.release();
    assert(!await isClaimed(path));
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
    assertEquals(await tryClaim(path), undefined);
    assert(await isClaimed(path));
    process.kill("SIGKILL");
    await process.status;
    await reader.cancel();
    assert(!await isClaimed(path));
    const claim = await tryClaim(path);
    assert(claim);
    await claim.release();
  });
});

Deno.test("no two of many that claim and release at once have it together", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/a.lock`;
    const pause = () => new Promise((resolve) => setTimeout(resolve, 0));
    let holders = 0;
    let most = 0;
    let claims = 0;
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let round = 0, own = 0; own < 5 && round < 10_000; round++) {
        const claim = await tryClaim(path);
        if (claim !== undefined) {
          own++;
          claims++;
          most = Math.max(most, ++holders);
          await pause();
          holders--;
          await claim.release();
        }
        await pause();
      }
    }));
    assertEquals(most, 1);
    assertEquals(claims, 8 * 5);
  });
});

Deno.test("where there are no locks everybody gets the claim", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/a.lock`;
    const without = () => tryClaim(path, () => Promise.resolve(undefined));
    const claims = [await without(), await without()];
    for (const claim of claims) {
      assert(claim);
      await claim.release();
    }
    assertEquals([...Deno.readDirSync(folder)], []);
  });
});
