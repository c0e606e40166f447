/**
 * Ends once `npx` is gone, of which `deno task` knows nothing: it is then the child
 * of another process. Run by the launcher, since only a process with all permissions
 * may read `/proc`; ends with the launcher, too, which holds its standard input.
 *
 * @module
 */

/** How often it looks. */
const LOOK_MS = 500;

/** The number that processes without a parent have as their parent's. */
const INIT = "1";

/** The parent of a process; `undefined` if that is gone. */
function parentOf(pid: string): string | undefined {
  try {
    // The name, in brackets, may hold anything.
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return /.*\) \S (\d+)/s.exec(stat)?.[1];
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const [task] = Deno.args;
  const first = parentOf(task);
  setInterval(() => {
    if (first === INIT || parentOf(task) !== first) Deno.exit(0);
  }, LOOK_MS);
  for await (const _ of Deno.stdin.readable);
  Deno.exit(0);
}
