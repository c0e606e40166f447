import { assertEquals } from "@std/assert";
import { runNotebook } from "../../lib/kernel/mod.ts";
import { readOutputs, withNotebook } from "./samples.ts";

const CELLS = 60;
const RUNS = 10;

/** Seven kinds of cells: their source and the outputs they must get. */
const KINDS: readonly ((n: number) => [string, string[]])[] = [
  (n) => [`console.log("line ${n}");`, [`stdout: line ${n}\n`]],
  (n) => [`${n} * 2`, [`execute_result: ${n * 2}`]],
  (n) => [
    `console.log("a${n}"); console.error("b${n}"); console.log("c${n}"); "d${n}"`,
    [
      `stdout: a${n}\n`,
      `stderr: b${n}\n`,
      `stdout: c${n}\n`,
      `execute_result: "d${n}"`,
    ],
  ],
  (n) => [
    `await Deno.jupyter.display({ "text/plain": "shown ${n}" }, { raw: true });
console.log("after ${n}");`,
    [`display_data: shown ${n}`, `stdout: after ${n}\n`],
  ],
  (n) => [
    `await new Promise((resolve) => setTimeout(resolve, 2));
console.log("late ${n}");
await Promise.resolve();
"value ${n}"`,
    [`stdout: late ${n}\n`, `execute_result: "value ${n}"`],
  ],
  (n) => [
    `for (let i = 0; i < 50; i++) console.log("${n}/" + i);`,
    [
      `stdout: ${Array.from({ length: 50 }, (_, i) => `${n}/${i}\n`).join("")}`,
    ],
  ],
  (n) => [
    `await Deno.jupyter.display({ "text/plain": "draft ${n}" }, { raw: true, display_id: "d${n}" });
console.log("between ${n}");
await Deno.jupyter.display({ "text/plain": "final ${n}" }, { raw: true, display_id: "d${n}", update: true });
void Deno.jupyter.display({ "text/plain": "not awaited ${n}" }, { raw: true });`,
    [
      `display_data: final ${n}`,
      `stdout: between ${n}\n`,
      `display_data: not awaited ${n}`,
    ],
  ],
];

Deno.test(`no output of ${CELLS} mixed cells is lost or misplaced in ${RUNS} runs`, async () => {
  const cells = Array.from(
    { length: CELLS },
    (_, n) => KINDS[n % KINDS.length](n),
  );
  await withNotebook(cells.map(([source]) => source), async (path) => {
    const texts = new Set<string>();
    for (let run = 0; run < RUNS; run++) {
      await runNotebook(path);
      assertEquals(
        await readOutputs(path),
        cells.map(([, outputs]) => outputs),
        `run ${run}`,
      );
      texts.add(await Deno.readTextFile(path));
    }
    assertEquals(texts.size, 1, "every run saves the same bytes");
  });
});
