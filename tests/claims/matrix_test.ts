import { assert, assertEquals } from "@std/assert";
import {
  CLAIMS,
  describeNeeds,
  type FigureRows,
  judgeClaims,
  judgeReadings,
  type MatrixCell,
  type ReadingRow,
  READINGS,
  readingsMatrix,
  readingsTable,
  rowsUnder,
  SHORT_DEFAULT_READING,
} from "../../lib/claims/mod.ts";
import { flat, PAPERS_WORLD, testRows } from "./example_rows.ts";

function readingOf(key: string) {
  const reading = READINGS.find((one) => one.key === key);
  assert(reading, key);
  return reading;
}

const figures: FigureRows = {
  ...PAPERS_WORLD,
  tests: PAPERS_WORLD.tests.map((row) => ({
    ...row,
    episodeReturn: -row.objective,
    hitRateOwnServer: row.hitRate,
    hitRateAnyServer: 1 - row.hitRate,
    cacheUtilization: 0.5,
  })),
};

/** Rows of a reading, in a world in which DDPG has the highest hit rate. */
function rowsOf(
  reading: string,
  methods = { TD3: 0.3, DDPG: 0.9, PCRAS: 0.5, GCRAS: 0.5 } as Record<
    string,
    number
  >,
): ReadingRow[] {
  return Object.entries(methods).flatMap(([series, level]) =>
    testRows({ [series]: flat(level) }).map((row) => ({
      reading,
      series,
      users: row.users,
      seed: row.seed,
      objective: row.objective,
      hitRateOwnServer: row.hitRate,
      hitRateAnyServer: row.hitRate / 2,
      cacheUtilization: row.hitRate / 3,
      trainingReturn: series === "TD3" || series === "DDPG"
        ? -10 * (1 - level) - row.seed
        : null,
    }))
  );
}

function cellOf(cells: readonly MatrixCell[], claim: string, reading: string) {
  const cell = cells.find((one) =>
    one.claim.key === claim && one.reading.key === reading
  );
  assert(cell, `${claim} under ${reading}`);
  return cell;
}

Deno.test("under the defaults the claims are judged from the figures alone", () => {
  const cells = judgeReadings(figures, rowsOf(SHORT_DEFAULT_READING));
  const byDefault = cells.filter(({ reading }) => reading.key === "default");
  assertEquals(
    byDefault.map(({ claim, verdict, interval }) => [
      claim.key,
      verdict,
      interval,
    ]),
    judgeClaims(PAPERS_WORLD).map(({ claim, verdict, interval }) => [
      claim.key,
      verdict,
      interval,
    ]),
  );
});

Deno.test("a reading replaces the rows of the methods that it changes, and no others", () => {
  const rows = [
    ...rowsOf(SHORT_DEFAULT_READING),
    ...rowsOf("search-static", { PCRAS: 0.1, GCRAS: 0.2 }),
    ...rowsOf("discount-0", { TD3: 0.8, DDPG: 0.7 }),
  ];
  const levels = (key: string) =>
    rowsUnder(readingOf(key), figures, rows).tests
      .filter(({ users, seed }) => users === 10 && seed === 0)
      .map(({ series, hitRate }) => `${series} ${hitRate.toFixed(3)}`).sort();
  assertEquals(levels("search-static"), [
    "DDPG 0.455",
    "GCRAS 0.200",
    "PCRAS 0.100",
    "TD3 0.650",
  ]);
  assertEquals(levels("discount-0"), [
    "DDPG 0.700",
    "GCRAS 0.500",
    "PCRAS 0.500",
    "TD3 0.800",
  ]);
  assertEquals(levels("hit-any-server"), [
    "DDPG 0.545",
    "GCRAS 0.595",
    "PCRAS 0.575",
    "TD3 0.350",
  ]);
});

Deno.test("returns are the readings' own at Table 3's U, and Fig. 4 is not run where TD3 changes", () => {
  const rows = [
    ...rowsOf(SHORT_DEFAULT_READING),
    ...rowsOf("discount-0", { TD3: 0.8, DDPG: 0.7 }),
  ];
  const under = rowsUnder(readingOf("discount-0"), figures, rows);
  assertEquals(
    under.training.map(({ series, seed }) => `${series} ${seed}`),
    ["TD3 0", "TD3 1", "TD3 2", "DDPG 0", "DDPG 1", "DDPG 2"],
  );
  assertEquals(under.training[0].episodeReturn, -10 * (1 - 0.8));
  assertEquals(under.learningRates, []);
  const searched = rowsUnder(readingOf("search-per-episode"), figures, rows);
  assertEquals(searched.learningRates, figures.learningRates);
  assertEquals(searched.training[0].episodeReturn, -10 * (1 - 0.3));
});

Deno.test("a verdict is inherited just if the reading changes nothing that the claim rests on", () => {
  const cells = judgeReadings(figures, rowsOf(SHORT_DEFAULT_READING));
  assertEquals(cells.length, CLAIMS.length * READINGS.length);
  const inherited = (claim: string, reading: string) =>
    cellOf(cells, claim, reading).inherited;
  assert(inherited("td3-ahead", "search-static"));
  assert(!inherited("td3-ahead", "discount-0"));
  assert(inherited("hit-rate-over-ddpg", "search-static"));
  assert(!inherited("hit-rate-over-pcras", "search-static"));
  assert(!inherited("td3-hit-rate-rises", "hit-any-server"));
  assert(inherited("objective-grows", "hit-any-server"));
  assert(!inherited("td3-best", "default"));
});

Deno.test("a reading without rows is not run, and the matrix says so", () => {
  const cells = judgeReadings(figures, rowsOf(SHORT_DEFAULT_READING));
  assertEquals(cellOf(cells, "td3-best", "balanced").verdict, "not run");
  const table = readingsMatrix(cells, "short");
  assertEquals(table[0].slice(0, 3), [
    "claim",
    "default",
    "search per episode",
  ]);
  const row = table[1 + CLAIMS.findIndex(({ key }) => key === "td3-best")];
  assertEquals(row.slice(1), ["✗", ...Array(7).fill("–")]);
  const objective = readingsMatrix(cells, "figures")
    .find(([text]) => text.includes("objective grows"))!;
  // Searches change it, but were not run; hit rates have no part in it.
  assertEquals(objective.slice(1), ["✓", "–", "–", "(✓)", "(✓)"]);
});

Deno.test("sentences name the readings that a claim needs", () => {
  const upsideDown: FigureRows = {
    ...figures,
    tests: figures.tests.map((row) => (
      row.series === "TD3"
        ? { ...row, hitRateOwnServer: 0.01 * row.seed, hitRateAnyServer: 0.99 }
        : row
    )),
  };
  const sentences = describeNeeds(
    judgeReadings(upsideDown, rowsOf(SHORT_DEFAULT_READING)),
  );
  assert(
    sentences.includes(
      '"TD3\'s hit rate is the best at every number of users" is contradicted by default, and reproduced with hit on any server.',
    ),
    sentences.join("\n"),
  );
  assert(
    sentences.some((one) => one.includes("reproduced under no other reading")),
  );
  assertEquals(sentences.some((one) => one.includes("reward")), false);
});

Deno.test("readings are listed with their choices, the defaults apart", () => {
  const table = readingsTable();
  assertEquals(table.length, READINGS.length - 2 + 1);
  assert(table.flat().includes("`protocol`: one-shot"));
});
