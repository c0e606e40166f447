/**
 * Tests that need JupyterLab and a browser, ignored with a clear line where there
 * can be none.
 *
 * `deno task test:browser` asks for them; with `--required` a lack is a failure,
 * with `--kernel=NAME` another kernel is tried, and with `--any-kernel` what the lab's
 * own kernel alone must pass is tried with any.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../programs/python_environment.ts";
import { Browser, findBrowser } from "./browser.ts";
import { Jupyter } from "./jupyter.ts";
import { type JupyterLab, startJupyterLab } from "./jupyter_lab.ts";
import { KERNEL } from "./kernels.ts";
import { NotebookPage } from "./notebook_page.ts";

const made = await pythonEnvironment(
  "browser",
  fileURLToPath(new URL("./requirements.txt", import.meta.url)),
);
const program = await findBrowser();
const noPython = made.reason;
const noBrowser = noPython ??
  (program === undefined ? "no Chromium on PATH" : undefined);

if (noPython === undefined && noBrowser !== undefined) {
  console.warn(`${noBrowser}: skipped`);
}
if (noBrowser !== undefined && Deno.args.includes("--required")) {
  throw new Error(`Cannot run the tests that are required: ${noBrowser}`);
}

/** Registers a test that needs something, which `why` says is not there. */
function register(
  name: string,
  why: string | undefined,
  fn: () => Promise<void>,
): void {
  Deno.test({
    name: why === undefined
      ? `${name} (kernel ${KERNEL.name})`
      : `${why}, skipped: ${name}`,
    ignore: why !== undefined,
    // The connection to the browser is older than the test.
    sanitizeOps: false,
    fn,
  });
}

async function openJupyter(): Promise<Jupyter> {
  if (made.reason !== undefined) throw new Error(made.reason);
  return await Jupyter.open({ python: made.python, kernel: KERNEL });
}

/** Registers a test that may call Jupyter's programs. */
export function testWithJupyter(
  name: string,
  test: (jupyter: Jupyter) => Promise<void>,
): void {
  register(name, noPython, async () => {
    const jupyter = await openJupyter();
    try {
      await test(jupyter);
    } finally {
      await jupyter.close();
    }
  });
}

/** What a test opens notebooks with. */
export interface LabInBrowser {
  /** Makes and lists notebooks. */
  readonly jupyter: Jupyter;
  /** Opens a notebook while `use` runs. */
  open(
    path: string,
    use: (page: NotebookPage) => Promise<void>,
  ): Promise<void>;
}

/** What the tests of a file share. */
interface Opened {
  readonly jupyter: Jupyter;
  readonly lab: JupyterLab;
  readonly browser: Browser;
}

let isLabNeeded = false;
let opened: Opened | undefined;

async function openLab(): Promise<Opened> {
  const jupyter = await openJupyter();
  try {
    const lab = await startJupyterLab(jupyter);
    return { jupyter, lab, browser: await Browser.open(program!) };
  } catch (error) {
    await jupyter.close();
    throw error;
  }
}

/** Registers a test with JupyterLab in a browser, which the tests of a file share. */
export function testWithLab(
  name: string,
  test: (lab: LabInBrowser) => Promise<void>,
): void {
  isLabNeeded = noBrowser === undefined;
  register(name, noBrowser, async () => {
    const { jupyter, lab, browser } = opened!;
    await test({
      jupyter,
      async open(path, use) {
        const page = await NotebookPage.open({ browser, lab, path });
        try {
          await use(page);
        } finally {
          await page.close();
        }
      },
    });
  });
}

/** Registers such a test for the lab's own kernel alone: no other passes it. */
export function testLabKernel(
  name: string,
  test: (lab: LabInBrowser) => Promise<void>,
): void {
  if (KERNEL.isLabKernel || Deno.args.includes("--any-kernel")) {
    testWithLab(name, test);
  }
}

Deno.test.beforeAll(async () => {
  if (isLabNeeded) opened = await openLab();
});

Deno.test.afterAll(async () => {
  await opened?.browser.close();
  await opened?.jupyter.close();
});
