import { assert, assertEquals } from "@std/assert";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { KILL_CONFIG } from "../stress/kill_config.ts";
import { killSweep } from "../stress/kill_sweep.ts";

Deno.test("a sweep that is killed again and again ends as if it had not been", async () => {
  await withTemporaryFolder(async (folder) => {
    const { kills } = await killSweep({
      folder,
      config: { ...KILL_CONFIG, seeds: "0-4", episodes: 30 },
      kills: 12,
      seed: 1,
      longestMs: 700,
      jobs: 2,
    });
    const counts = Object.values(kills);
    assertEquals(counts.reduce((sum, one) => sum + one), 12);
    assert(counts.every((count) => count > 0), JSON.stringify(kills));
  });
});

Deno.test("two sweeps at once share the trials, and both end with the whole table", async () => {
  await withTemporaryFolder(async (folder) => {
    const { runs } = await killSweep({
      folder,
      config: { ...KILL_CONFIG, seeds: "0-4", episodes: 30 },
      kills: 0,
      seed: 1,
      longestMs: 0,
      jobs: 2,
      sweeps: 2,
    });
    assertEquals(runs, 10);
  });
});
