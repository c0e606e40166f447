/**
 * `deno task stress:sweep`: kills a sweep of 40 trials 200 times, alone and beside
 * another on the same folder.
 *
 * Arguments: kills, and seed of the moments.
 *
 * @module
 */

import { KILL_CONFIG } from "./kill_config.ts";
import { killSweep } from "./kill_sweep.ts";

const [kills = 200, seed = 0] = Deno.args.map(Number);
for (const sweeps of [1, 2]) {
  const folder = await Deno.makeTempDir();
  const startMs = performance.now();
  const report = await killSweep({
    folder,
    config: KILL_CONFIG,
    kills: sweeps === 1 ? kills : Math.ceil(kills / 4),
    seed,
    sweeps,
    longestMs: 1500,
    jobs: 2,
    onNote: (line) => console.log(line),
  });
  const seconds = (performance.now() - startMs) / 1000;
  console.log(`${sweeps} at a time:`, report, `${seconds.toFixed(0)} s`);
  await Deno.remove(folder, { recursive: true });
}
