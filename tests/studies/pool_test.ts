import { assert, assertEquals } from "@std/assert";
import { runPool } from "../../lib/studies/pool.ts";
import { script, smallTrial } from "../trials/fixtures.ts";

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
          `for await (const _ of Deno.stdin.readable);`,
      );
    },
    onEpisode: () => controller.abort(),
  });
  assertEquals(failed, []);
  assertEquals(started, 1);
  assert(controller.signal.aborted);
});

Deno.test("with failFast the first failure stops the others", async () => {
  const failed = await runPool({
    trials,
    jobs: 2,
    failFast: true,
    command: (trial) =>
      script(
        trial.seed === 0
          ? "console.error('out of luck'); Deno.exit(3)"
          : "for await (const _ of Deno.stdin.readable);",
      ),
  });
  assertEquals(failed.map(({ trial }) => trial.seed), [0]);
});

Deno.test("what another process runs is put off until that one is done with it", async () => {
  const events: string[] = [];
  let looks = 0;
  const failed = await runPool({
    trials,
    jobs: 1,
    readiness: (trial) => {
      if (trial.seed !== 0) return Promise.resolve("ready");
      return Promise.resolve(looks++ === 0 ? "busy" : "finished");
    },
    command: (trial) => {
      events.push(`start ${trial.seed}`);
      // Another process was faster between looking and starting.
      return script(
        trial.seed === 1 && events.length === 1
          ? `console.log('{"type":"busy"}')`
          : FINISH,
      );
    },
    onFinished: (trial) => void events.push(`end ${trial.seed}`),
  });
  assertEquals(failed, []);
  assertEquals(events, [
    ...["start 1", "start 2", "end 2"],
    ...["end 0", "start 1", "end 1"],
  ]);
});
