import { assertEquals } from "@std/assert";
import type { QueueEntry } from "../../../lib/studies/slurm/queue.ts";
import type { TaskReport } from "../../../lib/studies/slurm/report.ts";
import {
  readTrialStatuses,
  type Submission,
} from "../../../lib/studies/slurm/status.ts";

const NAME = "fig6-1";

function submission(
  reports: Record<number, Partial<TaskReport>> = {},
  overrides: Partial<Submission> = {},
): Submission {
  return {
    number: 1,
    jobName: NAME,
    tasks: [["a", "b"], ["c"]],
    reports: new Map(
      Object.entries(reports).map(([task, report]) => [
        Number(task),
        { job: 7, node: "n1", failed: [], ...report },
      ]),
    ),
    cancelled: false,
    ...overrides,
  };
}

function entry(task: number, state: string, reason = "None"): QueueEntry {
  return { name: NAME, job: 7, task, state, reason };
}

function statusOf(
  queue: QueueEntry[],
  submissions: Submission[],
  finished: string[] = [],
  failures: Record<string, string> = {},
): string[] {
  return readTrialStatuses({
    ids: ["a", "b", "c"],
    finished: new Set(finished),
    submissions,
    queue,
    failures: new Map(Object.entries(failures)),
  }).map(({ phase, reason }) => reason ? `${phase}: ${reason}` : phase);
}

Deno.test("trials are new until they are submitted, done whoever ran them", () => {
  assertEquals(statusOf([], [], ["b"]), ["new", "done", "new"]);
});

Deno.test("waiting tasks say why; of a running task's trials one runs", () => {
  assertEquals(
    statusOf(
      [entry(0, "RUNNING"), entry(1, "PENDING", "Priority")],
      [submission({
        0: { running: "b", failed: [{ id: "a", reason: "bang" }] },
      })],
    ),
    ["failed: bang", "running", "pending: Priority"],
  );
  // The report is of an earlier run, before the node failed.
  assertEquals(
    statusOf([{ ...entry(0, "RUNNING"), job: 8 }, entry(1, "COMPLETING")], [
      submission({ 0: { running: "a" }, 1: { running: "c" } }),
    ]),
    ["pending: its task runs", "pending: its task runs", "running"],
  );
});

Deno.test("where Slurm has no reason yet, that is said", () => {
  assertEquals(
    statusOf([entry(0, "PENDING"), entry(1, "PENDING", "(null)")], [
      submission(),
    ]),
    [
      "pending: Slurm has not looked at it yet",
      "pending: Slurm has not looked at it yet",
      "pending: Slurm has not looked at it yet",
    ],
  );
});

Deno.test("ended tasks say how they ended", () => {
  assertEquals(
    statusOf(
      [entry(0, "NODE_FAIL", "NodeDown"), entry(1, "CANCELLED")],
      [submission({ 0: { running: "b" } })],
      ["a"],
    ),
    ["done", "failed: its task ended with NODE_FAIL (NodeDown)", "cancelled"],
  );
  assertEquals(
    statusOf(
      [entry(0, "COMPLETED"), entry(1, "FAILED", "NonZeroExitCode")],
      [submission({
        0: { end: "done" },
        1: { failed: [{ id: "c", reason: "bang" }], end: "done" },
      })],
      ["b"],
    ),
    ["failed: its result is not there any more", "done", "failed: bang"],
  );
});

Deno.test("of a task that was told to stop, Slurm's state says why if it does", () => {
  const stopped = [
    submission({ 0: { end: "stopped" }, 1: { end: "stopped" } }),
  ];
  assertEquals(
    statusOf(
      [entry(0, "TIMEOUT", "TimeLimit"), entry(1, "FAILED", "NonZeroExitCode")],
      stopped,
      ["b"],
    ),
    [
      "failed: its task ended with TIMEOUT (TimeLimit)",
      "done",
      "failed: its task was told to stop, as when its time is over",
    ],
  );
});

Deno.test("a task that Slurm calls failed was killed if it said nothing of an end", () => {
  assertEquals(
    statusOf(
      [entry(0, "FAILED", "JobLaunchFailure"), entry(1, "FAILED", "None")],
      [submission({ 0: { running: "a" } })],
    ),
    [
      "failed: its task was killed (FAILED, JobLaunchFailure)",
      "failed: its task was killed before its turn (FAILED, JobLaunchFailure)",
      "failed: its task ended before it began (FAILED, None)",
    ],
  );
});

Deno.test("tasks that Slurm has forgotten are explained by their reports", () => {
  assertEquals(
    statusOf([], [submission({ 0: { running: "a" }, 1: { end: "stopped" } })]),
    [
      "failed: its task was killed",
      "failed: its task was killed before its turn",
      "failed: its task was told to stop, as when its time is over",
    ],
  );
  assertEquals(
    statusOf([], [submission({}, { cancelled: true })], ["c"]),
    ["cancelled", "cancelled", "done"],
  );
});

Deno.test("recorded failures explain what Slurm has forgotten, and what never was on it", () => {
  const failures = { a: "no space left", c: "NODE_FAIL (NodeDown)" };
  assertEquals(
    statusOf([], [submission({}, { tasks: [["c"]] })], [], failures),
    [
      "failed: no space left",
      "new",
      "failed: NODE_FAIL (NodeDown)",
    ],
  );
  // Trials that run again have not failed yet.
  assertEquals(
    statusOf(
      [entry(1, "PENDING", "Priority")],
      [submission()],
      ["a"],
      failures,
    ),
    ["done", "failed: its task ended before it began", "pending: Priority"],
  );
});

Deno.test("the last submission of a trial counts, and its last job", () => {
  const failed = submission({
    0: { failed: [{ id: "a", reason: "bang" }], end: "done" },
  });
  const again = submission({}, {
    number: 2,
    jobName: "fig6-2",
    tasks: [["a"]],
  });
  const queue = [
    entry(0, "FAILED"),
    entry(1, "COMPLETED"),
    { ...entry(0, "PENDING", "Resources"), name: "fig6-2", job: 8 },
    { ...entry(0, "FAILED", "RaisedSignal:9(Killed)"), name: "fig6-2", job: 6 },
  ];
  for (const submissions of [[failed, again], [again, failed]]) {
    assertEquals(
      statusOf(queue, submissions, ["b", "c"])[0],
      "pending: Resources",
    );
  }
});
