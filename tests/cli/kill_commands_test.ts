import { withTemporaryFolder } from "../experiments/fixtures.ts";
import { killCommand, runWhole } from "../stress/kill_commands.ts";
import { SWEEP_SUBJECT, TRAIN_SUBJECT } from "../stress/kill_subjects.ts";
import { CAN_FIND_PROCESSES } from "../stress/processes.ts";

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
