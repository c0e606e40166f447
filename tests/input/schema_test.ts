import { assert, assertEquals } from "@std/assert";
import { z } from "zod";
import {
  arraySchema,
  choiceSchema,
  numberSchema,
  objectSchema,
  rangeSchema,
} from "../../lib/input/schema.ts";

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

function messageOf(schema: z.ZodType, value: unknown): string {
  const result = schema.safeParse(value);
  assert(!result.success, `accepted ${value}`);
  return result.error.issues[0].message;
}

Deno.test("a number is finite and of the type number", () => {
  const schema = numberSchema();
  for (const value of [0, -0, -1e300, 5e-324]) assert(accepts(schema, value));
  for (const value of [NaN, Infinity, -Infinity, "1", null, undefined, [1]]) {
    assertEquals(messageOf(schema, value), "must be a finite number");
  }
});

Deno.test("bounds hold at their ends and are told", () => {
  const share = numberSchema({ minimum: 0, maximum: 1 });
  assert(accepts(share, 0) && accepts(share, 1));
  assertEquals(messageOf(share, 1.5), "must be a finite number from 0 to 1");
  assertEquals(messageOf(share, -1e-9), "must be a finite number from 0 to 1");
  const positive = numberSchema({ minimum: 0, exclusive: true });
  assert(accepts(positive, 5e-324));
  assertEquals(messageOf(positive, 0), "must be a finite number above 0");
  const count = numberSchema({ minimum: 1, integer: true });
  assert(accepts(count, 1));
  assertEquals(messageOf(count, 0), "must be a whole number of at least 1");
  assertEquals(messageOf(count, 2.5), "must be a whole number of at least 1");
});

Deno.test("an array has exactly its length", () => {
  const schema = arraySchema(numberSchema(), 2, "one per user");
  assertEquals(schema.parse([1, 2]), [1, 2]);
  for (const value of [[], [1], [1, 2, 3], null, { length: 2 }]) {
    assertEquals(
      messageOf(schema, value),
      "must be an array of 2 (one per user)",
    );
  }
  assertEquals(messageOf(schema, [1, "2"]), "must be a finite number");
});

Deno.test("a range is a pair in order", () => {
  const schema = rangeSchema({ minimum: 0 });
  assert(accepts(schema, [1, 2]) && accepts(schema, [2, 2]));
  for (const value of [[2, 1], [1], [1, 2, 3], 1, null]) {
    assertEquals(
      messageOf(schema, value),
      "must be a pair [low, high] with low ≤ high",
    );
  }
  assertEquals(
    messageOf(schema, [-1, 1]),
    "must be a finite number of at least 0",
  );
});

Deno.test("a choice is one of its words", () => {
  const schema = choiceSchema(["a", "b"]);
  assertEquals(schema.parse("b"), "b");
  for (const value of ["c", "A", 0, null, ["a"], "toString"]) {
    assertEquals(messageOf(schema, value), 'must be one of "a", "b"');
  }
});

Deno.test("an object has its keys and no others", () => {
  const schema = objectSchema(
    { alpha: numberSchema() },
    "an object of letters",
  );
  assertEquals(schema.parse({ alpha: 1 }), { alpha: 1 });
  for (const value of [null, 1, [], "x"]) {
    assertEquals(messageOf(schema, value), "must be an object of letters");
  }
  assertEquals(
    messageOf(schema, { alpha: 1, alhpa: 2 }),
    "must be a known key (nearest: alpha)",
  );
});

Deno.test("schemas are written as JSON Schema with their bounds and choices", () => {
  const write = (schema: z.ZodType) => {
    const { $schema: _, ...written } = z.toJSONSchema(schema, {
      unrepresentable: "any",
    });
    return JSON.parse(JSON.stringify(written));
  };
  assertEquals(write(numberSchema({ minimum: 1, integer: true })), {
    type: "integer",
    minimum: 1,
  });
  assertEquals(write(numberSchema({ minimum: 0, exclusive: true })), {
    type: "number",
    exclusiveMinimum: 0,
  });
  assertEquals(write(numberSchema({ minimum: 0, maximum: 1 })), {
    type: "number",
    minimum: 0,
    maximum: 1,
  });
  assertEquals(write(choiceSchema(["a", "b"])), {
    type: "string",
    enum: ["a", "b"],
  });
});
