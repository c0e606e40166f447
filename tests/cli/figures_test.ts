import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { FIGURE_NAMES, main } from "../../lib/cli/figures.ts";
import { FIG05 } from "../../lib/experiments/registry.ts";
import { curvesPath, evaluationsPath } from "../../lib/experiments/store.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { readTree, withTemporaryFolder } from "../experiments/fixtures.ts";
import { captureMain } from "./capture.ts";

/** Gives a folder whose tables of Fig. 5's quick profile are the paper's. */
async function withQuickTables(
  use: (data: string, figures: string) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const data = join(folder, "data");
    await Deno.mkdir(join(data, "quick"), { recursive: true });
    for (const path of [curvesPath, evaluationsPath]) {
      await Deno.copyFile(
        path("data", FIG05, "paper"),
        path(data, FIG05, "quick"),
      );
    }
    await use(data, join(folder, "figures"));
  });
}

Deno.test("a figure of the quick profile is drawn beside those that are committed", async () => {
  await withQuickTables(async (data, figures) => {
    const { code, stdout } = await captureMain(
      (args) => main(args, { data, figures }),
      [FIG05.figure, "--profile", "quick"],
    );
    assertEquals(code, 0);
    assertEquals(
      stdout,
      `${join(figures, "quick", FIG05.figure)}.png, .svg and .vl.json\n`,
    );
    const files = await readTree(figures);
    assertEquals(
      Object.keys(files).sort(),
      ["png", "svg", "vl.json"].map((end) => `quick/${FIG05.figure}.${end}`),
    );
    const spec = JSON.parse(
      new TextDecoder().decode(files[`quick/${FIG05.figure}.vl.json`]),
    );
    assert(spec.title.subtitle[0].startsWith("Quick profile: 800 episodes"));
  });
});

Deno.test("nothing is drawn where a table is missing or a figure has no such name", async () => {
  await withQuickTables(async (data, figures) => {
    for (
      const [args, message] of [
        [["--profile", "quick"], "/data/quick must hold its tables"],
        [[FIG05.figure], "--profile paper writes them"],
        [["fig99"], `must be one of ${FIGURE_NAMES.join(", ")}, got fig99`],
        [["--profile", "slow"], "--profile must be one of smoke, quick, paper"],
      ] as const
    ) {
      await assertRejects(
        () => main([...args], { data, figures }),
        InputError,
        message,
      );
    }
    await assertRejects(() => Deno.stat(figures), Deno.errors.NotFound);
  });
});

for (const name of FIGURE_NAMES) {
  Deno.test(`${name} in the repository is what its table gives`, async () => {
    await withTemporaryFolder(async (figures) => {
      const { code } = await captureMain((args) => main(args, { figures }), [
        name,
      ]);
      assertEquals(code, 0);
      for (const file of [`${name}.vl.json`, `${name}.svg`]) {
        assert(
          await Deno.readTextFile(`figures/${file}`) ===
            await Deno.readTextFile(join(figures, file)),
          `figures/${file} is not what deno task figures draws`,
        );
      }
    });
  });
}
