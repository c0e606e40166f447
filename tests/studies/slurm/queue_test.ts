import { assertEquals } from "@std/assert";
import { parseQueue, phaseOf } from "../../../lib/studies/slurm/queue.ts";

/** What squeue 22.05 printed of an array on a private Slurm, and of its follower. */
const PRINTED = `fig6-1|1|9|PENDING|Resources
fig6-1|2|N/A|PENDING|Dependency
fig6-1|1|4|PENDING|(null)
fig6-1|1|0|COMPLETED|None
fig6-1|1|3|FAILED|NonZeroExitCode
fig6-1|1|1|NODE_FAIL|NodeDown
`;

Deno.test("tasks of arrays and single jobs are read from squeue", () => {
  assertEquals(parseQueue(PRINTED).map((entry) => Object.values(entry)), [
    ["fig6-1", 1, 9, "PENDING", "Resources"],
    ["fig6-1", 2, "PENDING", "Dependency"],
    ["fig6-1", 1, 4, "PENDING", "(null)"],
    ["fig6-1", 1, 0, "COMPLETED", "None"],
    ["fig6-1", 1, 3, "FAILED", "NonZeroExitCode"],
    ["fig6-1", 1, 1, "NODE_FAIL", "NodeDown"],
  ]);
  assertEquals(parseQueue("\n"), []);
});

Deno.test("reasons may hold the separator", () => {
  assertEquals(parseQueue("a|1|0|PENDING|odd|reason ")[0].reason, "odd|reason");
});

Deno.test("states that no list names are failures", () => {
  const states = [
    ...["PENDING", "RUNNING", "COMPLETING", "COMPLETED", "CANCELLED"],
    ...["TIMEOUT", "OUT_OF_MEMORY", "NODE_FAIL", "PREEMPTED", "NEW_IN_2030"],
  ];
  assertEquals(states.map(phaseOf), [
    ...["waiting", "running", "running", "completed", "cancelled"],
    ...["failed", "failed", "failed", "failed", "failed"],
  ]);
});
