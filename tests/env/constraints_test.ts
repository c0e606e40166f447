import { assert, assertEquals } from "@std/assert";
import {
  areShares,
  findViolations,
  fitsStorage,
  isBinary,
  sumsToAtMostOne,
} from "../../lib/env/constraints.ts";
import type { Constraint, Decision } from "../../lib/env/slot.ts";
import { HAND_DECISION, HAND_INSTANCE } from "./worlds.ts";

const of = (...values: number[]) => Float64Array.from(values);

Deno.test("18b: every β is 0 or 1", () => {
  assert(isBinary(of(0, 1, 1)) && isBinary(of()) && isBinary(of(-0)));
  for (const bad of [0.5, 2, -1, 1 + 1e-12, NaN]) assert(!isBinary(of(1, bad)));
});

Deno.test("18c and 18d: every share lies in [0, 1]", () => {
  assert(areShares(of(0, 1, 0.3)));
  for (const bad of [-1e-12, 1 + 1e-12, 1.5, NaN]) assert(!areShares(of(bad)));
});

Deno.test("18e: each server for itself; exactly full is within", () => {
  assert(fitsStorage(of(10, 5), of(10, 6)));
  assert(!fitsStorage(of(10, 6.1), of(100, 6)));
  assert(fitsStorage(of(0), of(0)));
  assert(!fitsStorage(of(1), of(0)));
  // Ten tenths of 3 GB make a hair more than 3 GB.
  const sum = new Array(10).fill(0.3e9).reduce((total, x) => total + x, 0);
  assert(fitsStorage(of(sum), of(3e9)));
  assert(!fitsStorage(of(3e9 + 1), of(3e9)));
});

Deno.test("18f and 18g: each row for itself, up to rounding", () => {
  assert(sumsToAtMostOne(of(0.5, 0.5, 1, 0), 2));
  assert(!sumsToAtMostOne(of(0.5, 0.6, 0, 0), 2));
  assert(!sumsToAtMostOne(of(0, 0, 0.5, 0.6), 2));
  // Columns do not count: every server may give a user everything.
  assert(sumsToAtMostOne(of(1, 0, 1, 0), 2));
  // 0.1 + 0.2 + 0.7 + … in any order may round above 1.
  assert(sumsToAtMostOne(of(0.7, 0.1, 0.2), 1));
  assert(sumsToAtMostOne(of(...new Array(10).fill(0.1 + 1e-17)), 1));
  assert(!sumsToAtMostOne(of(0.5, 0.5 + 1e-9), 1));
});

function violationsOf(
  change: Partial<Decision>,
  storageUsedBytes = of(5e9),
): Constraint[] {
  return findViolations(
    HAND_INSTANCE,
    { ...HAND_DECISION, ...change },
    storageUsedBytes,
  );
}

Deno.test("Eq. 18: each constraint is reported by its own number", () => {
  assertEquals(violationsOf({}), []);
  assertEquals(violationsOf({ cache: of(0.5, 0) }), ["18b"]);
  assertEquals(violationsOf({ bandwidthShare: of(-0.1, 0.5) }), ["18c"]);
  assertEquals(violationsOf({ computeShare: of(-0.1, 0.5) }), ["18d"]);
  assertEquals(violationsOf({}, of(8e9 + 100)), ["18e"]);
  assertEquals(violationsOf({ bandwidthShare: of(0.6, 0.6) }), ["18f"]);
  assertEquals(violationsOf({ computeShare: of(0.6, 0.6) }), ["18g"]);
});

Deno.test("Eq. 18: several are reported in the paper's order", () => {
  assertEquals(violationsOf({ bandwidthShare: of(1.5, 0) }), ["18c", "18f"]);
  assertEquals(
    violationsOf({
      cache: of(2, 1),
      bandwidthShare: of(1.5, 0),
      computeShare: of(1.5, 0),
    }, of(16e9)),
    ["18b", "18c", "18d", "18e", "18f", "18g"],
  );
});

Deno.test("Eq. 18: a negative share may hide an excess in the sum, but not itself", () => {
  assertEquals(violationsOf({ bandwidthShare: of(1.4, -0.5) }), ["18c"]);
});

Deno.test("Eq. 18: shares of users who belong elsewhere count in the sums", () => {
  assertEquals(
    findViolations(
      { ...HAND_INSTANCE, numServers: 2, serverStorageBytes: of(8e9, 8e9) },
      {
        cache: of(0, 0, 0, 0),
        bandwidthShare: of(0.7, 0.7, 0, 0.3),
        computeShare: of(0, 0, 0, 0),
        server: Int32Array.of(0, 1),
      },
      of(0, 0),
    ),
    ["18f"],
  );
});
