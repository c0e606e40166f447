import { assert, assertEquals, assertRejects } from "@std/assert";
import { runTrial } from "../../lib/trials/run_trial.ts";
import { episodeSeed, hashTraces } from "../../lib/trials/trial_traces.ts";
import type { TrainingConfig } from "../../lib/trials/trial.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import { smallTrial } from "./fixtures.ts";

const clock = () => 0;

/** Runs a trial to episode `stopAfter`, and gives the checkpoint left there. */
async function interrupt(
  config: TrainingConfig,
  stopAfter: number,
): Promise<Uint8Array> {
  const controller = new AbortController();
  let saved: Uint8Array | undefined;
  const result = await runTrial(config, {
    clock,
    signal: controller.signal,
    checkpoints: {
      every: stopAfter,
      save: (bytes) => {
        saved = bytes;
        controller.abort();
        return Promise.resolve();
      },
    },
  });
  assertEquals(result, undefined);
  assert(saved);
  return saved;
}

for (const method of ["td3", "ddpg"]) {
  Deno.test(`the same config gives the same bytes of every file of ${method}`, async () => {
    const first = await runTrial(smallTrial({ method }), { clock });
    const second = await runTrial(smallTrial({ method }), { clock });
    assertEquals(first, second);
    assert(JSON.parse(String(first!.files["manifest.json"])).updates > 0);
  });

  Deno.test(`a trial of ${method} continued from a checkpoint equals one never stopped`, async () => {
    const config = smallTrial({ method });
    const whole = await runTrial(config, { clock });
    for (const stopAfter of [3, 8]) {
      const checkpoint = await interrupt(config, stopAfter);
      const seen: number[] = [];
      const continued = await runTrial(config, {
        clock,
        checkpoint,
        onEpisode: (row) => void seen.push(row.episode),
      });
      assertEquals(seen[0], stopAfter + 1);
      assertEquals(continued, whole);
    }
  });
}

Deno.test("another seed gives another curve", async () => {
  const first = await runTrial(smallTrial({ seed: 1 }), { clock });
  const second = await runTrial(smallTrial({ seed: 2 }), { clock });
  assert(first!.files["episodes.csv"] !== second!.files["episodes.csv"]);
});

Deno.test("evaluations come at their episodes and end on test traces", async () => {
  const result = await runTrial(smallTrial(), { clock });
  assertEquals(
    result!.evaluations.map(({ split, episode }) => [split, episode]),
    [
      ["validation", 4],
      ["validation", 8],
      ["validation", 12],
      ["test", 12],
    ],
  );
});

Deno.test("every evaluation has the hit rates of all readings, of which one is called the hit rate", async () => {
  const result = await runTrial(smallTrial({ episodes: 4 }), { clock });
  for (const row of result!.evaluations) {
    assertEquals(row.hitRate, row.hitRateOwnServer);
    assert(row.hitRateAnyServer >= row.hitRateOwnServer);
  }
});

Deno.test("timings are the clock's: a millisecond a decision, evaluations apart from training", async () => {
  let nowMs = 0;
  const result = await runTrial(smallTrial({ episodes: 4 }), {
    clock: () => nowMs++,
  });
  const { trainingSeconds, evaluationSeconds, decisionLatencyS } = result!
    .timings;
  assertEquals(decisionLatencyS, 0.001);
  assert(trainingSeconds > 0 && evaluationSeconds > 0);
  assert(trainingSeconds + evaluationSeconds < nowMs / 1000);
  const { slotEvaluations } = JSON.parse(
    String(result!.files["manifest.json"]),
  );
  assertEquals(slotEvaluations, 4 * SMALL_SCENARIO.parameters.slotsPerEpisode);
});

Deno.test("algorithms of one seed meet the same traces, other splits others", () => {
  const td3 = smallTrial({ method: "td3" });
  const ddpg = smallTrial({ method: "ddpg" });
  assertEquals(hashTraces(td3, "train"), hashTraces(ddpg, "train"));
  const same = smallTrial({ evaluationEpisodes: 2, testEpisodes: 2 });
  assert(hashTraces(same, "validation") !== hashTraces(same, "test"));
  assert(
    hashTraces(smallTrial({ seed: 4 }), "test") !== hashTraces(td3, "test"),
  );
});

Deno.test("trials of different seeds share no episode", () => {
  const last = episodeSeed(smallTrial({ seed: 3 }), 800);
  assert(last < episodeSeed(smallTrial({ seed: 4 }), 1));
});

Deno.test("a checkpoint of another trial is refused", async () => {
  const checkpoint = await interrupt(smallTrial({ seed: 1 }), 3);
  await assertRejects(
    () => runTrial(smallTrial({ seed: 2 }), { clock, checkpoint }),
    Error,
    "the checkpoint must be of td3-seed2",
  );
});

Deno.test("checkpoints are no closer in time than they may be", async () => {
  const savesWith = async (leastMs: number) => {
    let nowMs = 0;
    const saves: number[] = [];
    let episode = 0;
    await runTrial(smallTrial(), {
      clock: () => nowMs,
      onEpisode: (row) => {
        ({ episode } = row);
        nowMs += 1000;
      },
      checkpoints: {
        every: 2,
        leastMs,
        save: () => Promise.resolve(void saves.push(episode + 1)),
      },
    });
    return saves;
  };
  assertEquals(await savesWith(0), [2, 4, 6, 8, 10, 12]);
  // Five seconds have passed when the sixth episode ends, four more at the tenth.
  assertEquals(await savesWith(4000), [6, 10]);
});
