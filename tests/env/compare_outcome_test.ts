import { assertEquals } from "@std/assert";
import {
  compareOutcome,
  OUTCOME_TOLERANCE,
} from "../../lib/env/compare_outcome.ts";

function paths(
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
): string[] {
  return compareOutcome(expected, actual).map(({ path }) => path);
}

Deno.test("outputs agree to a relative 1e-9", () => {
  assertEquals(OUTCOME_TOLERANCE, 1e-9);
  for (const scale of [1, -1, 1e18, 1e-20]) {
    assertEquals(paths({ a: scale }, { a: scale * (1 + 9e-10) }), []);
    assertEquals(paths({ a: scale }, { a: scale * (1 + 1.1e-9) }), ["a"]);
    assertEquals(paths({ a: [scale] }, { a: [scale * (1 - 9e-10)] }), []);
    assertEquals(paths({ a: [scale] }, { a: [scale * (1 - 1.1e-9)] }), [
      "a[0]",
    ]);
  }
});

Deno.test("an expected 0 is 0", () => {
  assertEquals(paths({ a: 0, b: [0] }, { a: 0, b: [-0] }), []);
  assertEquals(paths({ a: 0, b: [0] }, { a: 1e-300, b: [1e-300] }), [
    "a",
    "b[0]",
  ]);
});

Deno.test("a wait agrees relative to its response time", () => {
  const expected = { waitTimeS: [1, 1], responseTimeS: [10_000, 1] };
  const actual = (off: number) => ({
    waitTimeS: [1 + off, 1],
    responseTimeS: [10_000, 1],
  });
  assertEquals(paths(expected, actual(9e-6)), []);
  assertEquals(paths(expected, actual(1.1e-5)), ["waitTimeS[0]"]);
  assertEquals(
    paths(expected, { ...expected, waitTimeS: [1, 1 + 1e-8] }),
    ["waitTimeS[1]"],
  );
});

Deno.test("a wait agrees also where no response times are expected", () => {
  assertEquals(
    paths({ waitTimeS: [1] }, { waitTimeS: [1 + 1e-7], responseTimeS: [1e4] }),
    [],
  );
});

Deno.test("infinities and constraints are text and agree as text", () => {
  const both = {
    objective: "Infinity",
    reward: "-Infinity",
    waitTimeS: [0],
    responseTimeS: ["Infinity"],
    violations: ["18c", "18f"],
  };
  assertEquals(paths(both, both), []);
  assertEquals(paths(both, { ...both, objective: "-Infinity" }), ["objective"]);
  assertEquals(paths({ a: "Infinity" }, { a: 1e300 }), ["a"]);
  assertEquals(paths({ a: ["Infinity"] }, { a: [5] }), ["a[0]"]);
  assertEquals(paths(both, { ...both, violations: ["18c", "18g"] }), [
    "violations[1]",
  ]);
});

Deno.test("what is not expected is not compared, what is missing differs", () => {
  assertEquals(paths({}, { a: 1 }), []);
  assertEquals(compareOutcome({ a: 1, b: [2] }, {}), [
    { path: "a", expected: 1, actual: undefined },
    { path: "b[0]", expected: 2, actual: undefined },
  ]);
});

Deno.test("another length or type differs", () => {
  assertEquals(paths({ a: [1, 2] }, { a: [1] }), ["a[1]"]);
  assertEquals(paths({ a: [1] }, { a: [1, 2, 3] }), ["a[1]", "a[2]"]);
  assertEquals(paths({ a: [] }, { a: ["18e"] }), ["a[0]"]);
  assertEquals(paths({ a: "1" }, { a: 1 }), ["a"]);
  assertEquals(paths({ a: null }, { a: 0 }), ["a"]);
  assertEquals(paths({ a: [1] }, { a: 1 }), ["a[0]"]);
});

Deno.test("an empty list is not a number, nor an output that does not exist", () => {
  assertEquals(paths({ objective: [] }, { objective: 3 }), ["objective"]);
  assertEquals(paths({ hits: [] }, {}), ["hits"]);
});

Deno.test("several differences are told in the order of the expectation", () => {
  assertEquals(
    compareOutcome({ b: [1, 2], a: 3 }, { a: 4, b: [1, 5] }),
    [
      { path: "b[1]", expected: 2, actual: 5 },
      { path: "a", expected: 3, actual: 4 },
    ],
  );
});
