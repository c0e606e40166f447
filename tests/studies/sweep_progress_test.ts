import { assertEquals } from "@std/assert";
import { expandSweep } from "../../lib/studies/expand.ts";
import { Forecast } from "../../lib/studies/forecast.ts";
import { SweepProgress } from "../../lib/studies/sweep_progress.ts";

const [A, B, C, D] = expandSweep({
  name: "mine",
  scenario: "small",
  methods: ["td3"],
  seeds: "0-3",
  episodes: 10,
}, "expand it").trials;

function begin(jobs = 1) {
  const time = { ms: 0 };
  const progress = new SweepProgress({
    clock: () => time.ms,
    forecast: new Forecast(),
    jobs,
  });
  progress.begin(5, [A, B, C, D]);
  return { progress, time };
}

function counts({ done, failed, waiting, running, total }: SweepProgress) {
  return [done, failed, waiting, running.length, total];
}

Deno.test("every trial is counted once, whatever becomes of it", () => {
  const { progress } = begin();
  assertEquals(counts(progress), [5, 0, 4, 0, 9]);
  progress.start(A);
  progress.start(B);
  assertEquals(counts(progress), [5, 0, 2, 2, 9]);
  progress.finish(A);
  progress.fail(B);
  assertEquals(counts(progress), [6, 1, 2, 0, 9]);
  progress.start(C);
  progress.leave(C);
  assertEquals(counts(progress), [6, 1, 2, 0, 9]);
  // Another process has finished it.
  progress.finish(C);
  assertEquals(counts(progress), [7, 1, 1, 0, 9]);
});

Deno.test("the time left follows from the episodes that have passed", () => {
  const { progress, time } = begin(2);
  assertEquals(progress.left, { seconds: 0, unknown: 4 });
  progress.start(A);
  progress.start(B);
  for (let episode = 1; episode <= 4; episode++) {
    time.ms += 1000;
    progress.step(A, episode);
    progress.step(B, episode);
  }
  // 6 s of each of the two, and 10 s of each of the others, two at a time.
  assertEquals(progress.left, { seconds: 16, unknown: 0 });
  assertEquals(progress.perMinute, undefined);
  time.ms += 26_000;
  progress.finish(A);
  assertEquals(progress.perMinute, 2);
});

Deno.test("a trial that continues from a checkpoint is as far as it says", () => {
  const { progress, time } = begin();
  progress.start(A);
  time.ms += 500;
  progress.step(A, 8);
  assertEquals(progress.running[0].episode, 8);
  assertEquals(progress.left, { seconds: (2 + 30) * 0.5, unknown: 0 });
});
