/**
 * The program that stands between a runner and its kernel: it starts the kernel
 * and ends it as soon as the runner is gone, however the runner ended.
 *
 * Usage: `deno run guard.ts CONNECTION_FILE`, in a session of its own.
 *
 * - Standard input is a pipe from the runner. Each byte interrupts the kernel. Its
 *   end, which the system brings about even if the runner is killed, ends all.
 * - Standard output tells the kernel's exit code.
 * - Standard error is the kernel's alone.
 *
 * It is the kernel's parent, so that no other process can have the kernel's number,
 * and the leader of its process group, so that what cells started ends as well.
 *
 * @module
 */

import { dirname } from "node:path";

const [connectionFile] = Deno.args;
const isWindows = Deno.build.os === "windows";

// Whoever ends everything at once shall leave it to the runner to say so.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  if (!isWindows) Deno.addSignalListener(name, () => {});
}

const kernel = new Deno.Command(Deno.execPath(), {
  args: ["jupyter", "--kernel", "--conn", connectionFile],
  stdin: "null",
  stdout: "null",
  stderr: "inherit",
}).spawn();
// The runner sees the end of the log when the kernel has let go of it.
Deno.stderr.close();

/** Sends a signal, unless the kernel has ended by itself. */
function signal(name: Deno.Signal): void {
  try {
    kernel.kill(name);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

kernel.status.then(({ code }) =>
  // The runner may be gone.
  Deno.stdout.write(new TextEncoder().encode(`${code}\n`)).catch(() => {})
);
for await (const bytes of Deno.stdin.readable) {
  bytes.forEach(() => signal("SIGINT"));
}
signal("SIGKILL");
await kernel.status;
await Deno.remove(dirname(connectionFile), { recursive: true }).catch(() => {
  // The runner has removed it, or still holds it open.
});
if (!isWindows) Deno.kill(-Deno.pid, "SIGKILL");
