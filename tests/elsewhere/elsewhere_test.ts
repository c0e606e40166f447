/**
 * Environment, optimum and agent as one bundle, in Node and in a browser.
 *
 * `deno task test:elsewhere` asks for these tests; where there is no Node from npm or no
 * Chromium, its test is ignored with a clear line, and with `--required` fails.
 *
 * @module
 */

import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { findBrowser } from "../browser/browser.ts";
import { ProgramFolder } from "../programs/program_folder.ts";
import { isAskedFor } from "../programs/python_environment.ts";
import { findHere, type Findings, type Value } from "./findings.ts";
import {
  bundleFindings,
  findInBrowser,
  findInNode,
  whyNoNode,
} from "./places.ts";

/** Largest bundle of environment, agent and optimum. */
const MOST_BYTES = 250_000;

/** `Math.log` and its kin can differ by an ulp between engines of JavaScript. */
const TOLERANCE = 1e-9;

const notAskedFor = isAskedFor("elsewhere")
  ? undefined
  : "not asked for (deno task test:elsewhere)";
const folder = notAskedFor === undefined
  ? await ProgramFolder.open("elsewhere")
  : undefined;
const program = await findBrowser();
const noNode = folder === undefined ? notAskedFor : await whyNoNode(folder);
const noBrowser = notAskedFor ??
  (program === undefined ? "no Chromium on PATH" : undefined);

if (folder !== undefined) {
  for (const why of [noNode, noBrowser]) {
    if (why === undefined) continue;
    if (Deno.args.includes("--required")) {
      throw new Error(`Cannot run the tests that are required: ${why}`);
    }
    console.warn(`${why}: skipped`);
  }
}

function register(
  name: string,
  why: string | undefined,
  test: (folder: ProgramFolder) => Promise<void>,
): void {
  Deno.test({
    name: why === undefined ? name : `${why}, skipped: ${name}`,
    ignore: why !== undefined,
    fn: () => test(folder!),
  });
}

/** The largest relative difference; texts and lengths must be equal. */
function difference(a: readonly Value[], b: readonly Value[]): number {
  assertEquals(a.length, b.length);
  return a.reduce((largest: number, x, i) => {
    const y = b[i];
    if (typeof x === "string" || typeof y === "string") {
      assertEquals(x, y);
      return largest;
    }
    const scale = Math.max(Math.abs(x), Math.abs(y));
    return scale === 0 ? largest : Math.max(largest, Math.abs(x - y) / scale);
  }, 0);
}

async function compareWithDeno(found: Findings): Promise<void> {
  const here = await findHere();
  assert(here.trace.length > 2000);
  assertLessOrEqual(difference(found.trace, here.trace), TOLERANCE, "trace");
  assertEquals(here.outcomes.length, 200);
  here.outcomes.forEach((outcome, i) =>
    assertLessOrEqual(
      difference(found.outcomes[i], outcome),
      TOLERANCE,
      `outcome ${i}`,
    )
  );
  assertLessOrEqual(difference(found.optima, here.optima), TOLERANCE, "optima");
  assert(here.actorMoved > 1e-3, "the updates change the actor");
  assertEquals(found.agentHash, here.agentHash);
  assert(here.updates > 0);
  assertEquals(found.updates, here.updates);
  assertEquals(found.action.length, here.action.length);
  assert(found.action.every((one) => Math.abs(Number(one)) <= 1));
}

register(
  `environment, agent and optimum are a bundle of at most ${
    MOST_BYTES / 1000
  } kB, which names no module of Node's`,
  notAskedFor,
  async (folder) => {
    const file = await bundleFindings(folder);
    const { size } = await Deno.stat(file);
    console.log(`${size} bytes`);
    assertLessOrEqual(size, MOST_BYTES);
    assert(!/["']node:/.test(await Deno.readTextFile(file)));
  },
);

register(
  "slots and updates in Node are those in Deno",
  noNode,
  async (folder) =>
    await compareWithDeno(
      await findInNode(folder, await bundleFindings(folder)),
    ),
);

register(
  "slots and updates in Chromium are those in Deno",
  noBrowser,
  async (folder) =>
    await compareWithDeno(
      await findInBrowser(program!, await bundleFindings(folder)),
    ),
);

Deno.test.afterAll(async () => await folder?.close());
