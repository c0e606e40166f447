import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import { squareRootShares } from "../../lib/env/compute_shares.ts";
import { DownlinkBound } from "../../lib/optimum/downlink_bound.ts";
import { fillKnapsacks } from "../../lib/optimum/knapsack.ts";
import { PreemptiveRow } from "../../lib/optimum/preemptive_row.ts";
import { stationaryDistribution } from "../../lib/policies/popularity.ts";
import {
  prepareAlone,
  serverProblem,
} from "../../lib/optimum/server_problem.ts";
import { UplinkSolver } from "../../lib/env/uplink_shares.ts";
import { WaitSearch } from "../../lib/optimum/wait_search.ts";
import { drawRandomSlot } from "./random_slots.ts";

function draw(stream: RandomStream, count: number, low: number, high: number) {
  return Float64Array.from(
    { length: count },
    () => low * (high / low) ** stream.uniform(),
  );
}

/** Every array of `count` zeros and ones. */
function subsets(count: number): Uint8Array[] {
  return Array.from(
    { length: 2 ** count },
    (_, set) => Uint8Array.from({ length: count }, (_, i) => (set >> i) % 2),
  );
}

Deno.test("uplink shares have equal marginal gains over eight decades of channels", () => {
  const stream = new RandomStream(0, "uplink");
  for (let trial = 0; trial < 200; trial++) {
    const count = 1 + stream.integer(12);
    const weights = draw(stream, count, 0.01, 100);
    const solver = new UplinkSolver({
      fullShareS: draw(stream, count, 0.01, 100),
      snr: draw(stream, count, 1e-4, 1e4),
      shareFloor: 0,
    });
    const { value, lowerBound } = solver.solve(weights);
    assertEquals(value, lowerBound);
    assertAlmostEquals(
      solver.share.reduce((sum, one) => sum + one, 0),
      1,
      1e-12,
    );
    const marginal = weights.map((weight, i) => {
      const share = solver.share[i];
      const step = 1e-5 * share;
      return weight *
        (solver.timeOnS(i, share - step) - solver.timeOnS(i, share + step)) /
        (2 * step);
    });
    marginal.forEach((one) => assertAlmostEquals(one / marginal[0], 1, 1e-4));
  }
});

Deno.test("users with nothing to send, no channel or no weight get no bandwidth", () => {
  const solver = new UplinkSolver({
    fullShareS: Float64Array.of(0, Infinity, 1, 1),
    snr: Float64Array.of(1, 0, 1, 1),
    shareFloor: 0,
  });
  solver.solve(Float64Array.of(1, 1, 0, 1));
  assertEquals([...solver.share], [0, 0, 0, 1]);
  assertEquals([...solver.timeS], [0, Infinity, Infinity, 1]);
});

Deno.test("with a floor the uplink's bounds enclose the best choice of who takes it", () => {
  const stream = new RandomStream(0, "uplink-floor");
  for (let trial = 0; trial < 100; trial++) {
    const count = 1 + stream.integer(5);
    const fullShareS = draw(stream, count, 0.1, 10);
    const snr = draw(stream, count, 0.1, 100);
    const shareFloor = 0.3 * stream.uniform();
    const ones = new Float64Array(count).fill(1);
    const best = Math.min(
      ...subsets(count).map((sharing) => {
        const solver = new UplinkSolver({ fullShareS, snr, shareFloor: 0 });
        solver.solve(Float64Array.from(sharing));
        return fullShareS.reduce(
          (sum, _, i) =>
            sum + solver.timeOnS(i, Math.max(solver.share[i], shareFloor)),
          0,
        );
      }),
    );
    const { value, lowerBound } = new UplinkSolver({
      fullShareS,
      snr,
      shareFloor,
    }).solve(ones);
    assert(lowerBound <= best * (1 + 1e-9));
    assert(value >= best * (1 - 1e-9));
    assert(value <= best * 1.05);
  }
});

Deno.test("compute shares with a floor are the best of all choices of who takes it", () => {
  const stream = new RandomStream(0, "compute-floor");
  for (let trial = 0; trial < 300; trial++) {
    const count = 1 + stream.integer(6);
    const work = draw(stream, count, 0.01, 100);
    const shareFloor = 0.4 * stream.uniform();
    const best = Math.min(
      ...subsets(count).map((sharing) => {
        const roots = work.map((one, i) => Math.sqrt(one) * sharing[i]);
        const total = roots.reduce((sum, one) => sum + one, 0);
        return work.reduce((sum, one, i) => {
          const share = total > 0 ? roots[i] / total : 0;
          return sum + one / Math.max(share, shareFloor);
        }, 0);
      }),
    );
    const share = new Float64Array(count);
    const hit = new Uint8Array(count).fill(1);
    const value = squareRootShares(work, hit, shareFloor, share);
    assertAlmostEquals(value / best, 1, 1e-9);
    const spent = work.reduce(
      (sum, one, i) => sum + one / Math.max(share[i], shareFloor),
      0,
    );
    assertAlmostEquals(spent / value, 1, 1e-9);
    assert(share.reduce((sum, one) => sum + one, 0) <= 1 + 1e-12);
  }
});

/** The largest value of a set that fits, by enumeration. */
function bestValue(
  value: Float64Array,
  size: Float64Array,
  capacity: number,
): number {
  const visit = (item: number, worth: number, room: number): number =>
    item === value.length ? worth : Math.max(
      visit(item + 1, worth, room),
      size[item] <= room
        ? visit(item + 1, worth + value[item], room - size[item])
        : -Infinity,
    );
  return visit(0, 0, capacity);
}

