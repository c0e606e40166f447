import { assertEquals } from "@std/assert";
import {
  collectProvenance,
  readGitClean,
  readGitCommit,
} from "../../lib/trials/provenance.ts";
import { withTemporaryFolder } from "./fixtures.ts";

/** Whether there is git to test with. */
async function hasGit(): Promise<boolean> {
  try {
    return (await new Deno.Command("git", { args: ["--version"] }).output())
      .success;
  } catch {
    return false;
  }
}

Deno.test("the commit is read from a loose, packed or detached head, or is missing", async () => {
  await withTemporaryFolder(async (checkout) => {
    assertEquals(await readGitCommit(checkout), null);
    await Deno.mkdir(`${checkout}/.git/refs/heads`, { recursive: true });
    await Deno.writeTextFile(`${checkout}/.git/HEAD`, "abc\n");
    assertEquals(await readGitCommit(checkout), "abc");
    await Deno.writeTextFile(`${checkout}/.git/HEAD`, "ref: refs/heads/main\n");
    assertEquals(await readGitCommit(checkout), null);
    await Deno.writeTextFile(
      `${checkout}/.git/packed-refs`,
      "# pack-refs\ndef refs/heads/other\n012 refs/heads/main\n",
    );
    assertEquals(await readGitCommit(checkout), "012");
    await Deno.writeTextFile(`${checkout}/.git/refs/heads/main`, "345\n");
    assertEquals(await readGitCommit(checkout), "345");
  });
});

Deno.test("provenance lists pinned packages and the version of Deno", async () => {
  const provenance = await collectProvenance();
  assertEquals(provenance.deno, Deno.version.deno);
  assertEquals(
    provenance.packages.includes("npm:@tensorflow/tfjs@4.22.0"),
    true,
  );
});

Deno.test({
  name: "a checkout is clean if all of lib is committed, whatever is beside it",
  ignore: !await hasGit(),
  fn: async () => {
    await withTemporaryFolder(async (checkout) => {
      assertEquals(await readGitClean(checkout), null);
      const git = async (...args: string[]) => {
        const identity = ["-c", "user.name=a", "-c", "user.email=a@b"];
        const { success } = await new Deno.Command("git", {
          args: [...identity, ...args],
          cwd: checkout,
        }).output();
        assertEquals(success, true);
      };
      await Deno.mkdir(`${checkout}/lib`);
      await Deno.writeTextFile(`${checkout}/lib/a.ts`, "1");
      await git("init", "--quiet");
      assertEquals(await readGitClean(checkout), false);
      await git("add", "lib");
      assertEquals(await readGitClean(checkout), false);
      await git("commit", "--quiet", "--message", "a");
      assertEquals(await readGitClean(checkout), true);
      await Deno.writeTextFile(`${checkout}/notes.txt`, "1");
      assertEquals(await readGitClean(checkout), true);
      await Deno.writeTextFile(`${checkout}/lib/a.ts`, "2");
      assertEquals(await readGitClean(checkout), false);
    });
  },
});

Deno.test({
  name: "who may not run git does not know whether the checkout is clean",
  permissions: { run: false, read: true },
  fn: async () => {
    assertEquals(await readGitClean(), null);
  },
});
