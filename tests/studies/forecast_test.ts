import { assertEquals } from "@std/assert";
import {
  Forecast,
  kindOf,
  readForecast,
  workOf,
} from "../../lib/studies/forecast.ts";
import type { TrialConfig } from "../../lib/trials/trial.ts";
import { deriveScenario } from "../../lib/scenario/scenario.ts";
import {
  smallTrial,
  storeSealed,
  withTemporaryFolder,
} from "../trials/fixtures.ts";

/** Seconds that trials take, one after another, and how many are unknown. */
function foresee(forecast: Forecast, ...trials: TrialConfig[]) {
  const { seconds, unknown } = forecast.foresee(workOf(trials), 1);
  return [seconds, unknown];
}

Deno.test("a trial takes as long per episode as those of its kind took", () => {
  const forecast = new Forecast();
  const short = smallTrial({ episodes: 10 });
  assertEquals(foresee(forecast, short), [0, 1]);
  forecast.add(kindOf(short), 5, 10);
  forecast.add(kindOf(smallTrial({ episodes: 30, seed: 9 })), 35, 30);
  assertEquals(foresee(forecast, smallTrial({ episodes: 100 })), [100, 0]);
  const others = [
    smallTrial({ method: "ddpg" }),
    smallTrial({ engine: "tfjs" }),
    smallTrial({
      scenario: deriveScenario(short.scenario, { parameters: { numUsers: 9 } }),
    }),
  ];
  assertEquals(foresee(forecast, short, ...others), [10, 3]);
});

Deno.test("several jobs share the work, but not a trial", () => {
  const forecast = new Forecast();
  const long = smallTrial({ method: "ddpg", episodes: 100 });
  forecast.add(kindOf(smallTrial()), 1, 1);
  forecast.add(kindOf(long), 1, 1);
  const short = [0, 1, 2].map((seed) => smallTrial({ seed, episodes: 20 }));
  const secondsOf = (jobs: number, ...trials: TrialConfig[]) =>
    forecast.foresee(workOf(trials), jobs).seconds;
  assertEquals(secondsOf(2, ...short), 30);
  assertEquals(secondsOf(2, ...short, long), 100);
});

Deno.test("finished trials tell how long they took, unreadable ones nothing", async () => {
  await withTemporaryFolder(async (data) => {
    assertEquals(foresee(await readForecast(data), smallTrial()), [0, 1]);
    const config = smallTrial({ episodes: 20 });
    // It took 3 s of training and 1 s of evaluations.
    await storeSealed(data, config, {});
    for (const [k, text] of ["{", "", "null", "7", "{}"].entries()) {
      for (const name of ["manifest.json", "provenance.json"]) {
        const other = smallTrial({ episodes: 21 + k, seed: name.length });
        const folder = await storeSealed(data, other, {});
        await Deno.writeTextFile(`${folder}/${name}`, text);
      }
    }
    const forecast = await readForecast(data);
    assertEquals(foresee(forecast, smallTrial({ episodes: 10 })), [2, 0]);
  });
});
