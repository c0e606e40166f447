/**
 * The program that Jupyter starts for the kernel "EdgeAIGC (Deno)":
 * `deno run -A lab_kernel.ts CONNECTION_FILE`, in the notebook's folder.
 *
 * @module
 */

import { dirname } from "node:path";
import { CodeHelp } from "../kernel/code_help.ts";
import { Relay } from "../kernel/relay.ts";
import { StoppableKernel } from "../kernel/stoppable_kernel.ts";
import { listenToParent, STOP_SIGNALS } from "./signals.ts";

let isEnding = false;
const [connectionFile] = Deno.args;
const info = JSON.parse(await Deno.readTextFile(connectionFile));
const kernel = StoppableKernel.start({
  folder: Deno.cwd(),
  connectionFolder: dirname(connectionFile),
});
const help = new CodeHelp(Deno.cwd());
const relay = new Relay(info, kernel, {
  help,
  session: crypto.randomUUID(),
  date: () => new Date().toISOString(),
  onShutdown: () => end(0),
  onDeath: (error) => {
    if (isEnding) return;
    console.error(error instanceof Error ? error.message : error);
    void end(1);
  },
});

/** Ends with all that belongs to it. */
async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await kernel.then((running) => running.stop(), () => {});
  await help.close();
  await relay.close();
  Deno.exit(code);
}

listenToParent(() => void end(1));
for (const name of STOP_SIGNALS) {
  // Jupyter asks by a message; a SIGINT is meant for Jupyter itself.
  Deno.addSignalListener(name, () => void (name === "SIGINT" || end(1)));
}
