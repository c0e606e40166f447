import { assertEquals, assertThrows } from "@std/assert";
import {
  type ConvergenceRow,
  liveCurveFigure,
  methodColors,
} from "../../lib/figures/mod.ts";

interface Drawn {
  title: { text: string; subtitle: string[] };
  data: { values: (ConvergenceRow & { trailingMean: number })[] };
  encoding: {
    x: { scale: { domain: number[] } };
    color: { scale: { domain: string[]; range: string[] } };
    detail: { field: string };
  };
  layer: { encoding: { y: { field: string } } }[];
}

function drawn(...parameters: Parameters<typeof liveCurveFigure>): Drawn {
  return JSON.parse(JSON.stringify(liveCurveFigure(...parameters)));
}

function run(
  series: string,
  seed: number,
  returns: number[],
): ConvergenceRow[] {
  return returns.map((episodeReturn, episode) => ({
    series,
    seed,
    episode,
    episodeReturn,
  }));
}

Deno.test("the live curve shows every episode and the mean of the last few, run by run", () => {
  const rows = [...run("TD3", 0, [-8, -6, -4, -5]), ...run("DDPG", 0, [-9])];
  const spec = drawn(rows, { windowEpisodes: 2 });
  const means = spec.data.values.map((point) => point.trailingMean);
  assertEquals(means, [-8, -7, -5, -4.5, -9]);
  assertEquals(
    spec.layer.map((layer) => layer.encoding.y.field),
    ["episodeReturn", "trailingMean"],
  );
  assertEquals(spec.encoding.color.scale, {
    domain: ["TD3", "DDPG"],
    range: [methodColors.TD3, methodColors.DDPG],
  });
  assertEquals(spec.encoding.detail.field, "seed");
  assertEquals(
    spec.title.subtitle,
    ["Thin: every episode. Thick: mean of the last 2 episodes."],
  );
});

Deno.test("interleaved seeds of a series keep their own means", () => {
  const [a, b] = [run("TD3", 0, [-8, -6]), run("TD3", 1, [-2, -4])];
  const spec = drawn([a[0], b[0], a[1], b[1]]);
  const means = spec.data.values.map((
    p,
  ) => [p.seed, p.episode, p.trailingMean]);
  assertEquals(means, [[0, 0, -8], [0, 1, -7], [1, 0, -2], [1, 1, -3]]);
});

Deno.test("the horizontal axis is as long as the training will be, and never shorter than the rows", () => {
  const rows = run("TD3", 0, [-8, -6, -4]);
  const domain = (totalEpisodes?: number) =>
    drawn(rows, { totalEpisodes }).encoding.x.scale.domain;
  assertEquals(domain(100), [0, 99]);
  assertEquals(domain(2), [0, 2]);
  assertEquals(domain(), [0, 2]);
});

Deno.test("rows and options that cannot be drawn are refused with what is wrong", () => {
  const rows = run("TD3", 0, [-8]);
  const fails = (act: () => unknown, message: string) =>
    assertThrows(act, RangeError, message);
  fails(
    () => liveCurveFigure([]),
    "Cannot draw the live curve: rows must be at least 1 row, got 0",
  );
  fails(
    () => liveCurveFigure(run("TD3", 0, [NaN])),
    "rows[0].episodeReturn must be a finite number, got NaN",
  );
  fails(
    () => liveCurveFigure(rows, { windowEpisodes: 0 }),
    "windowEpisodes must be a positive integer, got 0",
  );
  fails(
    () => liveCurveFigure(rows, { totalEpisodes: 1.5 }),
    "totalEpisodes must be a positive integer, got 1.5",
  );
});
