import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  halvingRungs,
  randomRungs,
  type Rung,
  RungSearch,
} from "../../../lib/studies/tuning/rung_search.ts";

const NINE = halvingRungs({
  configs: 9,
  episodes: 90,
  leastEpisodes: 10,
  eta: 3,
});

/** Runs a search to its end; scores come from `score`, in the order of `shuffle`. */
function run(
  rungs: readonly Rung[],
  score: (candidate: number, rung: number) => number,
  shuffle: <T>(items: T[]) => T[] = (items) => items,
): RungSearch {
  const search = new RungSearch(rungs);
  for (let asked = search.ask(); asked.length > 0; asked = search.ask()) {
    for (const { candidate, rung } of shuffle(asked)) {
      search.tell(candidate, score(candidate, rung));
    }
  }
  return search;
}

Deno.test("rungs end with the whole budget and begin with no less than the least", () => {
  assertEquals(
    halvingRungs({ configs: 20, episodes: 100, leastEpisodes: 20, eta: 2 }),
    [
      { count: 20, episodes: 25 },
      { count: 10, episodes: 50 },
      { count: 5, episodes: 100 },
    ],
  );
  assertEquals(
    halvingRungs({ configs: 4, episodes: 30, leastEpisodes: 30, eta: 3 }),
    [{ count: 4, episodes: 30 }],
  );
  assertThrows(
    () => halvingRungs({ configs: 8, episodes: 90, leastEpisodes: 10, eta: 3 }),
    RangeError,
    "configs must be at least 9 for 3 rungs, got 8",
  );
});

Deno.test("every rung of successive halving costs about the same", () => {
  fc.assert(fc.property(
    fc.integer({ min: 2, max: 5 }),
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 40 }),
    (eta, steps, times, leastEpisodes) => {
      const rungs = halvingRungs({
        configs: times * eta ** steps,
        episodes: leastEpisodes * eta ** steps,
        leastEpisodes,
        eta,
      });
      assertEquals(rungs.length, steps + 1);
      for (const { count, episodes } of rungs) {
        assertEquals(count * episodes, rungs[0].count * rungs[0].episodes);
      }
    },
  ));
});

Deno.test("the best third goes on, and the winner is the best of the last rung", () => {
  const search = new RungSearch(NINE);
  const asked = search.ask();
  assertEquals(asked.length, 9);
  assert(asked.every(({ episodes, rung }) => episodes === 10 && rung === 0));
  for (const { candidate } of asked) search.tell(candidate, candidate % 5);
  // Scores 0 1 2 3 4 0 1 2 3: the best are 4, and the equals 3 and 8.
  assertEquals(
    search.ask(),
    [3, 4, 8].map((candidate) => ({ candidate, rung: 1, episodes: 30 })),
  );
  search.tell(4, -1);
  assertEquals(search.ask().map(({ candidate }) => candidate), [3, 8]);
  search.tell(3, 1);
  search.tell(8, 2);
  assertEquals(search.ask(), [{ candidate: 8, rung: 2, episodes: 90 }]);
  search.tell(8, -7);
  assertEquals(search.ask(), []);
  assertEquals(
    search.ranking().map(({ candidate, rung }) => [candidate, rung]),
    [[8, 2], [3, 1], [4, 1], [2, 0], [7, 0], [1, 0], [6, 0], [0, 0], [5, 0]],
  );
});

Deno.test("what is proposed and found does not depend on the order of scores", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 27, maxLength: 27 }),
    fc.array(fc.nat(), { minLength: 13, maxLength: 13 }),
    (scores, order) => {
      const shuffle = <T>(items: T[]): T[] =>
        items.map((item, i): [number, T] => [order[i], item])
          .sort(([a], [b]) => a - b).map(([, item]) => item);
      const score = (candidate: number, rung: number) =>
        scores[(candidate + 9 * rung) % 27];
      assertEquals(
        run(NINE, score, shuffle).ranking(),
        run(NINE, score).ranking(),
      );
    },
  ));
});

Deno.test("with scores that stay, halving finds what random search finds", () => {
  fc.assert(fc.property(
    fc.uniqueArray(fc.integer(), { minLength: 9, maxLength: 9 }),
    (scores) => {
      const best = scores.indexOf(Math.max(...scores));
      const score = (candidate: number) => scores[candidate];
      assertEquals(run(NINE, score).ranking()[0].candidate, best);
      assertEquals(
        run(randomRungs(9, 90), score).ranking().map((one) => one.candidate),
        scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]),
      );
    },
  ));
});

Deno.test("what could not be trained does not go on and ranks last", () => {
  const search = run(
    NINE,
    (candidate, rung) =>
      candidate < 6 || (candidate === 6 && rung === 1) ? -Infinity : candidate,
  );
  // 6, 7 and 8 go on; then 8 alone. 7 reached the second rung and 6 failed on it.
  assertEquals(
    search.ranking().map(({ candidate, rung }) => [candidate, rung]),
    [[8, 2], [7, 1], [0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [5, 0], [6, 1]],
  );
  const none = run(NINE, () => -Infinity);
  assertEquals(none.ranking().length, 9);
  assertEquals(none.ask(), []);
});

Deno.test("scores that were not asked for are refused", () => {
  const search = new RungSearch(NINE);
  const fails = (act: () => void, message: string) =>
    assertThrows(act, RangeError, message);
  fails(
    () => search.tell(9, 1),
    "candidate must be one that was asked for, got 9",
  );
  search.tell(0, 1);
  fails(
    () => search.tell(0, 1),
    "candidate must be one that was asked for, got 0",
  );
  fails(() => search.tell(1, NaN), "score must be a number, got NaN");
});
