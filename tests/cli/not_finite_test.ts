import { assert, assertEquals, assertMatch } from "@std/assert";
import { main as train } from "../../lib/cli/train.ts";
import { readTree, withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";
import { TINY, withSweep } from "./sweep_fixtures.ts";

/** Rewards near -1 become infinite in 32 bits, or their squares do. */
const SCALES: [number, RegExp][] = [
  [
    1e308,
    /^Cannot train: the reward -0\.\d+ times rewardScale, 1e\+308, must be finite, got -Infinity in step 1 of episode 1 \(.*\)\n$/,
  ],
  [
    1e25,
    /^Cannot train: the loss of critic 1 must be finite, got Infinity in update 1, in step 1 of episode 5 \(.*\)\n$/,
  ],
];

for (const [rewardScale, message] of SCALES) {
  Deno.test(`a training that diverges fails with one line and leaves no result, rewardScale ${rewardScale}`, async () => {
    await withTemporaryFolder(async (data) => {
      for (const algorithm of ["td3", "ddpg"]) {
        const { code, stderr } = await captureMain(train, [
          ...[algorithm, "--scenario", "small", "--episodes", "8"],
          ...["--set", "batchSize=8", "--set", "minReplaySize=16"],
          ...["--set", `rewardScale=${rewardScale}`],
          ...["--data", `${data}/results`],
        ]);
        assertEquals(code, 1);
        assertMatch(stderr, message);
      }
      assertEquals(await readTree(`${data}/results`), {});
    });
  });
}

Deno.test("a sweep tells which number was not finite, and finishes the other trials", async () => {
  await withSweep(async ({ data, sweep }) => {
    const reason =
      "Cannot train: the loss of critic 1 must be finite, got Infinity in update 1";
    const { code, stdout } = await sweep();
    assertEquals(code, 1);
    assert(stdout.includes(`td3 seed 0 failed: ${reason}`), stdout);
    assert(stdout.includes("1 of 2 trials are finished"), stdout);
    assert((await sweep(["--list"])).stdout.includes(`failed: ${reason}`));
    assertEquals([...Deno.readDirSync(`${data}/trials`)].length, 1);
  }, {
    ...TINY,
    seeds: "0",
    hyperparameters: { ...TINY.hyperparameters, "td3.rewardScale": 1e25 },
  });
});
