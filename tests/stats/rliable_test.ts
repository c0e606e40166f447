import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  interquartileMeanScore,
  meanScore,
  medianScore,
  optimalityGap,
  performanceProfileIntervals,
  probabilityOfImprovementInterval,
  type ScoreMatrix,
  type ScoreStatistic,
  stratifiedInterval,
  stratifiedIntervals,
} from "../../lib/stats/mod.ts";
import { RandomStream } from "../../lib/math/mod.ts";
import type { Interval } from "../../lib/stats/statistics.ts";

/** What rliable computed, by make_rliable_fixture.py. */
interface Intervals {
  readonly estimates: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

interface Drawn extends Intervals {
  /** The seeds that rliable drew, a digit each. */
  readonly indices: string;
}

interface Fixture {
  readonly reps: number;
  readonly statistics: readonly string[];
  readonly thresholds: readonly number[];
  readonly scores: Readonly<Record<string, number[][]>>;
  readonly aggregates: Readonly<Record<string, Drawn>>;
  readonly profiles: Readonly<Record<string, Drawn>>;
  readonly improvements:
    readonly (Drawn & { readonly x: string; readonly y: string })[];
  readonly convergence: {
    readonly reps: number;
    readonly scores: string;
    readonly wide: Intervals;
    readonly narrow: Intervals;
  };
}

const FIXTURE: Fixture = JSON.parse(
  await Deno.readTextFile(new URL("rliable_fixture.json", import.meta.url)),
);

const STATISTICS: Readonly<Record<string, ScoreStatistic>> = {
  mean: meanScore,
  median: medianScore,
  interquartileMean: interquartileMeanScore,
  optimalityGap: (scores) => optimalityGap(scores),
};

/** A stream that draws the indices of a text, and knows when it has ended. */
function replay(indices: string): { stream: RandomStream; left: () => number } {
  let next = 0;
  const integer = (bound: number) => {
    const index = Number(indices[next++]);
    assert(index < bound, `draw ${next} must be below ${bound}, got ${index}`);
    return index;
  };
  return {
    stream: { integer } as unknown as RandomStream,
    left: () => indices.length - next,
  };
}

function assertAgrees(actual: readonly Interval[], expected: Intervals) {
  const parts = {
    estimate: "estimates",
    lower: "lower",
    upper: "upper",
  } as const;
  for (const [ours, theirs] of Object.entries(parts)) {
    const values = actual.map((one) => one[ours as keyof Interval]);
    assertEquals(values.length, expected[theirs].length);
    values.forEach((value, i) =>
      assertAlmostEquals(value, expected[theirs][i], 1e-12)
    );
  }
}

function allStatistics([scores]: readonly ScoreMatrix[]): number[] {
  return FIXTURE.statistics.map((name) => STATISTICS[name](scores));
}

for (const [name, scores] of Object.entries(FIXTURE.scores)) {
  Deno.test(`aggregates and their intervals are rliable's on the same draws: ${name}`, () => {
    const expected = FIXTURE.aggregates[name];
    const { stream, left } = replay(expected.indices);
    const options = { stream, resamples: FIXTURE.reps };
    assertAgrees(
      stratifiedIntervals([scores], allStatistics, options),
      expected,
    );
    assertEquals(left(), 0);
  });

  Deno.test(`performance profiles and their bands are rliable's on the same draws: ${name}`, () => {
    const expected = FIXTURE.profiles[name];
    const { stream, left } = replay(expected.indices);
    const options = { stream, resamples: FIXTURE.reps };
    assertAgrees(
      performanceProfileIntervals(scores, FIXTURE.thresholds, options),
      expected,
    );
    assertEquals(left(), 0);
  });
}

Deno.test("probabilities of improvement and their intervals are rliable's on the same draws", () => {
  for (const expected of FIXTURE.improvements) {
    const { stream, left } = replay(expected.indices);
    const interval = probabilityOfImprovementInterval(
      FIXTURE.scores[expected.x],
      FIXTURE.scores[expected.y],
      { stream, resamples: FIXTURE.reps },
    );
    assertAgrees([interval], expected);
    assertEquals(left(), 0);
  }
});

Deno.test("intervals by draws of our own come as close to those of 50,000 draws as chance allows", () => {
  const { reps, scores, wide, narrow } = FIXTURE.convergence;
  FIXTURE.statistics.forEach((name, i) => {
    const { lower, upper } = stratifiedInterval(
      FIXTURE.scores[scores],
      STATISTICS[name],
      {
        stream: new RandomStream(0, `convergence of ${name}`),
        resamples: reps,
      },
    );
    assert(wide.lower[i] < lower && lower < narrow.lower[i], name);
    assert(narrow.upper[i] < upper && upper < wide.upper[i], name);
  });
});
