import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { codeCells, compareOutputs, runOurs } from "./compare_outputs.ts";
import { countOption, KERNEL } from "./kernels.ts";
import { outputCells } from "./output_cells.ts";
import { testWithJupyter } from "./with_lab.ts";

/** Programs that run notebooks: their arguments after `python -m`. */
const EXECUTORS: Readonly<
  Record<string, (path: string, output: string) => string[]>
> = {
  nbconvert: (path, output) => [
    ...["nbconvert", "--to", "notebook", "--execute", path],
    ...["--output", output],
  ],
  "jupyter execute": (path, output) => [
    ...["jupyter", "execute", path, `--output=${output}`],
  ],
  papermill: (path, output) => [
    ...["papermill", "--no-progress-bar", "-l", "python", path, output],
  ],
};

/**
 * What every program runs: a course's notebook and a figure's. JupyterLab and our
 * runner have all of them; with `--all-notebooks` so has every program, in 8 minutes.
 */
const QUICK_NOTEBOOKS = [
  "notebooks/02_environment.ipynb",
  "notebooks/fig06_hit_rate.ipynb",
];

testWithJupyter(
  "nbconvert, jupyter execute and papermill give the outputs that our runner gives",
  async (jupyter) => {
    const allKinds = await jupyter.write("outputs", outputCells(200));
    const paths = [
      ...Deno.args.includes("--all-notebooks")
        ? await jupyter.notebooks()
        : QUICK_NOTEBOOKS,
      ...Array<string>(countOption("runs", 1)).fill(allKinds),
    ];
    const damaged: string[] = [];
    for (const path of paths) {
      const expected = await runOurs(jupyter, path);
      for (const [name, argumentsOf] of Object.entries(EXECUTORS)) {
        const output = join(jupyter.checkout, "notebooks", "theirs.ipynb");
        const { success, stderr } = await jupyter.run(
          ...argumentsOf(join(jupyter.checkout, path), output),
        );
        assert(success, `${name}, ${path}: ${stderr}`);
        const differences = compareOutputs(expected, await codeCells(output));
        await Deno.remove(output);
        if (differences.length === 0) continue;
        damaged.push(
          `${name}, ${path}: ${differences.length} of ${expected.length} cells, first ${
            JSON.stringify(differences[0])
          }`,
        );
      }
    }
    if (KERNEL.isLabKernel) return assertEquals(damaged, []);
    const runs = paths.length * Object.keys(EXECUTORS).length;
    console.log(
      [`${damaged.length} of ${runs} runs damaged`, ...damaged].join("\n"),
    );
  },
);

testWithJupyter("papermill sets parameters", async (jupyter) => {
  const path = "notebooks/01_quickstart.ipynb";
  const parameters = { episodes: 20, seed: 3 };
  const output = join(jupyter.checkout, "notebooks", "theirs.ipynb");
  const { success, stderr } = await jupyter.run(
    ...EXECUTORS.papermill(join(jupyter.checkout, path), output),
    ...Object.entries(parameters).flatMap(([name, value]) => [
      ...["-p", name, `${value}`],
    ]),
  );
  // Papermill itself knows no TypeScript, and writes Python.
  if (!KERNEL.isLabKernel) {
    assertEquals(success, false);
    return;
  }
  assert(success, stderr);
  const expected = await runOurs(jupyter, path, parameters);
  assertEquals(compareOutputs(expected, await codeCells(output)), []);
});
