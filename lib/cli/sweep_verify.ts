/**
 * `deno task sweep --verify`: what is wrong with trials, and moving it aside.
 *
 * @module
 */

import { listFiles, NO_RECORD } from "../trials/stale.ts";
import { setTrialAside } from "../trials/aside.ts";
import type { Verification } from "../studies/verify.ts";
import { oneLine } from "./terminal.ts";

/** Prints what is wrong, and moves it aside if asked to; returns the exit code. */
export async function reportVerification(
  { checked, problems, stale }: Verification,
  { data, repair }: { data: string; repair?: boolean },
): Promise<number> {
  for (const { path, problem } of problems) {
    console.log(oneLine(`${path}: ${problem}`));
  }
  for (const { id, files } of stale) {
    console.log(
      `${id} is stale: ${files === undefined ? NO_RECORD : listFiles(files)}`,
    );
  }
  if (problems.length === 0) {
    console.log(`Checked ${checked} trials: all are whole.`);
    return 0;
  }
  console.log(`Checked ${checked} trials. Problems: ${problems.length}.`);
  const trials = new Set(problems.flatMap(({ trial }) => trial ?? []));
  for (const trial of trials) {
    const aside = repair ? await setTrialAside(data, trial) : undefined;
    if (aside !== undefined) console.log(`${trial} is now ${aside}`);
  }
  if (trials.size > 0 && !repair) {
    console.log(
      "To move damaged trials aside, for a sweep to run them again, add --repair",
    );
  }
  return 1;
}
