/**
 * `deno task stress:kill`: kills commands of `deno task` by every signal, and looks
 * what is left.
 *
 * Arguments: kills by each signal, seed of moments and victims, and commands, if
 * not all.
 *
 * @module
 */

import { killCommand, runWhole } from "./kill_commands.ts";
import {
  NOTEBOOKS_SUBJECT,
  REPRODUCE_SUBJECT,
  SWEEP_SUBJECT,
  TRAIN_SUBJECT,
} from "./kill_subjects.ts";

const SUBJECTS = [
  TRAIN_SUBJECT,
  SWEEP_SUBJECT,
  NOTEBOOKS_SUBJECT,
  REPRODUCE_SUBJECT,
];

const SIGNALS = ["SIGHUP", "SIGTERM", "SIGINT", "SIGKILL"] as const;

const [kills = 5, seed = 0] = Deno.args.slice(0, 2).map(Number);
const names = Deno.args.slice(2);
for (
  const subject of SUBJECTS.filter(({ name }) =>
    names.length === 0 || names.includes(name)
  )
) {
  const folder = await Deno.makeTempDir();
  const tookMs = await runWhole(subject, `${folder}/whole`);
  const files = await subject.read(`${folder}/whole`);
  for (const signal of SIGNALS) {
    const { victims, longestMs, folders } = await killCommand(
      subject,
      { files, tookMs },
      { folder: `${folder}/${signal}`, signal, kills, seed },
    );
    console.log(
      `${subject.name} ${signal}: ${
        Object.entries(victims).map(([name, n]) => `${n} × ${name}`).join(", ")
      }; all gone after ${
        Math.round(longestMs)
      } ms at most; ${folders} runs with the same bytes`,
    );
  }
  await Deno.remove(folder, { recursive: true });
}
