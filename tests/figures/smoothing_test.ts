import { assertEquals } from "@std/assert";
import { convergenceCurves } from "../../lib/figures/mod.ts";
import { smoothingSlider, smoothRuns } from "../../lib/figures/smoothing.ts";
import { exampleRows } from "./example_rows.ts";

const rows = exampleRows({ series: ["TD3", "DDPG"], seeds: 3, episodes: 45 });

Deno.test("means of one bin are the curves that files show, a short last bin included", () => {
  const smooth = smoothRuns(rows, { binEpisodes: 2, bins: 1 });
  const strip = (points: readonly object[]) =>
    points.map((point) => ({ ...point, fit: 0, fitLower: 0, fitUpper: 0 }));
  assertEquals(
    strip(convergenceCurves(smooth, { order: 0 })),
    strip(convergenceCurves(rows, { order: 0, binEpisodes: 2 })),
  );
});

Deno.test("a mean of five bins is that of the bin and of two to either side, run by run", () => {
  const ramp = [0, 1].flatMap((seed) =>
    Array.from({ length: 7 }, (_, i) => (
      { series: "TD3", seed, episode: i + 1, episodeReturn: (seed + 1) * i * i }
    ))
  );
  const smooth = smoothRuns(ramp, { binEpisodes: 1, bins: 5 });
  // Squares 0 1 4 9 16 25 36: means of 3, 4, 5, 5, 5, 4 and 3 of them.
  const means = [5 / 3, 3.5, 6, 11, 18, 21.5, 77 / 3];
  assertEquals(smooth.map(({ episodeReturn }) => episodeReturn), [
    ...means,
    ...means.map((one) => 2 * one),
  ]);
});

Deno.test("short runs have no slider, and one series no bars", () => {
  const sliderOf = (episodes: number) => {
    const own = exampleRows({ series: ["TD3"], seeds: 2, episodes });
    return smoothingSlider(own, convergenceCurves(own, { order: 0 }), {
      binEpisodes: 1,
      hasBars: false,
    });
  };
  assertEquals(sliderOf(19), undefined);
  assertEquals(Object.keys(sliderOf(20)!.datasets), ["means"]);
});
