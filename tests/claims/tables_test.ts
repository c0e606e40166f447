import { assertEquals } from "@std/assert";
import {
  CLAIMS,
  claimsTable,
  countVerdicts,
  describeGrid,
  judgeClaims,
  READINGS,
} from "../../lib/claims/mod.ts";
import { flat, PAPERS_WORLD, returnRows, testRows } from "./example_rows.ts";

Deno.test("the table of claims has a row for each with interval, verdict and reason", () => {
  const training = returnRows({ TD3: [-9, -18, -27], DDPG: [-10, -20, -30] });
  const table = claimsTable(
    judgeClaims({ learningRates: [], training, tests: [] }),
  );
  assertEquals(table.slice(1, 2), [[
    "TD3's reward is better than DDPG's",
    "Fig. 5, Section 5.2.1",
    "TD3's return above DDPG's, %",
    "10.00",
    "10.00 to 10.00",
    "✓ reproduced",
    "the interval lies above 0 (3 seeds)",
  ]]);
  assertEquals(table[2].slice(5), [
    "✗ contradicted",
    "the interval lies above 1.72 % (3 seeds)",
  ]);
});

Deno.test("intervals without ends or seeds are shown as such", () => {
  const tests = testRows({ TD3: flat(0.4), PCRAS: { hitRate: () => 0 } });
  const [[, , , ours, interval]] = claimsTable(
    judgeClaims({ learningRates: [], training: [], tests }),
  ).slice(1);
  assertEquals([ours, interval], ["∞", "-∞ to ∞"]);
  const few = claimsTable(judgeClaims({
    learningRates: [],
    training: [],
    tests: tests.filter(({ seed }) => seed === 0),
  }));
  assertEquals(few[1].slice(3), [
    "–",
    "–",
    "? undetermined",
    "1 seed is too few: at least 3 are needed",
  ]);
});

Deno.test("verdicts are counted", () => {
  const judgements = judgeClaims(PAPERS_WORLD);
  assertEquals(
    countVerdicts(judgements),
    `Of ${CLAIMS.length} claims ${CLAIMS.length} are reproduced, 0 are contradicted and 0 are undetermined.`,
  );
});

Deno.test("a grid is described by users and seeds", () => {
  const [first] = READINGS;
  const short = READINGS.find(({ grid }) => grid === "short")!;
  assertEquals(
    describeGrid(first, "paper"),
    "U = 5, 10, 15, 20, 25, 30 (5 seeds)",
  );
  assertEquals(
    describeGrid(short, "paper"),
    "U = 5, 30 (3 seeds); U = 10 (4 seeds)",
  );
});
