/**
 * `deno task sweep` with workers that write a journal.
 *
 * Arguments: journal, then those of the command.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { main } from "../../lib/cli/sweep.ts";

const [journal, ...args] = Deno.args;
const script = fileURLToPath(new URL("journal_worker.ts", import.meta.url));
const code = await main(args, {
  command: (trial, data) =>
    new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--no-lock", "-R", "-W", script, data],
        ...[JSON.stringify(trial), journal],
      ],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }),
});
Deno.exit(code);
