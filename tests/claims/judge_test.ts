import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import {
  type ClaimRows,
  CLAIMS,
  judgeClaim,
  judgeClaims,
  type Judgement,
  type TestRow,
} from "../../lib/claims/mod.ts";
import {
  flat,
  PAPERS_WORLD,
  returnRows,
  sloped,
  testRows,
} from "./example_rows.ts";

const NOTHING: ClaimRows = { learningRates: [], training: [], tests: [] };

function judge(key: string, rows: Partial<ClaimRows>): Judgement {
  const claim = CLAIMS.find((one) => one.key === key);
  assert(claim, key);
  const judgement = judgeClaim(claim, { ...NOTHING, ...rows });
  assert(judgement, `${key} was not judged`);
  return judgement;
}

function verdict(key: string, rows: Partial<ClaimRows>): string {
  return judge(key, rows).verdict;
}

Deno.test("claims have keys of their own, and all hold in a world as the paper describes it", () => {
  assertEquals(new Set(CLAIMS.map(({ key }) => key)).size, CLAIMS.length);
  for (const { claim, verdict, reason } of judgeClaims(PAPERS_WORLD)) {
    assertEquals(verdict, "reproduced", `${claim.key}: ${reason}`);
  }
  assertEquals(judgeClaims(PAPERS_WORLD).length, CLAIMS.length);
});

Deno.test("what was not run is not judged", () => {
  assertEquals(judgeClaims(NOTHING), []);
  const tests = PAPERS_WORLD.tests.filter(({ series }) => series !== "GCRAS");
  const judged = judgeClaims({ ...NOTHING, tests }).map(({ claim }) =>
    claim.key
  );
  assertEquals(judged, [
    "hit-rate-over-ddpg",
    "hit-rate-over-pcras",
    "td3-hit-rate-rises",
  ]);
});

Deno.test("with two seeds nothing is determined, however clear", () => {
  const few = <Row extends { seed: number }>(rows: readonly Row[]) =>
    rows.filter(({ seed }) => seed < 2);
  const judgements = judgeClaims({
    learningRates: few(PAPERS_WORLD.learningRates),
    training: few(PAPERS_WORLD.training),
    tests: few(PAPERS_WORLD.tests),
  });
  assertEquals(judgements.length, CLAIMS.length);
  for (const { verdict, interval, reason, seeds } of judgements) {
    assertEquals([verdict, interval, seeds], ["undetermined", undefined, 2]);
    assertEquals(reason, "2 seeds are too few: at least 3 are needed");
  }
});

Deno.test("a second row for a seed is refused", () => {
  const training = returnRows({ TD3: [-9, -9, -9], DDPG: [-8, -8, -8] });
  assertThrows(
    () => judge("td3-ahead", { training: [...training, training[0]] }),
    Error,
    "TD3 must have one row for seed 0, got two",
  );
});

Deno.test("the gap between TD3 and DDPG is paired by seed, and either way or open", () => {
  const training = (td3: number[], ddpg: number[]) => ({
    training: returnRows({ TD3: td3, DDPG: ddpg }),
  });
  // 10 %, 20 %, 30 %: s = 10, t(0.975, 2) = 4.302653, half width 24.8414.
  const { interval, reason } = judge(
    "td3-ahead",
    training([-9, -8, -7], [-10, -10, -10]),
  );
  assertAlmostEquals(interval!.estimate, 20, 1e-12);
  assertAlmostEquals(interval!.lower, 20 - 24.8414, 1e-4);
  assertEquals(reason, "the interval contains 0");
  // Seeds differ by far more than the methods.
  const ahead = training([-9, -18, -27], [-10, -20, -30.1]);
  assertEquals(verdict("td3-ahead", ahead), "reproduced");
  assertEquals(verdict("td3-ahead-by", ahead), "contradicted");
  const behind = training([-10, -20, -30.1], [-9, -18, -27]);
  assertEquals(verdict("td3-ahead", behind), "contradicted");
  assertEquals(verdict("td3-ahead-by", behind), "contradicted");
  const open = training([-9, -10, -11], [-10, -10, -10]);
  assertEquals(verdict("td3-ahead-by", open), "undetermined");
});

