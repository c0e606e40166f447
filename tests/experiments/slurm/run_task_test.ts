import { assertEquals } from "@std/assert";
import {
  createSubmission,
  readSubmissions,
} from "../../../lib/experiments/slurm/folder.ts";
import {
  runTask,
  type RunTaskOptions,
} from "../../../lib/experiments/slurm/run_task.ts";
import { trialId } from "../../../lib/experiments/trial.ts";
import { script, smallTrial, withTemporaryFolder } from "../fixtures.ts";

const FINISH = `console.log('{"type":"finished","directory":"x"}');`;
const TRIALS = [0, 1, 2].map((seed) => {
  const config = smallTrial({ seed });
  return { id: trialId(config), config };
});

/** Runs a task of three trials; its last report, and what it said. */
async function run(
  options: Pick<RunTaskOptions, "command"> & Partial<RunTaskOptions>,
  trials = TRIALS,
) {
  const said: string[] = [];
  let outcome;
  await withTemporaryFolder(async (data) => {
    const { folder } = await createSubmission(data, "test", {
      tasks: [trials],
      files: () => ({}),
    });
    const complete = await runTask({
      submission: folder,
      task: 0,
      job: 5,
      node: "n1",
      say: (line) => void said.push(line),
      ...options,
    });
    const [{ reports }] = await readSubmissions(data, "test");
    outcome = { complete, report: reports.get(0) };
  });
  return { outcome, said };
}

Deno.test("a task runs its trials in turn and those that fail do not stop it", async () => {
  const { outcome, said } = await run({
    command: ({ seed }) =>
      script(seed === 1 ? "console.error('bang'); Deno.exit(1)" : FINISH),
  });
  const [first, second, third] = TRIALS.map(({ id }) => id);
  assertEquals(outcome, {
    complete: false,
    report: {
      job: 5,
      node: "n1",
      failed: [{ id: second, reason: "bang" }],
      end: "done",
    },
  });
  assertEquals(said, [
    `${first} is done`,
    `${second}: bang`,
    `${second} failed: bang`,
    `${third} is done`,
  ]);
});

Deno.test("a task leaves out what is finished and is then complete", async () => {
  const started: number[] = [];
  const { outcome } = await run({
    readiness: ({ seed }) => Promise.resolve(seed === 1 ? "finished" : "ready"),
    command: ({ seed }) => {
      started.push(seed);
      return script(FINISH);
    },
  });
  assertEquals(started, [0, 2]);
  assertEquals(outcome, {
    complete: true,
    report: { job: 5, node: "n1", failed: [], end: "done" },
  });
});

Deno.test("a task that is told to stop says so", async () => {
  const controller = new AbortController();
  const { outcome } = await run({
    signal: controller.signal,
    command: () => {
      setTimeout(() => controller.abort(), 100);
      return script("for await (const _ of Deno.stdin.readable); Deno.exit(1)");
    },
  });
  assertEquals(outcome, {
    complete: false,
    report: { job: 5, node: "n1", failed: [], end: "stopped" },
  });
});

Deno.test("trials that the code would now run as others fail unrun", async () => {
  const { outcome } = await run(
    { command: () => script("Deno.exit(1)") },
    [{ ...TRIALS[0], id: "td3-seed0-000000000000" }],
  );
  assertEquals(outcome, {
    complete: false,
    report: {
      job: 5,
      node: "n1",
      failed: [{
        id: "td3-seed0-000000000000",
        reason: "the code gives other numbers than when it was submitted",
      }],
      end: "done",
    },
  });
});
