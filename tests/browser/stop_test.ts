import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { RandomStream } from "../../lib/math/mod.ts";
import { countOption } from "./kernels.ts";
import type { NotebookPage } from "./notebook_page.ts";
import { testLabKernel, testWithLab } from "./with_lab.ts";

/** What a cell says before it goes on forever; it awaits so that this is shown. */
const SAY_RUNNING = `console.log("running");
await new Promise((resolve) => setTimeout(resolve, 200));`;

/** A training without an end, by itself or with a signal that stops it. */
function training(signal: string): string {
  return `import {
  createAgent, EdgeEnv, openEngine, SMALL_SCENARIO, train,
} from "../lib/mod.ts";
import { stopSignal } from "../lib/notebook/mod.ts";
const stop = ${signal};
const rows = train({
  agent: createAgent("td3", SMALL_SCENARIO, {
    engine: await openEngine("wasm"),
    seed: 0,
  }),
  environment: new EdgeEnv(SMALL_SCENARIO),
  episodes: 1_000_000,
  episodeSeed: (episode) => episode,
  metrics: () => ({}),
  clock: () => performance.now(),
  signal: stop?.signal,
});
for await (const { episode } of rows) if (episode === 1) console.log("running");`;
}

/** Cells that never end. */
const ENDLESS: Readonly<Record<string, string>> = {
  "a training": training("undefined"),
  "a loop without a pause": `${SAY_RUNNING}\nfor (;;) {}`,
  "a loop with awaits": `${SAY_RUNNING}\nfor (;;) await Promise.resolve();`,
  "a loop with timers": `${SAY_RUNNING}
for (;;) await new Promise((resolve) => setTimeout(resolve, 1));`,
  "an awaited function": `async function forever() {
  for (;;) await new Promise((resolve) => setTimeout(resolve, 10));
}
${SAY_RUNNING}
await forever();`,
  "a promise that never settles": `${SAY_RUNNING}
await new Promise(() => {});`,
};

/** How long a stopped cell may take to end. */
const STOP_LIMIT_S = 20;

/** How long notes on types may take, with the start of what finds them. */
const NOTE_LIMIT_S = 20;

/** Cells around the one that is stopped. */
function notebookOf(endless: string): string[] {
  return [
    "const kept = 6 * 7; let changed = 0; changed++;",
    endless,
    "`kept ${kept}, changed ${changed}`",
  ];
}

/** Asks the last cell whether the kernel knows what it knew. */
async function checkKept(page: NotebookPage): Promise<void> {
  await page.runCell(2);
  const shown = await page.shownBelow(2);
  const dialogs = await page.dialogs();
  assert(shown.includes("kept 42, changed 1"), `${shown}\n${dialogs}`);
}

/** Starts the endless cell, stops it and looks what is left. */
async function stopCell(page: NotebookPage): Promise<void> {
  await page.runCell(0);
  await page.startCell(1);
  await page.waitForText(1, "running");
  // It is in its loop now.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await page.pressStop();
  await page.waitForRest(STOP_LIMIT_S);
  await checkKept(page);
}

testWithLab(
  "Stop ends a training that looks at a signal, and the kernel keeps variables",
  async ({ jupyter, open }) => {
    const cells = notebookOf(training("stopSignal()"));
    await open(await jupyter.write("signal", cells), stopCell);
  },
);

for (const [name, endless] of Object.entries(ENDLESS)) {
  testLabKernel(
    `Stop ends ${name}, and the kernel keeps variables`,
    async ({ jupyter, open }) => {
      const path = await jupyter.write("stop", notebookOf(endless));
      await open(path, async (page) => {
        await stopCell(page);
        // The next cell can be stopped as well.
        await stopCell(page);
      });
    },
  );
}

testLabKernel(
  "Stop of a kernel that is idle does nothing",
  async ({ jupyter, open }) => {
    await open(await jupyter.write("idle", notebookOf("1")), async (page) => {
      await page.runCell(0);
      await page.pressStop();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await checkKept(page);
      assertEquals(await page.dialogs(), []);
    });
  },
);

