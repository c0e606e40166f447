import { assert, assertEquals } from "@std/assert";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { killCommand, runWhole } from "../stress/kill_commands.ts";
import { SWEEP_SUBJECT, TRAIN_SUBJECT } from "../stress/kill_subjects.ts";
import {
  CAN_FIND_PROCESSES,
  findProcesses,
  startTask,
  waitForEnd,
} from "../stress/processes.ts";

Deno.test({
  name:
    "train and sweep that are killed leave no process and nothing half-written",
  ignore: !CAN_FIND_PROCESSES,
  fn: () =>
    withTemporaryFolder(async (folder) => {
      await Promise.all([TRAIN_SUBJECT, SWEEP_SUBJECT].map(async (subject) => {
        const own = `${folder}/${subject.name}`;
        const tookMs = await runWhole(subject, `${own}/whole`);
        const files = await subject.read(`${own}/whole`);
        for (const signal of ["SIGTERM", "SIGKILL"] as const) {
          await killCommand(subject, { files, tookMs }, {
            folder: `${own}/${signal}`,
            signal,
            kills: 1,
            seed: 0,
          });
        }
      }));
    }),
});

Deno.test({
  name: "nothing is left of a training whose npx is killed",
  ignore: !CAN_FIND_PROCESSES,
  fn: () =>
    withTemporaryFolder(async (folder) => {
      const args = ["train", "td3", "--episodes", "5000", "--data", folder];
      const task = startTask(Deno.cwd(), args, "killed-npx", true);
      // What stands for npx, its shell, deno task, the launcher, the watcher and the
      // command.
      for (let k = 0; k < 100; k++) {
        if ((await findProcesses(task)).length >= 6) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert((await findProcesses(task)).length >= 6);
      task.process.kill("SIGKILL");
      await task.process.status;
      assertEquals(await waitForEnd(task, 6000), []);
    }),
});