/** Values and sizes of items: random, equal, nearly equal, ordered, in step. */
const ITEMS: Record<
  string,
  (count: number, stream: RandomStream) => [Float64Array, Float64Array]
> = {
  "random": (count, stream) => [
    draw(stream, count, 0.1, 1),
    draw(stream, count, 4e9, 8e9),
  ],
  "in whole sizes": (count, stream) => [
    draw(stream, count, 0.1, 1),
    draw(stream, count, 4, 8).map((size) => 1e9 * Math.floor(size)),
  ],
  "equal": (count) => [
    new Float64Array(count).fill(1 / count),
    new Float64Array(count).fill(6e9),
  ],
  "of equal value": (count, stream) => [
    new Float64Array(count).fill(1 / count),
    draw(stream, count, 4e9, 8e9),
  ],
  "of equal size": (count, stream) => [
    draw(stream, count, 0.1, 1),
    new Float64Array(count).fill(6e9),
  ],
  "nearly equal": (count, stream) => [
    draw(stream, count, 1, 1.001),
    draw(stream, count, 6e9, 6.006e9),
  ],
  "worth about their size": (count, stream) => {
    const size = draw(stream, count, 4e9, 8e9);
    return [size.map((one) => one + 1e8 * stream.uniform()), size];
  },
};

Deno.test("knapsacks equal enumeration, whatever the items", () => {
  const stream = new RandomStream(0, "knapsack");
  for (const [name, draw] of Object.entries(ITEMS)) {
    for (let trial = 0; trial < 30; trial++) {
      const count = 1 + stream.integer(trial < 20 ? 9 : 17);
      const [value, size] = draw(count, stream);
      const total = size.reduce((sum, one) => sum + one, 0);
      const capacities = [0, 0.2, 0.4, 0.9, 1.01].map((part) => part * total);
      fillKnapsacks(value, size, capacities)
        .forEach(({ chosen, value: found, upperBound }, k) => {
          const used = size.reduce((sum, one, i) => sum + one * chosen[i], 0);
          assert(used <= capacities[k]);
          const worth = value.reduce((sum, one, i) => sum + one * chosen[i], 0);
          assertAlmostEquals(found / (worth || 1), worth > 0 ? 1 : 0, 1e-12);
          const best = bestValue(value, size, capacities[k]);
          const context = `${name}, trial ${trial}: ${found}, not ${best}`;
          assert(found >= best * (1 - 1e-12), context);
          assert(upperBound >= best * (1 - 1e-12), context);
        });
    }
  }
});

Deno.test("a thousand models fill knapsacks to at most 1 % below the bound", () => {
  const stream = new RandomStream(0, "thousand");
  for (const [name, draw] of Object.entries(ITEMS)) {
    const [value, size] = draw(1000, stream);
    const filled = fillKnapsacks(value, size, [40e9, 43e9, 50e9]);
    for (const { value: found, upperBound } of filled) {
      assert(found >= 0.99 * upperBound, `${name}: ${found}, ${upperBound}`);
    }
  }
});

/** Shortest remaining first in steps of 1 for whole numbers. */
function stepByStep(release: Float64Array, duration: Float64Array): number {
  const left = duration.slice();
  let sum = 0;
  for (let now = 0; left.some((one) => one > 0); now++) {
    let job = -1;
    left.forEach((one, i) => {
      if (one === 0 || release[i] > now) return;
      if (job < 0 || one < left[job]) job = i;
    });
    if (job < 0) continue;
    left[job]--;
    if (left[job] === 0) sum += now + 1;
  }
  return sum;
}

Deno.test("shortest remaining first equals a simulation in unit steps", () => {
  const stream = new RandomStream(0, "downlink");
  for (let trial = 0; trial < 300; trial++) {
    const count = 1 + stream.integer(6);
    const whole = (least: number, most: number) =>
      Float64Array.from(
        { length: count },
        () => least + stream.integer(most),
      );
    const release = whole(0, 12);
    const duration = whole(1, 8);
    assertEquals(
      new PreemptiveRow(duration).completionSum(release),
      stepByStep(release, duration),
    );
  }
});

Deno.test("no shares that a long search meets are below the downlink's bound", () => {
  let closest = Infinity;
  for (let seed = 0; seed < 60; seed++) {
    const problem = serverProblem(prepareAlone(drawRandomSlot(seed)), 0);
    const count = problem.users.length;
    if (count === 0) continue;
    const uplink = new UplinkSolver(problem.uplink);
    const bound = new DownlinkBound(problem, uplink);
    const search = new WaitSearch(problem, uplink);
    for (const hit of subsets(count)) {
      const boundS = bound.totalS(hit);
      assert(bound.leastS <= boundS * (1 + 1e-12));
      const { totalS } = search.search(hit, 60);
      assert(totalS >= boundS * (1 - 1e-12));
      if (count > 2) closest = Math.min(closest, totalS / boundS);
    }
  }
  assert(closest < 1.02, `${closest}`);
});

Deno.test("the stationary popularity stays as it is", () => {
  const chains = [
    [[0.6, 0.2, 0.2], [0.1, 0.7, 0.2], [0.2, 0.3, 0.5]],
    [[0, 1], [1, 0]],
  ];
  for (const chain of chains) {
    const present = stationaryDistribution(chain);
    assertAlmostEquals(present.reduce((sum, one) => sum + one, 0), 1, 1e-12);
    present.forEach((one, to) => {
      const next = present.reduce(
        (sum, mass, from) => sum + mass * chain[from][to],
        0,
      );
      assertAlmostEquals(next, one, 1e-12);
    });
  }
});
