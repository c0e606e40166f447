import { assertEquals } from "@std/assert";
import {
  createSubmission,
  readSubmissions,
} from "../../../lib/studies/slurm/folder.ts";
import {
  runTask,
  type RunTaskOptions,
} from "../../../lib/studies/slurm/run_task.ts";
import { namesIn, storeTrial } from "../../../lib/trials/store.ts";
import { readFailures, recordFailure } from "../../../lib/studies/failures.ts";
import { logPath } from "../../../lib/studies/folder.ts";
import { trialId } from "../../../lib/trials/trial.ts";
import {
  script,
  smallTrial,
  withTemporaryFolder,
} from "../../trials/fixtures.ts";

const FINISH = `console.log('{"type":"finished","directory":"x"}');`;
const TRIALS = [0, 1, 2].map((seed) => {
  const config = smallTrial({ seed });
  return { id: trialId(config), config };
});

/** Runs a task of three trials; its report, the failures on record, what it said. */
async function run(
  options: Pick<RunTaskOptions, "command"> & Partial<RunTaskOptions>,
  trials = TRIALS,
  prepare: (data: string) => Promise<void> = async () => {},
) {
  const said: string[] = [];
  let outcome;
  let failures: [string, string][] = [];
  let logs: string[] = [];
  let stored: string[] = [];
  await withTemporaryFolder(async (data) => {
    await prepare(data);
    const { folder } = await createSubmission(data, "test", {
      tasks: [trials],
      files: () => ({}),
    });
    const complete = await runTask({
      dataDirectory: data,
      sweep: "test",
      submission: folder,
      task: 0,
      job: 5,
      node: "n1",
      say: (line) => void said.push(line),
      ...options,
    });
    const [{ reports }] = await readSubmissions(data, "test");
    outcome = { complete, report: reports.get(0) };
    failures = [...await readFailures(data, "test")];
    stored = (await namesIn(`${data}/trials`)).sort();
    logs = await Promise.all(
      trials.map(({ id }) =>
        Deno.readTextFile(logPath(data, "test", id)).catch(() => "")
      ),
    );
  });
  return { outcome, said, failures, logs, stored };
}

Deno.test("a task runs its trials in turn and those that fail do not stop it", async () => {
  const { outcome, said, failures, logs } = await run({
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
    `${first} finished`,
    `${second} failed: bang`,
    `${third} finished`,
  ]);
  assertEquals(failures, [[second, "bang"]]);
  const begun = "--- started by task 5_0 on n1\n";
  assertEquals(logs, [
    `${begun}--- finished\n`,
    `${begun}bang\n--- failed: bang\n`,
    `${begun}--- finished\n`,
  ]);
});

Deno.test("a task leaves out what is finished and is then complete", async () => {
  const started: number[] = [];
  const { outcome, failures } = await run(
    {
      command: ({ seed }) => {
        started.push(seed);
        return script(FINISH);
      },
    },
    TRIALS,
    async (data) => {
      await storeTrial(data, TRIALS[1].config, {});
      for (const { id } of TRIALS) {
        await recordFailure(data, "test", id, "long ago");
      }
    },
  );
  assertEquals(failures, []);
  assertEquals(started, [0, 2]);
  assertEquals(outcome, {
    complete: true,
    report: { job: 5, node: "n1", failed: [], end: "done" },
  });
});

Deno.test("a task removes what killed ones left of its trials, but no checkpoints", async () => {
  const [first, second, third] = TRIALS.map(({ id }) => id);
  const { stored } = await run(
    { command: () => script("Deno.exit(1)") },
    TRIALS,
    async (data) => {
      await storeTrial(data, TRIALS[1].config, {});
      for (
        const name of [
          `${first}.checkpoint`,
          `.${first}.checkpoint.7.tmp`,
          `${second}.checkpoint`,
          `.${second}.checkpoint.7.tmp`,
          `${third}.lock`,
          ".other.checkpoint.7.tmp",
        ]
      ) await Deno.writeTextFile(`${data}/trials/${name}`, "");
    },
  );
  assertEquals(
    stored,
    [".other.checkpoint.7.tmp", `${first}.checkpoint`, second].sort(),
  );
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
