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

/** How often to look whether Jupyter is still there. */
const PARENT_INTERVAL_MS = 1000;

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

Deno.addSignalListener("SIGTERM", () => void end(143));
if (Deno.build.os !== "windows") {
  // Jupyter asks by a message; a SIGINT is meant for Jupyter itself.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.addSignalListener("SIGHUP", () => void end(129));
  const parent = Deno.ppid;
  setInterval(() => {
    if (Deno.ppid !== parent) void end(1);
  }, PARENT_INTERVAL_MS);
}