Deno.test("the best pair of learning rates must beat each of the others", () => {
  const paper = PAPERS_WORLD.learningRates;
  const others = (value: number) =>
    returnRows({
      "2e-5, 1e-3": [value, value - 0.1, value - 0.21],
    });
  const rest = paper.filter(({ series }) => !series.includes("2e-5"));
  assertEquals(
    verdict("learning-rates", { learningRates: [...rest, ...others(-6)] }),
    "contradicted",
  );
  const { verdict: open, reason } = judge("learning-rates", {
    learningRates: [...rest, ...returnRows({ other: [-6, -7, -8] })],
  });
  assertEquals(open, "undetermined");
  assertEquals(reason, "least over (other); the interval contains 0");
});

Deno.test("the greatest improvement of the hit rate is over the means of paired seeds, at the U where it is greatest", () => {
  const tests = testRows({
    TD3: {
      hitRate: (users, seed) => (users === 10 ? 0.45 : 0.3) + 0.01 * seed,
    },
    PCRAS: { hitRate: () => 0.3 },
  });
  const { interval, reason, verdict } = judge("hit-rate-over-pcras", { tests });
  // Means 0.46 over 0.3.
  assertAlmostEquals(interval!.estimate, 100 * (0.46 / 0.3 - 1), 1e-9);
  assertEquals(
    reason,
    "greatest with 10 users; the interval lies above 0 and reaches 50.93 %",
  );
  assertEquals(verdict, "reproduced");
});

Deno.test("a hit rate improvement is contradicted below its size, and open if it may be none", () => {
  const over = (level: number, noise: number) =>
    verdict("hit-rate-over-ddpg", {
      tests: testRows({
        TD3: { hitRate: (_, seed) => level + noise * (seed - 1) },
        DDPG: flat(0.3),
      }),
    });
  assertEquals(over(0.36, 0.001), "contradicted");
  assertEquals(over(0.2, 0.001), "contradicted");
  assertEquals(over(0.36, 0.2), "undetermined");
  assertEquals(over(0.6, 0.001), "reproduced");
});

Deno.test("over a method that never hits every improvement is possible", () => {
  const tests = testRows({ TD3: flat(0.4), GCRAS: { hitRate: () => 0 } });
  const { interval, verdict } = judge("hit-rate-over-gcras", { tests });
  assertEquals(interval!.estimate, Infinity);
  assertEquals(verdict, "undetermined");
  const none = testRows({
    TD3: { hitRate: () => 0 },
    GCRAS: { hitRate: () => 0 },
  });
  assertEquals(
    judge("hit-rate-over-gcras", { tests: none }).interval!.estimate,
    0,
  );
});

Deno.test("a rise is the slope of a line through each seed's values", () => {
  const tests = testRows({ TD3: sloped(0.3, 0.004) }, {
    users: [5, 10, 20, 30],
  });
  const { interval } = judge("td3-hit-rate-rises", { tests });
  // 0.004 a user are 4 points per 10 users, on every seed.
  for (const value of [interval!.estimate, interval!.lower, interval!.upper]) {
    assertAlmostEquals(value, 4, 1e-9);
  }
  const bent = testRows({
    TD3: {
      hitRate: (users, seed) =>
        [0.4, 0.5, 0.3][[5, 10, 30].indexOf(users)] + 0.001 * seed,
    },
  });
  assertEquals(verdict("td3-hit-rate-rises", { tests: bent }), "contradicted");
  const noisy = testRows({
    TD3: { hitRate: (users, seed) => 0.5 + 0.01 * users * (seed - 1) },
  });
  assertEquals(verdict("td3-hit-rate-rises", { tests: noisy }), "undetermined");
});

