/**
 * The site in Chromium, opened from disk.
 *
 * `deno task test:site` asks for these tests; where there is no Chromium they are
 * ignored with a clear line, and with `--required` fail.
 *
 * @module
 */

import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import axe from "axe-core";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Browser, findBrowser, type Page } from "../browser/browser.ts";
import { ProgramFolder, waitFor } from "../programs/program_folder.ts";
import { isAskedFor } from "../programs/python_environment.ts";
import { dragUser, standingOf } from "./drag_user.ts";
import { compareRivals, randomStates } from "./random_states.ts";
import { buildSite, openPage, PAGES, press, tabTo } from "./site_pages.ts";

const MOST_BYTES = 8_000_000;
const MOST_PLAYGROUND_BYTES = 500_000;
const FIRST_FIGURE_MS = 2000;
const STATES = 200;

const program = await findBrowser();
const why = !isAskedFor("site")
  ? "not asked for (deno task test:site)"
  : program === undefined
  ? "no Chromium on PATH"
  : undefined;
if (isAskedFor("site") && why !== undefined) {
  if (Deno.args.includes("--required")) {
    throw new Error(`Cannot run the tests that are required: ${why}`);
  }
  console.warn(`${why}: skipped`);
}
const folder = why === undefined ? await ProgramFolder.open("site") : undefined;
const site = folder === undefined ? "" : await buildSite(folder);
const browser = folder === undefined ? undefined : await Browser.open(program!);

function register(name: string, test: () => Promise<void>): void {
  Deno.test({
    name: why === undefined ? name : `${why}, skipped: ${name}`,
    ignore: why !== undefined,
    fn: test,
  });
}

register("the site is small, and none of its scripts is a module", async () => {
  let bytes = 0;
  let playground = 0;
  for await (const { name } of Deno.readDir(site)) {
    const { size } = await Deno.stat(join(site, name));
    bytes += size;
    if (/^playground.*\.js$/.test(name)) playground += size;
    if (!name.endsWith(".html")) continue;
    const page = await Deno.readTextFile(join(site, name));
    assert(!page.includes("module"), name);
    assert(!/<(script|link|img)[^>]*(https?:)?\/\//.test(page), name);
  }
  console.log(`${bytes} bytes, playground ${playground}`);
  assert(playground > 100_000);
  assertLessOrEqual(bytes, MOST_BYTES);
  assertLessOrEqual(playground, MOST_PLAYGROUND_BYTES);
});

register("no page complains, or asks for more than its own files", async () => {
  for (const name of PAGES) {
    const { page, complaints, requests } = await openPage(browser!, site, name);
    await page.evaluate("new Promise((resolve) => setTimeout(resolve, 200))");
    assertEquals(complaints, [], name);
    assert(requests.length > 2, name);
    for (const request of requests) {
      assert(
        request.startsWith(pathToFileURL(site).href) ||
          request.startsWith("data:"),
        `${name} asks for ${request}`,
      );
    }
    await page.close();
  }
});

register(`the first figure is there within ${FIRST_FIGURE_MS} ms`, async () => {
  for (const name of ["index", "figures"] as const) {
    const times: number[] = [];
    // Other programs may have the processor at first.
    while (times.length < 5 && !(Math.min(...times) <= FIRST_FIGURE_MS)) {
      const { page } = await openPage(browser!, site, name);
      times.push(
        await page.evaluate(
          "Number(document.querySelector('[data-drawn]').dataset.drawn)",
        ),
      );
      await page.close();
    }
    console.log(`${name}: ${times} ms`);
    assertLessOrEqual(Math.min(...times), FIRST_FIGURE_MS);
  }
});

register("no page scrolls sideways at 390 pixels", async () => {
  for (const name of PAGES) {
    const { page } = await openPage(browser!, site, name, { width: 390 });
    await page.evaluate(
      "document.querySelectorAll('details').forEach((one) => one.open = true)",
    );
    await page.evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
    const width = await page.evaluate<number>(
      "document.documentElement.scrollWidth",
    );
    assertLessOrEqual(width, 390, name);
    await page.close();
  }
});

/** What axe finds wrong; a figure is an image to it, with a text of its own. */
async function violationsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source + ";0");
  return await page.evaluate<string[]>(
    `axe.run({ exclude: [".figure svg > *"] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
      id + ": " + html.slice(0, 200) + " " + failureSummary)))`,
  );
}

