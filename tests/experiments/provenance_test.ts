import { assertEquals } from "@std/assert";
import {
  collectProvenance,
  readGitCommit,
} from "../../lib/experiments/provenance.ts";
import { withTemporaryFolder } from "./fixtures.ts";

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
