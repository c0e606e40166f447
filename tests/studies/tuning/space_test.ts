import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  DIMENSION,
  drawAssignment,
  drawAssignments,
  type SearchSpace,
} from "../../../lib/studies/tuning/space.ts";
import { InputError, parseInput } from "../../../lib/input/input_error.ts";

const SPACE: SearchSpace = {
  "td3.discount": { uniform: [0.9, 0.999] },
  "td3.actorLearningRate": { logUniform: [1e-5, 1e-2] },
  "td3.policyDelay": { integer: [1, 4] },
  "td3.hiddenSizes": { choice: [[64, 64], [256, 256], [400, 300]] },
};

function drawMany(key: string, space: SearchSpace = SPACE): unknown[] {
  return Array.from(
    { length: 2000 },
    (_, index) => drawAssignment(space, 0, index)[key],
  );
}

/** Share of draws for which something holds. */
function share(values: unknown[], holds: (value: number) => boolean): number {
  return values.filter((value) => holds(value as number)).length /
    values.length;
}

// Five standard errors of a share of 1/2 in 2,000 draws.
const TOLERANCE = 5 * 0.5 / Math.sqrt(2000);

Deno.test("draws have the distribution that the space says", () => {
  const discounts = drawMany("td3.discount");
  assertEquals(share(discounts, (v) => v >= 0.9 && v <= 0.999), 1);
  assert(Math.abs(share(discounts, (v) => v < 0.9495) - 0.5) < TOLERANCE);
  const rates = drawMany("td3.actorLearningRate");
  assertEquals(share(rates, (v) => v >= 1e-5 && v <= 1e-2), 1);
  for (const [bound, expected] of [[1e-4, 1 / 3], [1e-3, 2 / 3]]) {
    assert(Math.abs(share(rates, (v) => v < bound) - expected) < TOLERANCE);
  }
  const delays = drawMany("td3.policyDelay");
  for (const delay of [1, 2, 3, 4]) {
    assert(Math.abs(share(delays, (v) => v === delay) - 1 / 4) < TOLERANCE);
  }
  const sizes = drawMany("td3.hiddenSizes").map(String);
  for (const size of ["64,64", "256,256", "400,300"]) {
    const count = sizes.filter((one) => one === size).length;
    assert(Math.abs(count / sizes.length - 1 / 3) < TOLERANCE);
  }
});

Deno.test("drawn numbers have six digits and stay within narrow ranges", () => {
  const narrow: SearchSpace = { x: { uniform: [0.12345678, 0.12345679] } };
  assertEquals(
    share(drawMany("x", narrow), (v) => v >= 0.12345678 && v <= 0.12345679),
    1,
  );
  assertEquals(
    share(
      drawMany("td3.actorLearningRate"),
      (v) => v === Number(v.toPrecision(6)),
    ),
    1,
  );
});

Deno.test("a further key or config leaves the other draws as they were", () => {
  const { "td3.discount": discount, ...rest } = SPACE;
  const all = drawAssignment(SPACE, 3, 5);
  assertEquals(drawAssignment({ "td3.discount": discount }, 3, 5), {
    "td3.discount": all["td3.discount"],
  });
  const { "td3.discount": _, ...others } = all;
  assertEquals(drawAssignment(rest, 3, 5), others);
  assertEquals(
    drawAssignments(SPACE, 10, 3, "draw").slice(0, 4),
    drawAssignments(SPACE, 4, 3, "draw"),
  );
});

Deno.test("another seed gives other configs", () => {
  assert(
    JSON.stringify(drawAssignment(SPACE, 0, 0)) !==
      JSON.stringify(drawAssignment(SPACE, 1, 0)),
  );
});

Deno.test("no config is drawn twice, and too small a space is refused", () => {
  const small: SearchSpace = {
    a: { choice: [1, 2] },
    b: { integer: [1, 3] },
  };
  const drawn = drawAssignments(small, 6, 0, "draw");
  assertEquals(new Set(drawn.map((one) => JSON.stringify(one))).size, 6);
  assertThrows(
    () => drawAssignments(small, 7, 0, "read rates.json"),
    InputError,
    "Cannot read rates.json: configs must be at most the 6 different ones in the space, got 7",
  );
});

Deno.test("a dimension that is none is refused by its place", () => {
  const kinds =
    "must be an object with one of uniform, logUniform, integer, choice";
  const cases: [unknown, string][] = [
    [{ uniform: [2, 1] }, "uniform must be a pair [low, high] with low ≤ high"],
    [
      { uniform: 3 },
      "uniform must be a pair [low, high] with low ≤ high, got 3",
    ],
    [
      { logUniform: [0, 1] },
      "logUniform[0] must be a finite number above 0, got 0",
    ],
    [{ integer: [1, 2.5] }, "integer[1] must be a whole number, got 2.5"],
    [{ choice: [] }, "choice must be an array of at least 1 value"],
    [{ chioce: [1] }, "chioce must be a known key (nearest: choice)"],
    [{ uniform: [0, 1], choice: [1] }, kinds],
    [{}, kinds],
    ["uniform", kinds],
  ];
  for (const [value, message] of cases) {
    assertThrows(
      () => parseInput(DIMENSION, value, { act: "read it" }),
      InputError,
      message,
    );
  }
});

Deno.test("spaces with too few values are refused at once", () => {
  const few: SearchSpace[] = [
    { a: { choice: [1, 1, [2], [2]] }, b: { integer: [3, 4] } },
    { a: { uniform: [0.25, 0.25] }, b: { logUniform: [3, 3] } },
    { a: { uniform: [0.1, 0.1000001] } },
    Object.fromEntries(
      Array.from({ length: 40 }, (_, k) => [`k${k}`, { uniform: [k, k] }]),
    ),
  ];
  const startMs = performance.now();
  for (const space of few) {
    assertThrows(
      () => drawAssignments(space, 10_000, 0, "read it"),
      InputError,
      "configs must be at most the",
    );
  }
  assert(performance.now() - startMs < 1000);
});

Deno.test("the most values of a space are never fewer than can be drawn", () => {
  for (
    const dimension of [
      { uniform: [-1e-3, 1e-3] },
      { uniform: [0, 1e-9] },
      { uniform: [0.1, 0.10002] },
      { uniform: [9.9999, 10.01] },
      { logUniform: [2, 2.0003] },
      { uniform: [-0.10002, -0.1] },
    ] as const
  ) {
    assertEquals(
      drawAssignments({ a: dimension }, 15, 0, "read it").length,
      15,
    );
  }
});