testLabKernel(
  "stops at any moment keep variables, or the cell says that they are lost",
  async ({ jupyter, open }) => {
    const moments = new RandomStream(0, "stops");
    const endless = Object.values(ENDLESS);
    const path = await jupyter.write("moments", [
      "const kept = 6 * 7; let changed = 0; changed++;",
      ...endless,
      "`kept ${kept}, changed ${changed}`",
    ]);
    const last = endless.length + 1;
    let restarts = 0;
    await open(path, async (page) => {
      await page.runCell(0);
      for (let i = 0; i < countOption("stops", 8); i++) {
        const cell = 1 + Math.floor(moments.uniform() * endless.length);
        await page.startCell(cell);
        const ms = 1500 * moments.uniform();
        await new Promise((resolve) => setTimeout(resolve, ms));
        await page.pressStop();
        await page.waitForRest(STOP_LIMIT_S);
        if ((await page.shownBelow(cell)).includes("KernelRestarted")) {
          restarts++;
          await page.runCell(0);
        }
        await page.runCell(last);
        const shown = await page.shownBelow(last);
        assert(shown.includes("kept 42, changed 1"), `stop ${i}: ${shown}`);
      }
    });
    assert(restarts <= 1, `${restarts} restarts`);
  },
);

/** Cells that fail, and what the text below each must name. */
const FAILING: readonly (readonly [string, readonly RegExp[]])[] = [
  [
    `import { deriveScenario, PAPER_SCENARIO } from "../lib/mod.ts";
deriveScenario(PAPER_SCENARIO, { assumptions: { asociation: "random" } });`,
    [/InputError/, /assumptions\.asociation/, /nearest: association/],
  ],
  [
    'import { nothing } from "../lib/mod.ts"; nothing();',
    [/nothing/, /lib\/mod\.ts/],
  ],
  ["const = 3;", [/syntax|expected|unexpected/i]],
  [
    'import "npm:edgeaigc-no-such-package@1.0.0";',
    [/edgeaigc-no-such-package/],
  ],
  ['import "../lib/no_such_module.ts";', [/no_such_module\.ts/]],
  ["undeclared + 1", [/ReferenceError/, /undeclared/]],
];

testLabKernel(
  "every error is named below its cell, and the kernel goes on",
  async ({ jupyter, open }) => {
    const cells = [...FAILING.map(([source]) => source), "`alive ${6 * 7}`"];
    const missing: string[] = [];
    await open(await jupyter.write("errors", cells), async (page) => {
      for (const [index, [source, named]] of FAILING.entries()) {
        await page.runCell(index);
        // Notes on types come later than the error.
        let shown = "";
        let lacking = named;
        for (let i = 0; i < NOTE_LIMIT_S && lacking.length > 0; i++) {
          if (i > 0) await new Promise((resolve) => setTimeout(resolve, 1000));
          shown = await page.shownBelow(index);
          lacking = named.filter((one) => !one.test(shown));
        }
        for (const one of lacking) {
          missing.push(`${one} below ${source}: ${JSON.stringify(shown)}`);
        }
      }
      await page.runCell(FAILING.length);
      assert((await page.shownBelow(FAILING.length)).includes("alive 42"));
    });
    assertEquals(missing, []);
  },
);

/** The first line of a function's docstring. */
async function docstringOf(file: string, name: string): Promise<string> {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const text = await Deno.readTextFile(path);
  const before = text.slice(0, text.indexOf(`export function ${name}(`));
  return /^ \* (.+)$/m.exec(before.slice(before.lastIndexOf("/**")))![1];
}

testLabKernel(
  "Shift+Tab on a function of the library shows its signature and docstring",
  async ({ jupyter, open }) => {
    const path = await jupyter.write("help", [
      'import { stopSignal } from "../lib/notebook/mod.ts";',
      "stopSignal",
      "const stop = stopSignal();",
    ]);
    await open(path, async (page) => {
      await page.runCell(0);
      for (const index of [1, 2]) {
        const shown = await page.helpOn(index, "stopSignal");
        assert(shown.includes("stopSignal(): StopSignal"), shown);
        const docstring = await docstringOf(
          "lib/notebook/stop_signal.ts",
          "stopSignal",
        );
        assert(shown.includes(docstring), shown);
      }
    });
  },
);
