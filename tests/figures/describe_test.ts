import { assert, assertEquals } from "@std/assert";
import {
  describeCurves,
  describeMetric,
  findingText,
  numberText,
} from "../../lib/figures/describe.ts";

Deno.test("numbers of a text have three digits and a true minus sign", () => {
  assertEquals([-7.8149, 1234.5, 0.00275, 5].map(numberText), [
    "−7.81",
    "1230",
    "0.00275",
    "5",
  ]);
});

Deno.test("the finding names the best, the distance and the interval paired by seed", () => {
  const ends = [
    { series: "TD3", values: new Map([[1, 4], [2, 6]]) },
    { series: "DDPG", values: new Map([[1, 3], [2, 4]]) },
    { series: "PCRAS", values: new Map([[1, 1], [2, 1]]) },
  ];
  // Two seeds: t = tan(0.475 π) = 12.706. Of 4 and 6 the half width is t · 1; of the
  // differences 1 and 2 it is t / 2 = 6.353 around 1.5.
  assertEquals(
    findingText(ends, "higher"),
    "TD3 ends best at 5 (95 % interval −7.71 to 17.7), 1.5 above DDPG at 3.5 " +
      "(paired by seed: −4.85 to 7.85, so they are not told apart).",
  );
  assertEquals(
    findingText(ends.slice(1), "lower"),
    "PCRAS ends best at 1 (95 % interval 1 to 1), 2.5 below DDPG at 3.5 " +
      "(paired by seed: −8.85 to 3.85, so they are not told apart).",
  );
  assertEquals(
    findingText(ends.slice(2), "lower"),
    "PCRAS ends at 1 (95 % interval 1 to 1).",
  );
});

Deno.test("series that differ alike on every seed are told apart", () => {
  const text = findingText([
    { series: "a, b", values: new Map([[1, 4], [2, 6]]) },
    { series: "c", values: new Map([[1, 3], [2, 5]]) },
  ], "higher");
  assert(text.endsWith("1 above c at 4 (paired by seed: 1 to 1)."), text);
  assert(text.startsWith("“a, b” ends best at 5"), text);
});

Deno.test("curves are described by axes, series, ranges and their last episodes", () => {
  const run = (series: string, seed: number, returns: readonly number[]) =>
    returns.map((episodeReturn, i) => (
      { series, seed, episode: i + 1, episodeReturn }
    ));
  const rows = [
    ...run("TD3", 0, [-9, -8, -6]),
    ...run("DDPG", 0, [-9, -8, -7]),
  ];
  assertEquals(
    describeCurves(rows, { title: "Figure 5", lastEpisodes: 1 }),
    "Figure 5. Lines of the episode return Σₜ r(t), which has no unit, from −9 to −6 " +
      "over episodes 1 to 3. 2 series, 1 seed each: TD3 and DDPG. In the last " +
      "episode: TD3 ends best at −6, 1 above DDPG at −7.",
  );
});

Deno.test("a metric is described at its last place, over all and among those without the scale", () => {
  const rows = [5, 10].flatMap((x) => [
    { series: "TD3", x, seed: 0, value: 2 * x },
    { series: "DDPG", x, seed: 0, value: 3 * x },
    { series: "optimum", x, seed: 0, value: x },
  ]);
  const options = {
    title: "Objective",
    axis: "Objective G",
    xTitle: "Number of users U",
    symbol: "U",
    scale: ["optimum"],
  };
  assertEquals(
    describeMetric(rows, { ...options, better: "lower" }),
    "Objective. Number of users U: 5 to 10. Objective G: means from 5 to 30. " +
      "3 series, 1 seed each: TD3, DDPG and optimum. At U = 10: optimum ends best at " +
      "10, 10 below TD3 at 20. Of TD3 and DDPG, TD3 ends best at 20, 10 below DDPG " +
      "at 30.",
  );
  assert(
    describeMetric(rows, options).endsWith(
      "At U = 10: means of TD3 20, DDPG 30, optimum 10.",
    ),
  );
});
