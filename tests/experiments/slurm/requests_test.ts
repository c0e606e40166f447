import { assertEquals } from "@std/assert";
import {
  DEFAULT_REQUEST,
  requestTrials,
} from "../../../lib/experiments/slurm/requests.ts";
import { smallTrial } from "../fixtures.ts";

Deno.test("trials ask for twice the longest and 1.5 times the largest of other seeds", () => {
  const measured = [
    { config: smallTrial({ seed: 1 }), seconds: 20, peakMemoryBytes: 300 },
    { config: smallTrial({ seed: 2 }), seconds: 30, peakMemoryBytes: 200 },
    { config: smallTrial({ seed: 2, episodes: 24 }), seconds: 999 },
  ];
  assertEquals(requestTrials([smallTrial({ seed: 3 })], measured), [
    { seconds: 60, memoryBytes: 450, basis: "seeds" },
  ]);
});

Deno.test("without other seeds, trials ask for four times the method's slowest episodes", () => {
  const measured = [
    // 2 s and 3 s per episode.
    { config: smallTrial({ episodes: 10 }), seconds: 20, peakMemoryBytes: 10 },
    { config: smallTrial({ episodes: 20 }), seconds: 60 },
    { config: smallTrial({ algorithm: "ddpg" }), seconds: 1e6 },
  ];
  assertEquals(requestTrials([smallTrial({ episodes: 50 })], measured), [
    { seconds: 600, memoryBytes: 15, basis: "method" },
  ]);
});

Deno.test("where nothing was measured, trials ask for an hour and 2 GiB", () => {
  assertEquals(DEFAULT_REQUEST, {
    seconds: 3600,
    memoryBytes: 2 ** 31,
    basis: "default",
  });
  const measured = [{ config: smallTrial({ algorithm: "ddpg" }), seconds: 9 }];
  assertEquals(requestTrials([smallTrial()], measured), [DEFAULT_REQUEST]);
  assertEquals(
    requestTrials([smallTrial({ algorithm: "ddpg", seed: 9 })], measured)[0]
      .memoryBytes,
    2 ** 31,
  );
});
