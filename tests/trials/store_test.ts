import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  isFinished,
  storeTrial,
  trialDirectory,
} from "../../lib/trials/store.ts";
import { profileDirectory } from "../../lib/studies/paper/paper_tables.ts";
import { writeFileAtomically } from "../../lib/files/write_file.ts";
import { readTree, smallTrial, withTemporaryFolder } from "./fixtures.ts";

const decoder = new TextDecoder();

Deno.test("a trial is finished once all its files are there, and leaves nothing else", async () => {
  await withTemporaryFolder(async (data) => {
    const config = smallTrial();
    assert(!await isFinished(data, config));
    await storeTrial(data, config, { "a.csv": "1", "policy/w.bin": "2" });
    assert(await isFinished(data, config));
    const files = await readTree(`${data}/trials`);
    const id = trialDirectory("", config).split("/").pop()!;
    assertEquals(
      Object.fromEntries(
        Object.entries(files).map(([name, b]) => [name, decoder.decode(b)]),
      ),
      { [`${id}/a.csv`]: "1", [`${id}/policy/w.bin`]: "2" },
    );
  });
});

Deno.test("results that are there stay when the same trial finishes again", async () => {
  await withTemporaryFolder(async (data) => {
    const config = smallTrial();
    await storeTrial(data, config, { "a.csv": "first" });
    await storeTrial(data, config, { "a.csv": "second" });
    const files = Object.values(await readTree(data));
    assertEquals(files.map((bytes) => decoder.decode(bytes)), ["first"]);
  });
});

Deno.test("a file that cannot be written leaves no half behind", async () => {
  await withTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/taken/inside`, { recursive: true });
    await assertRejects(() => writeFileAtomically(`${folder}/taken`, "text"));
    assertEquals(Object.keys(await readTree(folder)), []);
  });
});

Deno.test("what comes of the quick profile lies beside what is committed", () => {
  assertEquals(profileDirectory("data", "quick"), "data/quick");
  assertEquals(profileDirectory("data", "paper"), "data");
});
