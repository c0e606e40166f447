import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import {
  interquartileMeanScore,
  meanScore,
  medianScore,
  optimalityGap,
  pairedDifference,
  pairedDifferences,
  performanceProfile,
  performanceProfileIntervals,
  probabilityOfImprovement,
  probabilityOfImprovementInterval,
  stratifiedInterval,
} from "../../lib/stats/mod.ts";
import { RandomStream } from "../../lib/math/mod.ts";

// Multiples of 1/4 are summed without rounding, and often tie.
const score = fc.integer({ min: -40, max: 40 }).map((n) => n / 4);

function matrix(seeds: number, tasks: number): fc.Arbitrary<number[][]> {
  const row = fc.array(score, { minLength: tasks, maxLength: tasks });
  return fc.array(row, { minLength: seeds, maxLength: seeds });
}

/** `count` matrices of the same shape. */
function matrices(count: number): fc.Arbitrary<number[][][]> {
  return fc.tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 5 }),
  )
    .chain(([seeds, tasks]) =>
      fc.array(matrix(seeds, tasks), { minLength: count, maxLength: count })
    );
}

const shuffled = matrices(1).chain(([scores]) =>
  fc.tuple(
    fc.constant(scores),
    fc.shuffledSubarray(scores, { minLength: scores.length }),
  )
);

Deno.test("the order of seeds changes no statistic", () => {
  fc.assert(fc.property(shuffled, ([scores, other]) => {
    for (
      const statistic of [
        meanScore,
        medianScore,
        interquartileMeanScore,
        (matrix: number[][]) => optimalityGap(matrix),
        (matrix: number[][]) => probabilityOfImprovement(matrix, scores),
        (matrix: number[][]) => probabilityOfImprovement(scores, matrix),
      ]
    ) {
      assertEquals(statistic(other), statistic(scores));
    }
    assertEquals(
      performanceProfile(other, [-1, 0, 1]),
      performanceProfile(scores, [-1, 0, 1]),
    );
  }));
});

Deno.test("mean, median and interquartile mean lie between the least and the greatest score", () => {
  fc.assert(fc.property(matrices(1), ([scores]) => {
    const all = scores.flat();
    for (const statistic of [meanScore, medianScore, interquartileMeanScore]) {
      const value = statistic(scores);
      assert(value >= Math.min(...all) && value <= Math.max(...all));
    }
  }));
});

Deno.test("statistics move with shifts and scales of all scores", () => {
  fc.assert(fc.property(matrices(1), score, ([scores], shift) => {
    const moved = scores.map((row) => row.map((one) => 2 * one + shift));
    for (const statistic of [meanScore, medianScore, interquartileMeanScore]) {
      assertAlmostEquals(
        statistic(moved),
        2 * statistic(scores) + shift,
        1e-12,
      );
    }
  }));
});

Deno.test("the optimality gap is the mean shortfall, and 0 for whoever reaches the target", () => {
  // Shortfalls to 1: 0.5, 0, 1, 0.
  assertEquals(optimalityGap([[0.5, 1], [0, 7]]), 1.5 / 4);
  fc.assert(fc.property(matrices(1), ([scores]) => {
    assert(optimalityGap(scores) >= 0);
    assertEquals(optimalityGap(scores, -10), 0);
    assertAlmostEquals(
      optimalityGap(scores, 10),
      10 - meanScore(scores),
      1e-12,
    );
  }));
});

Deno.test("a profile falls from 1 to 0 and its area is the mean score", () => {
  fc.assert(fc.property(matrices(1), ([scores]) => {
    const thresholds = Array.from({ length: 81 }, (_, k) => -10 + k / 4);
    const profile = performanceProfile(scores, thresholds);
    assertEquals(
      performanceProfile(scores, [-10.1, 10]),
      Float64Array.of(1, 0),
    );
    let area = -10;
    profile.forEach((share, k) => {
      assert(k === 0 || share <= profile[k - 1]);
      area += share / 4;
    });
    // E[X] = −10 + ∫ P(X > τ) dτ; the profile is constant between multiples of 1/4.
    assertAlmostEquals(area, meanScore(scores), 1e-12);
  }));
});

Deno.test("the probabilities of improvement of X over Y and of Y over X add up to 1", () => {
  fc.assert(fc.property(matrices(2), ([x, y]) => {
    const forth = probabilityOfImprovement(x, y);
    assertAlmostEquals(forth + probabilityOfImprovement(y, x), 1, 1e-15);
    assert(forth >= 0 && forth <= 1);
    assertEquals(probabilityOfImprovement(x, x), 0.5);
    const better = x.map((row) => row.map((one) => one + 100));
    assertEquals(probabilityOfImprovement(better, y), 1);
  }));
});

