/**
 * How long an engine takes to start, in a process of its own: once open, it stays
 * warm for the rest of a process.
 *
 * @module
 */

import type { Contender } from "./contender.ts";
import { type EngineEntry, ENGINES } from "./engines.ts";
import { learnerShape } from "./update_contenders.ts";

/** Milliseconds from nothing to the networks of the paper's TD3 agent. */
async function start({ open }: EngineEntry): Promise<number> {
  const begin = performance.now();
  const engine = await open();
  engine.createLearner(learnerShape("td3", 64)).dispose();
  return performance.now() - begin;
}

/** Starts an engine in one new process after another. */
export function startContender(
  { label }: Pick<EngineEntry, "label">,
): Contender {
  return {
    name: `start/${label}`,
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
            label,
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

if (import.meta.main) {
  const wanted = ENGINES.find(({ label }) => label === Deno.args[0]);
  if (wanted === undefined) throw new Error(`No engine ${Deno.args[0]}`);
  console.log(await start(wanted));
}
