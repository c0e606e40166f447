import { assert, assertEquals } from "@std/assert";
import { runPool } from "../../lib/experiments/pool.ts";
import { smallTrial } from "./fixtures.ts";

/** A worker that runs a line of code instead of a trial. */
function script(code: string): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", code],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

const FINISH = `console.log('{"type":"finished","directory":"x"}')`;
const trials = [0, 1, 2].map((seed) => smallTrial({ seed }));

Deno.test("a worker that fails takes no other with it and says why", async () => {
  const finished: number[] = [];
  const failed = await runPool({
    trials,
    jobs: 2,
    command: (trial) =>
      script(
        trial.seed === 1
          ? "console.error('out of luck'); Deno.exit(3)"
          : `console.log('{"type":"episode","row":{"episode":1}}');${FINISH}`,
      ),
    onFinished: (trial) => void finished.push(trial.seed),
  });
  assertEquals(failed.map(({ trial, reason }) => [trial.seed, reason]), [
    [1, "out of luck"],
  ]);
  assertEquals(finished.sort(), [0, 2]);
});

Deno.test("a worker that ends without a result has failed", async () => {
  const failed = await runPool({
    trials: trials.slice(0, 1),
    jobs: 1,
    command: () => script("0"),
  });
  assertEquals(failed[0].reason, "ended with exit code 0");
});

Deno.test("no more workers than jobs run at a time", async () => {
  let running = 0;
  let most = 0;
  await runPool({
    trials,
    jobs: 1,
    command: () => {
      most = Math.max(most, ++running);
      return script(FINISH);
    },
    onFinished: () => void running--,
  });
  assertEquals(most, 1);
});

Deno.test("aborting ends the workers and starts no more", async () => {
  const controller = new AbortController();
  let started = 0;
  const failed = await runPool({
    trials,
    jobs: 1,
    signal: controller.signal,
    command: () => {
      started++;
      return script(
        `console.log('{"type":"episode","row":{"episode":1}}');` +
          `await new Promise((done) => setTimeout(done, 60_000))`,
      );
    },
    onEpisode: () => controller.abort(),
  });
  assertEquals(failed, []);
  assertEquals(started, 1);
  assert(controller.signal.aborted);
});
