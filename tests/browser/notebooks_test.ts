import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { waitFor } from "../programs/program_folder.ts";
import { codeCells, compareOutputs, runOurs } from "./compare_outputs.ts";
import { KERNEL } from "./kernels.ts";
import { outputCells } from "./output_cells.ts";
import { testLabKernel, testWithLab } from "./with_lab.ts";

/** Where `--screenshots=DIR` keeps what notebooks look like. */
const SCREENSHOTS = Deno.args.find((one) => one.startsWith("--screenshots="))
  ?.slice("--screenshots=".length);

/** Profile of the study that `--profile=quick` names; the least takes seconds. */
const PROFILE = Deno.args.includes("--profile=quick") ? "quick" : "smoke";

testWithLab(
  "every notebook runs in JupyterLab, and its figures are drawn",
  async ({ jupyter, open }) => {
    const paths = await jupyter.notebooks();
    assert(paths.length > 5);
    for (const path of paths) {
      await open(path, async (page) => {
        const startMs = performance.now();
        await page.runAll();
        const seconds = (performance.now() - startMs) / 1000;
        let figures = 0;
        for (const [index, cell] of (await page.cells()).entries()) {
          if (cell.cell_type !== "code") continue;
          const about = `${path}, cell ${index}`;
          assert(cell.execution_count! > 0, about);
          const outputs = cell.outputs ?? [];
          const errors = outputs.filter((one) => one.output_type === "error");
          assertEquals(errors, [], about);
          const specs = outputs.filter((one) =>
            "data" in one && "application/vnd.vegalite.v5+json" in one.data
          );
          const shown = await page.figuresBelow(index);
          assertEquals(shown.length, specs.length, about);
          for (const { width, height, colors } of shown) {
            assert(width > 100 && height > 100, `${about}: ${width}×${height}`);
            assert(colors > 10, `${about}: ${colors} colors`);
          }
          figures += shown.length;
          if (SCREENSHOTS !== undefined && shown.length > 0) {
            const name = path.replace(/^notebooks\/|\.ipynb$/g, "");
            await page.screenshot(
              join(SCREENSHOTS, `${name}_${index}.png`),
              index,
            );
          }
        }
        assert(figures > 0, path);
        console.log(`${path}: ${seconds.toFixed(1)} s, ${figures} figures`);
      });
    }
  },
);

testWithLab(
  "JupyterLab gets the outputs that our runner gives, of every kind",
  async ({ jupyter, open }) => {
    const path = await jupyter.write("outputs", outputCells(200));
    const expected = await runOurs(jupyter, path);
    await open(path, async (page) => {
      await page.runAll();
      const differences = compareOutputs(expected, await page.cells());
      if (KERNEL.isLabKernel) return assertEquals(differences, []);
      console.log(
        `${differences.length} of ${expected.length} cells differ, first ${
          JSON.stringify(differences[0])
        }`,
      );
    });
  },
);

testLabKernel(
  "Figure 6's study runs in its notebook, its progress is seen, and its figure stays",
  async ({ jupyter, open }) => {
    const path = join(jupyter.checkout, "notebooks", "fig06_hit_rate.ipynb");
    const sources = (await codeCells(path)).map(({ source }) =>
      source
        .replace("let run = false", "let run = true")
        .replace('let runProfile: "smoke" | "quick" = "quick"', () =>
          `let runProfile: "smoke" | "quick" = "${PROFILE}"`)
    );
    const last = sources.length - 1;
    await open(await jupyter.write("study", sources), async (page) => {
      for (let index = 0; index < last; index++) await page.runCell(index);
      const startMs = performance.now();
      const progress = new Set<string>();
      await page.startCell(last);
      await waitFor(async () => {
        const [line] = /\d+ of \d+ done, .* left: [^\n]*/
          .exec(await page.shownBelow(last)) ?? [];
        if (line) progress.add(line);
        return await page.prompt(last) !== "[*]:" || undefined;
      }, { what: `the ${PROFILE} study has ended`, limitS: 600 });
      await page.waitForRest(60);
      const seconds = (performance.now() - startMs) / 1000;
      const shown = await page.shownBelow(last);
      assert(progress.size > 1, `${[...progress]}\n${shown}`);
      assert(/(\d+) of \1 trials finished/.test(shown), shown);
      assert(!/left: /.test(shown), "what depends on the clock is cleared");
      assert((await page.figuresBelow(last)).length > 0);
      console.log(
        `${PROFILE}: ${
          seconds.toFixed(1)
        } s, ${progress.size} lines of progress`,
      );
      if (SCREENSHOTS !== undefined) {
        await page.screenshot(join(SCREENSHOTS, "study.png"), last);
      }
    });
  },
);
