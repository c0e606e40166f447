import { assertEquals } from "@std/assert";
import { storeTrial } from "../../../lib/experiments/store.ts";
import {
  Forecast,
  readForecast,
} from "../../../lib/experiments/sweep/forecast.ts";
import { deriveScenario } from "../../../lib/scenario/scenario.ts";
import { smallTrial, withTemporaryFolder } from "../fixtures.ts";

Deno.test("a trial takes as long per episode as those of its kind took", () => {
  const forecast = new Forecast();
  const short = smallTrial({ episodes: 10 });
  assertEquals(forecast.secondsOf(short), undefined);
  forecast.add(short, 5, 10);
  forecast.add(smallTrial({ episodes: 30, seed: 9 }), 35, 30);
  assertEquals(forecast.secondsOf(smallTrial({ episodes: 100 })), 100);
  assertEquals(forecast.secondsOf(short, 3), 3);
  for (
    const other of [
      smallTrial({ algorithm: "ddpg" }),
      smallTrial({ engine: "tfjs" }),
      smallTrial({
        scenario: deriveScenario(short.scenario, {
          parameters: { numUsers: 9 },
        }),
      }),
    ]
  ) assertEquals(forecast.secondsOf(other), undefined);
});

Deno.test("finished trials tell how long they took, unreadable ones nothing", async () => {
  await withTemporaryFolder(async (data) => {
    assertEquals((await readForecast(data)).secondsOf(smallTrial()), undefined);
    const config = smallTrial({ episodes: 20 });
    const timings = { trainingSeconds: 3, evaluationSeconds: 1 };
    await storeTrial(data, config, {
      "manifest.json": JSON.stringify({ config }),
      "provenance.json": JSON.stringify(timings),
    });
    await storeTrial(data, smallTrial({ episodes: 21 }), {
      "manifest.json": "{",
      "provenance.json": JSON.stringify(timings),
    });
    const forecast = await readForecast(data);
    assertEquals(forecast.secondsOf(smallTrial({ episodes: 10 })), 2);
  });
});
