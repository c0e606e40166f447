import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { applyRule, type Rule, type Verdict } from "../../lib/claims/mod.ts";

function judge(rule: Rule, lower: number, upper: number): [Verdict, string] {
  const estimate = (lower + upper) / 2;
  const { verdict, because } = applyRule(
    { estimate, lower, upper },
    rule,
    "%",
  );
  return [verdict, because.replace("the interval ", "")];
}

Deno.test("above: an interval on one side decides, one that contains the threshold does not", () => {
  const rule: Rule = { kind: "above", threshold: 0 };
  assertEquals(judge(rule, 0.1, 2), ["reproduced", "lies above 0"]);
  assertEquals(judge(rule, -2, -0.1), ["contradicted", "lies below 0"]);
  assertEquals(judge(rule, 0, 0), ["contradicted", "lies nowhere above 0"]);
  assertEquals(judge(rule, -0.1, 2), ["undetermined", "contains 0"]);
});

Deno.test("about: an effect for certain that may have the printed size", () => {
  const rule: Rule = { kind: "about", threshold: 1.72 };
  assertEquals(judge(rule, 0.1, 2), [
    "reproduced",
    "lies above 0 and contains 1.72 %",
  ]);
  assertEquals(judge(rule, 2, 3), ["contradicted", "lies above 1.72 %"]);
  assertEquals(judge(rule, 0.1, 1), [
    "contradicted",
    "lies below 1.72 %, though above 0",
  ]);
  assertEquals(judge(rule, -1, 1), ["contradicted", "lies below 1.72 %"]);
  assertEquals(judge(rule, -2, -1), [
    "contradicted",
    "lies below 1.72 % and 0",
  ]);
  assertEquals(judge(rule, -1, 2), [
    "undetermined",
    "contains 0 as well as 1.72 %",
  ]);
});

Deno.test("reaches: more than printed is no contradiction", () => {
  const rule: Rule = { kind: "reaches", threshold: 41.06 };
  assertEquals(judge(rule, 10, 45), [
    "reproduced",
    "lies above 0 and reaches 41.06 %",
  ]);
  assertEquals(judge(rule, 50, 90), ["reproduced", "lies above 41.06 %"]);
  assertEquals(judge(rule, 10, 40), [
    "contradicted",
    "lies below 41.06 %, though above 0",
  ]);
  assertEquals(judge(rule, -10, 45), [
    "undetermined",
    "contains 0 as well as 41.06 %",
  ]);
  assertEquals(judge(rule, -Infinity, Infinity)[0], "undetermined");
});

Deno.test("what is contradicted holds nowhere in the interval, what is reproduced somewhere in it", () => {
  const ends = fc.tuple(
    fc.double({ min: -100, max: 100, noNaN: true }),
    fc.double({ min: 0, max: 100, noNaN: true }),
  );
  fc.assert(fc.property(
    ends,
    fc.constantFrom<Rule["kind"]>("above", "about", "reaches"),
    ([lower, width], kind) => {
      const threshold = kind === "above" ? 0 : 20;
      const upper = lower + width;
      const [verdict] = judge({ kind, threshold }, lower, upper);
      const holds = (value: number) =>
        kind === "above"
          ? value > threshold
          : kind === "about"
          ? value === threshold
          : value >= threshold;
      // What is contradicted is false at every point of the interval; what is
      // reproduced is true at one point at least.
      const points = [
        lower,
        upper,
        Math.min(upper, Math.max(lower, threshold)),
      ];
      if (verdict === "contradicted") {
        assertEquals(points.some(holds), false);
      } else assertEquals(points.some(holds), true);
      if (verdict === "reproduced") assertEquals(lower > 0, true);
    },
  ));
});
