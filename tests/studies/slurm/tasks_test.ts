import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { TrialRequest } from "../../../lib/studies/slurm/requests.ts";
import { planTasks } from "../../../lib/studies/slurm/tasks.ts";
import { InputError } from "../../../lib/input/input_error.ts";

function requests(...seconds: number[]): TrialRequest[] {
  return seconds.map((each) => ({
    seconds: each,
    memoryBytes: each * 1000,
    measured: true,
  }));
}

const same = (count: number, seconds: number) =>
  requests(...new Array<number>(count).fill(seconds));

Deno.test("few trials get a task each, however short they are", () => {
  const { tasks } = planTasks(same(20, 5), { maxTasks: 1001 });
  assertEquals(tasks, Array.from({ length: 20 }, (_, index) => [index]));
});

Deno.test("many short trials share tasks of five minutes", () => {
  // 60,000 s are 200 times 300 s.
  const plan = planTasks(same(2000, 30), { maxTasks: 1001 });
  assertEquals(plan.tasks.length, 200);
  assert(plan.tasks.every((task) => task.length === 10));
  assertEquals(plan.seconds, 300 + 120);
});

Deno.test("tasks are no more than Slurm's arrays allow", () => {
  const plan = planTasks(same(10_000, 3600), { maxTasks: 1001 });
  assertEquals(plan.tasks.length, 1001);
  assertEquals(plan.seconds, 10 * 3600 + 120);
});

Deno.test("trials per task are at most as wished, or refused with the least that works", () => {
  const options = { maxTasks: 4, trialsPerTask: 3 };
  const plan = planTasks(same(10, 1), options);
  assertEquals(plan.tasks.map(({ length }) => length), [3, 3, 2, 2]);
  assertThrows(
    () => planTasks(same(13, 1), options),
    InputError,
    "--trials-per-task must be at least 4, since this cluster's arrays have at most 4 tasks, got 3",
  );
});

Deno.test("with few tasks at a time, trials of different lengths are spread evenly", () => {
  const plan = planTasks(requests(1, 2, 3, 4, 5, 6), {
    maxTasks: 100,
    maxParallel: 3,
  });
  assertEquals(plan.tasks, [[5, 0], [4, 1], [3, 2]]);
  assertEquals(plan.seconds, 7 + 120);
  assertEquals(plan.memoryBytes, 6000 + 256 * 2 ** 20);
});

Deno.test("every trial is in exactly one task and no task is empty", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1 }),
    fc.integer({ min: 1, max: 40 }),
    fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    (seconds, maxTasks, maxParallel) => {
      const plan = planTasks(requests(...seconds), { maxTasks, maxParallel });
      assert(plan.tasks.length <= maxTasks);
      assert(plan.tasks.every(({ length }) => length > 0));
      assertEquals(
        plan.tasks.flat().sort((a, b) => a - b),
        seconds.map((_, index) => index),
      );
    },
  ));
});
