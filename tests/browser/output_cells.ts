/**
 * Cells with every kind of output that a notebook can have, but errors.
 *
 * @module
 */

const MEGABYTE = 1_000_000;

/** One pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const sleep = (milliseconds: number) =>
  `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));`;

/** A call that displays a bundle. */
function display(bundle: object, options: object = {}): string {
  return `Deno.jupyter.display(${JSON.stringify(bundle)}, ${
    JSON.stringify({ raw: true, ...options })
  });`;
}

const text = (content: string) => ({ "text/plain": content });

const VEGA_LITE = (n: number) => ({
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  data: { values: [{ x: 1, y: n }, { x: 2, y: n + 1 }] },
  mark: "bar",
  encoding: {
    x: { field: "x", type: "ordinal" },
    y: { field: "y", type: "quantitative" },
  },
});

/** Cells by the number that makes them differ. */
const KINDS: readonly ((n: number) => string)[] = [
  (n) => `console.log("line ${n}");`,
  (n) => `${n} * 2`,
  (n) =>
    `for (let i = 0; i < 20; i++) { console.log("out ${n}/" + i); console.error("err ${n}/" + i); }`,
  (n) => `"text ${n}"`,
  (n) =>
    `({ n: ${n}, list: [1, "two", null], nested: { deep: new Map([[${n}, true]]) } })`,
  (n) => `await ${display({ "text/html": `<b>${n}</b>`, ...text(`${n}`) })}`,
  (n) => `await ${display({ "image/png": PNG, ...text(`pixel ${n}`) })}`,
  (n) =>
    `await ${display(text(`draft ${n}`), { display_id: `own${n}` })}
console.log("between ${n}");
await ${display(text(`final ${n}`), { display_id: `own${n}`, update: true })}`,
  (n) => `await ${display(text(`first ${n}`), { display_id: `later${n}` })}`,
  (n) =>
    `await ${
      display(text(`changed by ${n}`), {
        display_id: `later${n - 1}`,
        update: true,
      })
    }
"after the change ${n}"`,
  (n) => `console.log("${n % 10}".repeat(${MEGABYTE}));`,
  (n) =>
    `await Deno.jupyter.display({ "text/plain": "${
      n % 10
    }".repeat(${MEGABYTE}) }, { raw: true });`,
  (n) =>
    `console.log("ä€😀 \\u{1F468}\\u200D\\u{1F469} ${n} 漢字 \\u0007 \\u001b[31mred\\u001b[0m");
"Ünïcödé 😀 ${n}"`,
  (n) =>
    `for (let i = 0; i < 5; i++) { ${sleep(3)} console.log("late ${n}/" + i); }
"value ${n}"`,
  (n) =>
    `console.table([{ n: ${n}, square: ${n * n} }, { n: ${
      n + 1
    }, square: 0 }]);`,
  (n) =>
    `await ${
      display({
        "application/vnd.vegalite.v5+json": VEGA_LITE(n),
        // As the lab's figures have it; JupyterLab adds one where there is none.
        "image/png": PNG,
        ...text(`bars ${n}`),
      })
    }`,
  (n) => `Deno.jupyter.html\`<i>${n}</i>\``,
  (n) =>
    `for (let i = 0; i < 300; i++) console.log("${n}/" + i);
${n}`,
  (n) =>
    `void ${display(text(`not awaited ${n}`))}
console.log("behind ${n}");`,
  (n) => `(globalThis as Record<string, unknown>).last = ${n};`,
];

/** Sources of cells, each kind in turn; the same ones each time. */
export function outputCells(count: number): string[] {
  return Array.from({ length: count }, (_, n) => KINDS[n % KINDS.length](n));
}
