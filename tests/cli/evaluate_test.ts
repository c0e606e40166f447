import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { main } from "../../lib/cli/evaluate.ts";
import golden from "../env/golden_slots.json" with { type: "json" };
import { captureMain, runCommand, withFile } from "./capture.ts";

function evaluate(document: unknown, ...options: string[]) {
  return withFile(
    JSON.stringify(document),
    (path) => captureMain(main, [path, ...options]),
  );
}

const [BASIC] = golden;
const { expected: _, ...UNEXPECTED } = BASIC;

Deno.test("an array in, an array out: every output of every golden slot", async () => {
  const { code, stdout, stderr } = await evaluate(golden);
  assertEquals(code, 0);
  assertEquals(
    stderr,
    "8 of 8 slots agree with their expected outputs to 1e-9\n",
  );
  const outputs = JSON.parse(stdout);
  assertEquals(outputs.length, 8);
  golden.forEach((slot, k) => {
    assertEquals(outputs[k].name, slot.name);
    assertEquals(
      Object.keys(outputs[k]).sort(),
      ["name", ...Object.keys(slot.expected)].sort(),
    );
    assertEquals(outputs[k].violations, slot.expected.violations);
    assertEquals(outputs[k].hit, slot.expected.hit);
  });
});

Deno.test("a slot in, an object out; without an expectation nothing is compared", async () => {
  const { code, stdout, stderr } = await evaluate(UNEXPECTED);
  assertEquals([code, stderr], [0, ""]);
  const output = JSON.parse(stdout);
  assert(!Array.isArray(output));
  assertEquals(output.hit, BASIC.expected.hit);
  const array = await evaluate([UNEXPECTED]);
  assertEquals(JSON.parse(array.stdout), [output]);
});

Deno.test("a slot without a name has an output without a name", async () => {
  const { name: _, ...nameless } = UNEXPECTED;
  const { stdout } = await evaluate(nameless);
  assert(!("name" in JSON.parse(stdout)));
});

Deno.test("infinities are printed as text", async () => {
  const { stdout } = await evaluate(golden[1]);
  const output = JSON.parse(stdout);
  assertEquals(output.objective, "Infinity");
  assertEquals(output.reward, "-Infinity");
});

Deno.test("a wrong expectation exits with 1 and names slot, path and both values", async () => {
  const wrong = structuredClone(BASIC);
  wrong.expected.responseTimeS[2] = 5;
  const { code, stdout, stderr } = await evaluate([BASIC, wrong]);
  assertEquals(code, 1);
  assertEquals(JSON.parse(stdout).length, 2);
  const [line, summary, end] = stderr.split("\n");
  assertMatch(line, /^slot 1: responseTimeS\[2\] is 15314\.79\d*, expected 5$/);
  assertEquals(
    summary,
    "1 of 2 slots agree with their expected outputs to 1e-9",
  );
  assertEquals(end, "");
});

Deno.test("an expectation that no output has exits with 1 and names it", async () => {
  const { code, stderr } = await evaluate({
    ...UNEXPECTED,
    expected: { hitrate: 0.5 },
  });
  assertEquals(code, 1);
  assertStringIncludes(stderr, "hitrate");
});

Deno.test("a decision that breaks constraints is judged and reports them", async () => {
  const broken: [
    string,
    (decision: typeof BASIC.decision) => void,
    string[],
  ][] = [
    ["cache entry 0.5", (d) => d.cache[0][1] = 0.5, ["18b"]],
    ["share of 1.5", (d) => d.bandwidthShare[0][0] = 1.5, ["18c", "18f"]],
    ["negative share", (d) => d.bandwidthShare[1][0] = -0.1, ["18c"]],
    ["compute of 1.5", (d) => d.computeShare[1][3] = 1.5, ["18d", "18g"]],
    ["negative compute", (d) => d.computeShare[0][2] = -1e-9, ["18d"]],
    ["everything cached", (d) => d.cache[0].fill(9), ["18b", "18e"]],
    [
      "shares of foreign users",
      (d) => d.bandwidthShare[0][3] = 0.1,
      ["18f"],
    ],
  ];
  for (const [what, change, violations] of broken) {
    const slot = structuredClone(UNEXPECTED);
    change(slot.decision);
    const { code, stdout, stderr } = await evaluate(slot);
    assertEquals([code, stderr], [0, ""], what);
    assertEquals(JSON.parse(stdout).violations, violations, what);
  }
});

Deno.test("--table prints a row per user and no JSON", async () => {
  const { code, stdout, stderr } = await evaluate(golden, "--table");
  assertEquals(code, 0);
  assertStringIncludes(stderr, "8 of 8");
  const lines = stdout.trimEnd().split("\n");
  const users = golden.map((slot) => slot.scenario.numUsers);
  // A name, a heading and a summary for each slot.
  assertEquals(
    lines.length,
    users.reduce((sum, count) => sum + count + 3, 0),
  );
  assertEquals(lines[0], BASIC.name);
  assertMatch(lines[1], /^ +user +server +model +hit .*response s +cost$/);
  assertMatch(lines[2], /^ +0 +0 +0 +yes .* 2199\.12 +157\.926$/);
  assertStringIncludes(lines[6], "hit rate 0.500000");
  assertStringIncludes(lines[6], "violations none");
  assertStringIncludes(stdout, "violations 18c 18f 18g");
  assertStringIncludes(stdout, "Infinity");
  const nameless = await evaluate(
    { ...UNEXPECTED, name: undefined },
    "--table",
  );
  assertEquals(nameless.stdout.split("\n")[0], "slot");
});

Deno.test("--help says how to use it", async () => {
  for (const option of ["--help", "-h"]) {
    const { code, stdout, stderr } = await captureMain(main, [option]);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "Usage: deno task evaluate SLOT.json");
    assertStringIncludes(stdout, "--table");
  }
});

Deno.test("as a command: standard input in, JSON out, exit code 0", async () => {
  const { code, stdout, stderr } = await runCommand(
    "evaluate",
    ["-"],
    JSON.stringify(BASIC),
  );
  assertEquals(code, 0);
  assertStringIncludes(stderr, "1 of 1 slots agree");
  const output = JSON.parse(stdout);
  assert(Math.abs(output.objective - 2.2362333453998584) < 1e-9);
});

Deno.test("as a command: a wrong expectation exits with 1", async () => {
  const { code, stderr } = await runCommand(
    "evaluate",
    ["-"],
    JSON.stringify({ ...BASIC, expected: { hitRate: 0.25 } }),
  );
  assertEquals(code, 1);
  assertStringIncludes(stderr, "slot 0: hitRate is 0.5, expected 0.25\n");
});