const LOOKS = (["light", "dark"] as const).flatMap((scheme) =>
  [1280, 390].map((width) => ({ scheme, width }))
);

for (const { scheme, width } of LOOKS) {
  register(
    `axe finds nothing wrong in ${scheme} pages of ${width} pixels`,
    async () => {
      for (const name of PAGES) {
        const { page } = await openPage(browser!, site, name, {
          width,
          scheme,
        });
        await page.evaluate(
          "document.querySelectorAll('details').forEach((one) => one.open = true)",
        );
        assertEquals(await violationsIn(page), [], name);
        await page.close();
      }
    },
  );
}

register("marks of every figure tell their values to the pointer", async () => {
  const { page } = await openPage(browser!, site, "figures");
  for (let figure = 0; figure < 4; figure++) {
    // Marks that are seen or not: points for the pointer may have no color.
    const count = await page.evaluate<number>(
      `document.querySelectorAll(".figure")[${figure}]
        .querySelectorAll(".mark-symbol.role-mark path").length`,
    );
    assert(count > 10, `figure ${figure}`);
    const told = await waitFor(async () => {
      const at = await page.evaluate<{ x: number; y: number }>(`(() => {
        const marks = document.querySelectorAll(".figure")[${figure}]
          .querySelectorAll(".mark-symbol.role-mark path");
        const mark = marks[Math.floor(marks.length / 2)];
        mark.scrollIntoView({ block: "center" });
        const { x, y, width, height } = mark.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      })()`);
      for (const x of [at.x - 3, at.x]) {
        const moved = { type: "mouseMoved", x, y: at.y };
        await page.send("Input.dispatchMouseEvent", moved);
      }
      const text = await page.evaluate<string>(
        "document.querySelector('#vg-tooltip-element.visible')?.textContent ?? ''",
      );
      return text || undefined;
    }, { what: `a tooltip of figure ${figure}`, limitS: 10 });
    assert(/(Series|Episode|Number of users).*\d/.test(told), told);
    await page.send("Input.dispatchMouseEvent", {
      ...{ type: "mouseMoved", x: 2, y: 2 },
    });
  }
  await page.close();
});

register("choosing a reading shows the verdicts that it changes", async () => {
  const { page } = await openPage(browser!, site, "claims");
  await tabTo(page, "#reading");
  const seen = new Set<string>();
  const count = await page.evaluate<number>(
    "document.querySelectorAll('#reading option').length",
  );
  assert(count > 10);
  for (let k = 0; k < count; k++) {
    const state = await page.evaluate<string>(`JSON.stringify([
      document.getElementById("reading").value,
      document.querySelectorAll(".claim.changed").length,
      document.getElementById("summary").textContent,
    ])`);
    const [reading, changed, summary] = JSON.parse(state);
    seen.add(reading);
    if (reading.startsWith("default")) assertEquals(changed, 0);
    assert(
      reading.startsWith("default") || summary.includes(
        changed === 0
          ? "no verdict changes"
          : changed === 1
          ? "1 verdict changes"
          : `${changed} verdicts change`,
      ),
      summary,
    );
    await press(page, "ArrowDown");
  }
  assertEquals(seen.size, count);
  await page.close();
});

register("little motion is kept where it is asked for", async () => {
  for (const reducedMotion of [false, true]) {
    const { page } = await openPage(browser!, site, "playground", {
      reducedMotion,
    });
    const duration = await page.evaluate<string>(
      "getComputedStyle(document.querySelector('.fill')).transitionDuration",
    );
    assertEquals(duration === "0s", reducedMotion);
    await page.close();
  }
});

