/**
 * A worker that writes a journal: which process ran which trial, and whether it
 * stored results. It makes checkpoints often, so that kills meet them.
 *
 * Arguments: data folder, config of the trial, journal.
 *
 * @module
 */

import { main } from "../../lib/cli/trial_worker.ts";
import { type TrialConfig, trialId } from "../../lib/trials/trial.ts";

const [, config, journal] = Deno.args;
const id = trialId(JSON.parse(config) as TrialConfig);

function write(event: string): void {
  const line = `${event} ${id} ${Deno.pid}\n`;
  Deno.writeTextFileSync(journal, line, { append: true });
}

write("start");
let ran = false;
const code = await main(Deno.args, {
  checkpointEvery: 4,
  checkpointLeastMs: 0,
  onEpisode: () => {
    if (!ran) write("run");
    ran = true;
  },
});
if (code === 0 && ran) write("store");
Deno.exit(code);
