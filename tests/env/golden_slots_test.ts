import { assert, assertEquals } from "@std/assert";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { parseSlots } from "../../lib/env/slot_json.ts";
import golden from "./golden_slots.json" with { type: "json" };

/** A number of the golden format, in which infinities are text. */
function toNumber(value: unknown): unknown {
  return value === "Infinity" || value === "-Infinity" ? Number(value) : value;
}

function assertAgrees(
  actual: unknown,
  expected: unknown,
  scale: unknown,
  where: string,
): void {
  if (typeof expected !== "number" || !Number.isFinite(expected)) {
    assertEquals(actual, expected, where);
    return;
  }
  const difference = Math.abs(actual as number - expected);
  assert(
    difference <= 1e-9 * Math.abs(scale as number),
    `${where} is ${actual}, expected ${expected}`,
  );
}

for (const slot of golden) {
  Deno.test(`golden slot: ${slot.name}`, () => {
    const [{ instance, state, decision }] = parseSlots(slot, "test");
    const outcome = evaluateSlot(instance, state, decision);
    const expected = slot.expected as Record<string, unknown>;
    assertEquals(Object.keys(outcome).sort(), Object.keys(expected).sort());
    for (const [key, actual] of Object.entries(outcome)) {
      const wanted = expected[key];
      if (!Array.isArray(wanted)) {
        assertAgrees(actual, toNumber(wanted), wanted, key);
        continue;
      }
      const values = Array.from(actual as ArrayLike<unknown>);
      assertEquals(values.length, wanted.length, key);
      values.forEach((value, k) => {
        const responses = expected.responseTimeS as unknown[];
        assertAgrees(
          value,
          toNumber(wanted[k]),
          key === "waitTimeS" ? toNumber(responses[k]) : wanted[k],
          `${key}[${k}]`,
        );
      });
    }
  });
}

Deno.test("the golden slots cover endless times, violations and both modes", () => {
  assertEquals(golden.length, 8);
  const all = golden.map((slot) => slot.expected);
  assert(all.some((expected) => expected.objective === "Infinity"));
  assert(all.some((expected) => expected.hitRate === 0));
  assert(all.some((expected) => expected.hitRate === 1));
  assertEquals(
    [...new Set(all.flatMap((expected) => expected.violations))].sort(),
    ["18c", "18e", "18f", "18g"],
  );
});