Deno.test("the probability of improvement averages over tasks and counts ties half", () => {
  // Task 0: (1, 2) against (0, 1, 2): wins 1 + 2, ties 1 + 1, of 6 pairs: 4/6.
  // Task 1: (5, 5) against (5, 5, 6): ties 4 of 6: 2/6.
  assertAlmostEquals(
    probabilityOfImprovement([[1, 5], [2, 5]], [[0, 5], [1, 5], [2, 6]]),
    0.5,
    1e-15,
  );
});

Deno.test("paired differences cancel what seeds share, and add up around a circle", () => {
  fc.assert(fc.property(matrices(4), ([x, y, z, shared]) => {
    const plus = (a: number[][]) =>
      a.map((row, i) => row.map((one, j) => one + shared[i][j]));
    assertEquals(
      pairedDifferences(plus(x), plus(y)),
      pairedDifferences(x, y),
    );
    assertAlmostEquals(
      meanScore(pairedDifferences(x, y)) + meanScore(pairedDifferences(y, z)) +
        meanScore(pairedDifferences(z, x)),
      0,
      1e-12,
    );
  }));
});

Deno.test("the interval of a paired difference is Student's t over seeds, whatever the number of tasks", () => {
  // Means over tasks differ by 1, 2, 3: s = 1, t(0.975, 2) = 4.302653.
  const x = [[11, 20], [12, 22], [13, 24]];
  const y = [[10, 19], [10, 20], [10, 21]];
  const { estimate, lower, upper } = pairedDifference(x, y);
  assertAlmostEquals(estimate, 2, 1e-14);
  assertAlmostEquals(upper - 2, 4.302652729749464 / Math.sqrt(3), 1e-12);
  assertAlmostEquals(2 - lower, 4.302652729749464 / Math.sqrt(3), 1e-12);
});

Deno.test("a stratified resample keeps every score in its task", () => {
  // Within a task all seeds agree, so that no resample differs from the scores.
  const scores = [[1, 20, 300], [1, 20, 300]];
  const options = { stream: new RandomStream(0, "strata"), resamples: 50 };
  assertEquals(stratifiedInterval(scores, meanScore, options), {
    estimate: 107,
    lower: 107,
    upper: 107,
  });
  const [profile] = performanceProfileIntervals(scores, [20], options);
  assertEquals(profile.lower, profile.upper);
});

Deno.test("tasks are resampled on their own", () => {
  // Both tasks hold 0 and 1 in opposite order. Were seeds drawn for all tasks at
  // once, every mean would be 1/2.
  const { lower, upper } = stratifiedInterval([[0, 1], [1, 0]], meanScore, {
    stream: new RandomStream(0, "strata"),
    resamples: 500,
  });
  assertEquals([lower, upper], [0, 1]);
});

Deno.test("the same stream gives the same interval, another stream another", () => {
  const scores = [[0.1, 3.7], [0.4, 2.9], [0.45, 3.1], [0.2, 3.3]];
  const draw = (seed: number) =>
    stratifiedInterval(scores, meanScore, {
      stream: new RandomStream(seed, "bootstrap"),
      resamples: 100,
    });
  assertEquals(draw(1), draw(1));
  assert(draw(1).lower !== draw(2).lower);
});

Deno.test("scores that are no matrix, and matrices that do not fit, are refused with what is wrong", () => {
  const stream = new RandomStream(0, "unused");
  const fails = (act: () => unknown, message: string) =>
    assertThrows(act, RangeError, message);
  fails(
    () => meanScore([]),
    "Cannot take the mean score: scores must be of at least 1 seed and 1 task, got none",
  );
  fails(
    () => medianScore([[1, 2], [1]]),
    "scores[1] must be of 2 tasks like scores[0], got 1",
  );
  fails(
    () => interquartileMeanScore([[1, 2], [1, NaN]]),
    "scores[1][1] must be a finite number, got NaN",
  );
  fails(
    () => probabilityOfImprovement([[1, 2]], [[1]]),
    "y must be of 2 tasks like x, got 1",
  );
  fails(
    () => pairedDifferences([[1], [2]], [[1]]),
    "y must be of 2 seeds and 1 tasks, got 1 seeds and 1 tasks",
  );
  fails(
    () => pairedDifference([[1]], [[2]]),
    "values must be at least 2 numbers, got 1",
  );
  fails(
    () => stratifiedInterval([[1]], meanScore, { stream }),
    "scores must be of at least 2 seeds, got 1",
  );
  fails(
    () => stratifiedInterval([[1], [2]], meanScore, { stream, confidence: 0 }),
    "confidence must be between 0 and 1, got 0",
  );
  fails(
    () =>
      probabilityOfImprovementInterval([[1], [2]], [[1], [2]], {
        stream,
        resamples: 0.5,
      }),
    "resamples must be a positive integer, got 0.5",
  );
});
