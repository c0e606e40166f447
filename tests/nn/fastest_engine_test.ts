import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { openFastestEngine } from "../../lib/nn/fastest_engine.ts";
import { type Engine, type EngineName, openEngine } from "../../lib/nn/mod.ts";

const wasm = await openEngine("wasm", { native: false });

/** An engine that computes as wasm does, after some work in vain. */
function engine(name: EngineName, library: string, turns: number): Engine {
  return {
    name,
    library,
    createLearner(shape) {
      const learner = wasm.createLearner(shape);
      const { critics, batch } = learner;
      return {
        ...learner,
        actor: Object.assign(learner.actor, {
          ascend: () => {
            for (let i = 0; i < turns; i++) {
              critics.values(batch.observation, batch.action, batch.nextValues);
            }
            return 0;
          },
        }),
      };
    },
  };
}

const opens = (...engines: Engine[]) =>
  engines.map((one) => () => Promise.resolve(one));

Deno.test("the engine that takes less time is opened, and kept for its library", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "cache", "fastest.json");
  const slow = engine("wasm", "slow", 10);
  const fast = engine("blas", "fast", 1);
  const first = await openFastestEngine(opens(slow, fast), {}, path);
  assertEquals(first.library, "fast");
  // What is kept counts, not what would be measured now.
  const slower = engine("blas", "fast", 60);
  const again = await openFastestEngine(opens(slow, slower), {}, path);
  assertEquals(again.library, "fast");
  // Other libraries are measured anew.
  const other = engine("blas", "other", 60);
  const measured = await openFastestEngine(opens(slow, other), {}, path);
  assertEquals(measured.library, "slow");
  assertEquals(
    Object.values(JSON.parse(await Deno.readTextFile(path))),
    ["blas", "wasm"],
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a cache that cannot be read or written costs a measurement, no more", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "fastest.json");
  const slow = engine("wasm", "slow", 10);
  const fast = engine("blas", "fast", 1);
  for (const damaged of ["", "nonsense", "null", "[1]", '{"wasm: slow":7}']) {
    await Deno.writeTextFile(path, damaged);
    const { library } = await openFastestEngine(opens(slow, fast), {}, path);
    assertEquals(library, "fast", damaged);
  }
  await Deno.remove(path);
  await Deno.mkdir(path);
  const { library } = await openFastestEngine(opens(slow, fast), {}, path);
  assertEquals(library, "fast");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("an engine that does not open is left out, unless it is the first", async () => {
  const none = () => Promise.reject(new Error("no BLAS"));
  const [open] = opens(engine("wasm", "only", 1));
  assertEquals((await openFastestEngine([open, none], {}, "")).library, "only");
  const message = await openFastestEngine([none, open], {}, "")
    .catch((error: Error) => error.message);
  assertEquals(message, "no BLAS");
});
