/**
 * The choice `auto`: the engine that is fastest on this machine.
 *
 * @module
 */

import { RandomStream } from "../math/mod.ts";
import type { Engine, EngineOptions, LearnerShape } from "./types.ts";
import { cachePath } from "./wasm/cache_path.ts";

/** The paper's networks, which are what is measured. */
const SHAPE: LearnerShape = {
  observationSize: 41,
  actionSize: 80,
  hiddenSizes: [256, 256],
  batchSize: 64,
  criticCount: 2,
};

/** Updates that let V8 compile, and updates of which the fastest counts. */
const WARM_UP = 8;
const MEASURED = 5;

/** Something that updates networks on numbers that are not 0. */
function createUpdate(engine: Engine): () => void {
  const { actor, critics, batch } = engine.createLearner(SHAPE);
  const stream = new RandomStream(0, "fastest-engine");
  for (const network of [actor, critics]) {
    const parameters = stream.fillNormal(network.readParameters());
    network.writeParameters(parameters.map((value) => 0.1 * value));
  }
  for (const input of [batch.observation, batch.action, batch.target]) {
    stream.fillNormal(input);
  }
  return () => {
    critics.regress(batch.observation, batch.action, batch.target, 1e-4);
    actor.ascend(batch.observation, 1e-4);
  };
}

/** The least milliseconds of an update, of each engine, in turns. */
function measure(engines: readonly Engine[]): number[] {
  const updates = engines.map(createUpdate);
  const least = updates.map(() => Infinity);
  for (let round = 0; round < WARM_UP + MEASURED; round++) {
    updates.forEach((update, i) => {
      const start = performance.now();
      update();
      const ms = performance.now() - start;
      if (round >= WARM_UP) least[i] = Math.min(least[i], ms);
    });
  }
  return least;
}

/** Names of the fastest by what they ran on; nothing of what cannot be read. */
async function readKept(path: string): Promise<Record<string, unknown>> {
  try {
    const kept = JSON.parse(await Deno.readTextFile(path));
    return kept !== null && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/**
 * Opens the engines that can be opened and returns the fastest: measured once, in
 * less than a tenth of a second, and then kept in the checkout's cache for these
 * libraries and kernels, so that a trial that continues does so on the same engine.
 *
 * @param open Opens the engines, the first of which always opens.
 */
export async function openFastestEngine(
  open: readonly ((options: EngineOptions) => Promise<Engine>)[],
  options: EngineOptions,
  path: string = cachePath("fastest-engine.json"),
): Promise<Engine> {
  const engines: Engine[] = [];
  for (const one of open) {
    try {
      engines.push(await one(options));
    } catch (error) {
      if (engines.length === 0) throw error;
    }
  }
  if (engines.length === 1) return engines[0];
  const key = engines.map(({ name, library }) => `${name}: ${library ?? ""}`)
    .join("; ");
  const kept = await readKept(path);
  const known = engines.find(({ name }) => name === kept[key]);
  if (known !== undefined) return known;
  const times = measure(engines);
  const fastest = engines[times.indexOf(Math.min(...times))];
  try {
    const text = JSON.stringify({ ...kept, [key]: fastest.name }, null, 1);
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, `${text}\n`);
  } catch {
    // Where nothing may be written it is measured every time.
  }
  return fastest;
}
