/**
 * Ends once `npx` is gone, of which `deno task` knows nothing: it, or the shell that
 * `npx` started it by, is then the child of another process. Run by the launcher, since only a process with all permissions
 * may read `/proc`; ends with the launcher, too, which holds its standard input.
 *
 * @module
 */

/** How often it looks. */
const LOOK_MS = 500;

/** Names of shells. */
const SHELL = /^(sh|dash|bash|zsh|ash|busybox)$/;

/** The number that processes without a parent have as their parent's. */
const INIT = "1";

/** Name and parent of a process; `undefined` if it is gone. */
function lookAt(pid: string): { name: string; parent: string } | undefined {
  try {
    // The name, in brackets, may hold anything.
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(stat) ?? [];
    return { name, parent };
  } catch {
    return undefined;
  }
}

/** The processes above one, up to the first that is no shell, as one text. */
function chainOf(pid: string): string {
  const parent = lookAt(pid)?.parent ?? "gone";
  const above = parent === INIT ? undefined : lookAt(parent);
  return above !== undefined && SHELL.test(above.name)
    ? `${parent} ${chainOf(parent)}`
    : parent;
}

if (import.meta.main) {
  const [task] = Deno.args;
  const first = chainOf(task);
  setInterval(() => {
    if (first.endsWith(` ${INIT}`) || first === INIT) Deno.exit(0);
    if (chainOf(task) !== first) Deno.exit(0);
  }, LOOK_MS);
  for await (const _ of Deno.stdin.readable);
  Deno.exit(0);
}
