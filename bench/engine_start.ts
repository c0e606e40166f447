/**
 * How long an engine takes to start, in a process of its own: once open, it stays
 * warm for the rest of a process.
 *
 * @module
 */

import { type Engine, type EngineName, openEngine } from "../lib/nn/mod.ts";
import type { Contender } from "./contender.ts";
import { learnerShape } from "./update_contenders.ts";

/** Milliseconds from nothing to the networks of the paper's TD3 agent. */
async function start(name: EngineName): Promise<number> {
  const begin = performance.now();
  const engine = await openEngine(name);
  engine.createLearner(learnerShape("td3", 64)).dispose();
  return performance.now() - begin;
}

/** Starts an engine in one new process after another. */
export function startContender({ name }: Engine): Contender {
  return {
    name: `start/${name}`,
    unit: "start",
    async run(count) {
      let ms = 0;
      for (let i = 0; i < count; i++) {
        const { stdout } = await new Deno.Command(Deno.execPath(), {
          args: [
            "run",
            "--no-prompt",
            "--allow-read",
            "--allow-ffi",
            import.meta.url,
            name,
          ],
          stdin: "null",
          stderr: "null",
        }).output();
        ms += Number(new TextDecoder().decode(stdout));
      }
      return { ms };
    },
  };
}

if (import.meta.main) console.log(await start(Deno.args[0] as EngineName));