register(
  "the playground is played by keys alone, and shows where they go",
  async () => {
    const { page } = await openPage(browser!, site, "playground");
    const objective = () =>
      page.evaluate<number>("playground.numbers().outcome.objective");
    const text = (selector: string) =>
      page.evaluate<string>(
        `document.querySelector("${selector}").textContent`,
      );
    const steps: [string, string[]][] = [
      [".map .user:nth-of-type(3)", ["ArrowRight", "ArrowDown", "ArrowLeft"]],
      [".model:not(.unasked)", [" "]],
      ['[aria-label="GPUs for user 9"]', ["ArrowRight"]],
    ];
    for (const [selector, keys] of steps) {
      const before = await objective();
      await tabTo(page, selector);
      assert(
        await page.evaluate<boolean>(
          `getComputedStyle(document.activeElement).outlineStyle !== "none"`,
        ),
        `${selector} shows no focus`,
      );
      for (const key of keys) await press(page, key);
      assert(await objective() !== before, selector);
    }
    assert(
      (await text("#compare .broken")).includes("18g"),
      "a share too many",
    );
    await tabTo(page, ".rules button:nth-of-type(2)");
    await press(page, "Enter");
    assertEquals(await text("#compare .broken"), "");
    await tabTo(page, '[aria-label="Take over: Optimum"]');
    await press(page, "Enter");
    assert((await text("#compare .result")).includes("as good as the optimum"));
    const slot = await text(".slot-name");
    await tabTo(page, ".slots button:nth-of-type(2)");
    await press(page, "Enter");
    assert(await text(".slot-name") !== slot);
    await tabTo(page, "#world");
    await press(page, "ArrowDown");
    assertEquals(
      await page.evaluate("playground.model.scenario.name"),
      "paper",
    );
    assertEquals(await page.evaluate("document.activeElement.id"), "world");
    await page.close();
  },
);

register(
  "a user who is dragged over the border belongs to the other server",
  async () => {
    const { page } = await openPage(browser!, site, "playground");
    assertEquals((await standingOf(page, 2)).server, 0);
    await dragUser(page, 2, [[500, 300], [800, 200]], [100, 900]);
    const { placeM: [xM, yM], server } = await standingOf(page, 2);
    // A pixel is some 2 m wide.
    assert(Math.abs(xM - 800) < 5 && Math.abs(yM - 200) < 5, `${xM}, ${yM}`);
    assertEquals(server, 1);
    await page.close();
  },
);

register(
  `the numbers of ${STATES} random states are those of evaluate`,
  async () => {
    const { page } = await openPage(browser!, site, "playground");
    const states = await randomStates(page, STATES);
    await page.close();
    assertEquals(states.length, STATES);
    const broken = new Set(states.flatMap(({ outcome }) => outcome.violations));
    assert(broken.size >= 3, "states break constraints, too");
    const file = join(folder!.path, "slots.json");
    await Deno.writeTextFile(
      file,
      JSON.stringify(
        states.map(({ slot, outcome }) => ({ ...slot, expected: outcome })),
      ),
    );
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const run = [Deno.execPath(), "run", "--allow-read", "lib/cli/evaluate.ts"];
    const judged = await folder!.run([...run, file], { cwd });
    assert(
      judged.stderr.includes(`${STATES} of ${STATES} slots agree`),
      judged.stderr.slice(0, 500),
    );
    assert(judged.success);
    await compareRivals(states, async (policy) => {
      const ended = await folder!.run([...run, "--policy", policy, file], {
        cwd,
      });
      assert(ended.success, ended.stderr.slice(0, 500));
      return JSON.parse(ended.stdout);
    });
  },
);

Deno.test.afterAll(async () => {
  await browser?.close();
  await folder?.close();
});