Deno.test("every method's hit rate and objective must rise", () => {
  const world = (pcras: number, growth: number) => ({
    tests: testRows({
      TD3: sloped(0.3, 0.004),
      DDPG: sloped(0.3, 0.004),
      PCRAS: {
        ...sloped(0.8, pcras),
        objective: (users: number, seed: number) => growth * users + seed,
      },
      GCRAS: sloped(0.3, 0.004),
    }),
  });
  assertEquals(verdict("hit-rates-rise", world(0.001, 1)), "reproduced");
  const { verdict: falls, reason } = judge("hit-rates-rise", world(-0.001, 1));
  assertEquals(falls, "contradicted");
  assertEquals(reason, "least for PCRAS; the interval lies below 0");
  assertEquals(verdict("objective-grows", world(0, 0.5)), "reproduced");
  assertEquals(verdict("objective-grows", world(0, -0.5)), "contradicted");
});

Deno.test("TD3 is always best only if it leads every method at every U", () => {
  const world = (ddpgAt30: number, noise = 0) => ({
    tests: testRows({
      TD3: flat(0.5),
      DDPG: {
        hitRate: (users: number, seed: number) =>
          (users === 30 ? ddpgAt30 : 0.4) + noise * (seed - 1),
      },
      PCRAS: flat(0.45),
      GCRAS: flat(0.3),
    }),
  });
  assertEquals(verdict("td3-best", world(0.4)), "reproduced");
  const { verdict: behind, interval, reason } = judge("td3-best", world(0.6));
  assertEquals(behind, "contradicted");
  assertAlmostEquals(interval!.estimate, 100 * (0.501 - 0.6), 1e-9);
  assertEquals(
    reason,
    "least over DDPG with 30 users; the interval lies below 0",
  );
  assertEquals(verdict("td3-best", world(0.5, 0.1)), "undetermined");
});

const seedsOf = fc.array(
  fc.double({ min: 0.5, max: 2, noNaN: true }),
  { minLength: 3, maxLength: 6 },
);

Deno.test("swapping the methods turns a reproduced lead into a contradicted one, and back", () => {
  fc.assert(fc.property(seedsOf, seedsOf, (a, b) => {
    const count = Math.min(a.length, b.length);
    const one = a.slice(0, count).map((value) => -value);
    const other = b.slice(0, count).map((value) => -value);
    const forth = verdict("td3-ahead", {
      training: returnRows({ TD3: one, DDPG: other }),
    });
    const back = verdict("td3-ahead", {
      training: returnRows({ TD3: other, DDPG: one }),
    });
    if (forth === "reproduced") assert(back !== "reproduced");
    if (one.some((value, i) => value !== other[i])) {
      assert(!(forth === "contradicted" && back === "contradicted"));
    }
  }));
  const leads = (first: TestRow[]) =>
    verdict("td3-hit-rate-rises", { tests: first });
  const rising = testRows({ TD3: sloped(0.3, 0.004) });
  const falling = rising.map((row) => ({ ...row, users: 100 - row.users }));
  assertEquals([leads(rising), leads(falling)], ["reproduced", "contradicted"]);
});

Deno.test("verdicts do not depend on the reward's scale or the order of rows", () => {
  fc.assert(fc.property(
    seedsOf,
    seedsOf,
    fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
    (a, b, scale) => {
      const rows = returnRows({
        TD3: a.map((value) => -value),
        DDPG: b.map((value) => -value),
      });
      const scaled = rows.map((row) => (
        { ...row, episodeReturn: scale * row.episodeReturn }
      )).reverse();
      const one = judge("td3-ahead", { training: rows });
      const other = judge("td3-ahead", { training: scaled });
      if (!one.interval || !other.interval) return;
      const { estimate, lower } = one.interval;
      assertAlmostEquals(other.interval.estimate, estimate, 1e-6);
      assertAlmostEquals(other.interval.lower, lower, 1e-6);
    },
  ));
});

Deno.test("methods that a claim does not name have no part in it", () => {
  const tests = [
    ...PAPERS_WORLD.tests,
    ...testRows({ optimum: flat(0.99), random: sloped(0.9, -0.01) }),
  ];
  assertEquals(
    judgeClaims({ ...PAPERS_WORLD, tests }),
    judgeClaims(PAPERS_WORLD),
  );
});
