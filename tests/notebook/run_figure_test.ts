import { assert, assertEquals, assertMatch } from "@std/assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNotebook } from "../../lib/kernel/mod.ts";
import { readOutputs } from "../kernel/samples.ts";
import { readTree, withTemporaryFolder } from "../trials/fixtures.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NOTEBOOK = "notebooks/fig05_convergence.ipynb";

/** What a checkout needs to run the notebook. */
const PARTS = [
  ...["deno.json", "deno.lock", "package.json", "lib", "tests/std_assert"],
  ...["data/fig05_convergence.csv", "data/fig05_evaluations.csv", NOTEBOOK],
  ...["png", "svg", "vl.json"].map((end) => `figures/fig05_convergence.${end}`),
];

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) {
    await Deno.mkdir(dirname(to), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  for await (const { name } of Deno.readDir(from)) {
    await copy(join(from, name), join(to, name));
  }
}

Deno.test("a figure's notebook runs its study where it is asked to, and changes nothing that is committed", async () => {
  const ignored = await Deno.readTextFile(join(ROOT, ".gitignore"));
  assert(ignored.split("\n").includes("results/"));
  await withTemporaryFolder(async (folder) => {
    const [checkout, saveTo] = [`${folder}/checkout`, `${folder}/run.ipynb`];
    for (const part of PARTS) {
      await copy(join(ROOT, part), join(checkout, part));
    }
    const before = await readTree(checkout);
    await runNotebook(join(checkout, NOTEBOOK), {
      parameters: { run: true, runProfile: "smoke" },
      saveTo,
    });
    const [line, live, figure, ...rest] = (await readOutputs(saveTo))
      .findLast((outputs) => outputs.length > 0)!;
    assertEquals(rest, []);
    assertMatch(line, /Study fig05: 4 of 4 trials finished/);
    assertMatch(live, /Figure: Learning curves/);
    assertMatch(figure, /Figure 5, smoke profile/);
    await Deno.stat(`${checkout}/results/fig05/sweeps/fig05/rows.csv`);
    await Deno.remove(`${checkout}/results`, { recursive: true });
    assertEquals(await readTree(checkout), before);
  });
});
