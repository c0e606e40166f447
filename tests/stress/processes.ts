/**
 * Finding every process that a task has started, whoever its parent is now: all
 * inherit a mark in their environment. Linux only.
 *
 * @module
 */

/** Variable of the environment that carries the mark. */
const MARK = "EDGE_LAB_KILL_TEST";

/** Whether processes can be found here. */
export const CAN_FIND_PROCESSES = Deno.build.os === "linux";

/** A task in a session of its own, with a mark. */
export interface MarkedTask {
  /** The process of `deno task`. */
  readonly process: Deno.ChildProcess;
  /** What marks it and all that it starts. */
  readonly mark: string;
}

/** Arguments of a shell that starts what follows, and stays. */
const BY_SHELL = ["-c", '"$@"; exit $?', "sh"];

/**
 * Starts `deno task` in a folder of a checkout.
 *
 * @param byNpx Starts it as `npx` does: a process, which is then the one that is
 * returned, starts a shell, and that the task.
 */
export function startTask(
  checkout: string,
  args: readonly string[],
  mark: string,
  byNpx = false,
): MarkedTask {
  const task = [Deno.execPath(), "task", "--quiet", ...args];
  const [program, ...rest] = byNpx
    ? ["sh", ...BY_SHELL, "sh", ...BY_SHELL, ...task]
    : task;
  const process = new Deno.Command(program, {
    args: rest,
    cwd: checkout,
    env: {
      [MARK]: mark,
      // A task keeps the INIT_CWD of a task that has started it.
      INIT_CWD: checkout,
      NO_COLOR: "1",
      npm_command: byNpx ? "exec" : "",
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return { process, mark };
}

/** Runs a line of shell; what /proc says is closed to all but Deno's `-A`. */
async function shell(line: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", line, "sh", ...args],
    stdin: "null",
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((one) => one);
}

/** Processes of a task that are left. */
export async function findProcesses({ mark }: MarkedTask): Promise<number[]> {
  const files = await shell(
    'grep -lsz "^$1=$2$" /proc/[0-9]*/environ',
    ...[MARK, mark],
  );
  return files.map((file) => Number(file.split("/")[2]));
}

/** What a process is running, for messages. */
export async function describeProcess(pid: number): Promise<string> {
  return (await shell('tr "\\0" " " < /proc/$1/cmdline', `${pid}`)).join(" ");
}

/** Children of a process. */
export async function childrenOf(pid: number): Promise<number[]> {
  const texts = await shell("cat /proc/$1/task/*/children", `${pid}`);
  return texts.join(" ").split(" ").filter((one) => one).map(Number);
}

/** Waits until nothing is left of a task; returns what is left in the end. */
export async function waitForEnd(
  task: MarkedTask,
  limitMs: number,
): Promise<number[]> {
  const startMs = performance.now();
  for (;;) {
    const left = await findProcesses(task);
    if (left.length === 0 || performance.now() - startMs > limitMs) return left;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
