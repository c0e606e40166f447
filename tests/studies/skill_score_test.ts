import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { skillScore } from "../../lib/studies/skill_score.ts";

Deno.test("skill is 0 at random, 1 at the optimum, linear between and beyond", () => {
  const scale = { random: 9.95, optimum: 4.49 };
  assertEquals(skillScore(9.95, scale), 0);
  assertEquals(skillScore(4.49, scale), 1);
  assertAlmostEquals(skillScore((9.95 + 4.49) / 2, scale), 0.5, 1e-12);
  assertAlmostEquals(skillScore(9.95 + 5.46, scale), -1, 1e-12);
});

Deno.test("skill does not depend on the unit of the objective", () => {
  assertAlmostEquals(
    skillScore(7 * 3 + 1, { random: 10 * 3 + 1, optimum: 4 * 3 + 1 }),
    skillScore(7, { random: 10, optimum: 4 }),
    1e-12,
  );
});

Deno.test("a scale without anything to gain is refused", () => {
  assertThrows(
    () => skillScore(1, { random: 2, optimum: 2 }),
    RangeError,
    "above the optimum's 2, got 2",
  );
});
