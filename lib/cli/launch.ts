/**
 * The launcher of `deno task`: starts a command with the permissions that its
 * arguments call for and no others, passes signals on, and ends it when `deno task`
 * itself is gone. Its arguments: the process of `deno task`, the command's name, and
 * what the user gave.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { InputError } from "../input/input_error.ts";
import { asksForHelp } from "./arguments.ts";
import { configFlags } from "../trials/checkout.ts";
import { formatLaunch } from "./launched.ts";
import { permissionFlags, type Permissions } from "../trials/permissions.ts";
import { listenToParent, STOP_SIGNALS } from "./signals.ts";
import { TASKS } from "./tasks.ts";
import type { UserPathOptions } from "./user_path.ts";

export type { UserPathOptions };

/** What a command may do that is called so; nothing, if it is called wrongly. */
function permissionsOf(
  name: string,
  args: readonly string[],
  options: UserPathOptions,
): Permissions {
  if (asksForHelp(args)) return {};
  try {
    return name === "sweep" && args[0] === "tune"
      ? TASKS.tune.permissionsFor(args.slice(1), options)
      : TASKS[name].permissionsFor(args, options);
  } catch (error) {
    // The command itself says what is wrong.
    if (error instanceof InputError) return {};
    throw error;
  }
}

/** The file of a command: here, but that of the bench, which is outside the library. */
function scriptOf(name: string): string {
  const path = name === "bench" ? "../../bench/bench.ts" : `./${name}.ts`;
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The arguments of Deno that start a command of `deno task`. */
export function launchArguments(
  name: string,
  args: readonly string[],
  { folder, root }: Required<UserPathOptions>,
): string[] {
  const permissions = permissionsOf(name, args, { folder, root });
  const others = permissions.run?.filter((program) =>
    program !== Deno.execPath()
  );
  const config = configFlags(root);
  return [
    "run",
    ...config,
    // Else Deno tells of every program that it has not found.
    ...others?.length && config.length === 0 ? ["--quiet"] : [],
    ...permissionFlags(permissions),
    scriptOf(name),
    formatLaunch({ launcher: Deno.pid, folder }),
    ...args,
  ];
}

/** How long a command may take to end once `deno task` is gone: it has its own. */
const GRACE_MS = 4000;

function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended.
  }
}

/** Starts what ends when `npx` does, if that has started `deno task`. */
function watchNpx(task: number): Deno.ChildProcess | undefined {
  if (Deno.env.get("npm_command") !== "exec") return undefined;
  if (Deno.build.os !== "linux") return undefined;
  const script = fileURLToPath(new URL("./watch_npx.ts", import.meta.url));
  const watcher = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", script, `${task}`],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  watcher.unref();
  return watcher;
}

/**
 * Starts a command and waits for its end.
 *
 * @param parent The process of `deno task`: it may be gone already.
 * @returns The command's exit code.
 */
async function launch(
  parent: number,
  name: string,
  args: readonly string[],
): Promise<number> {
  const root = Deno.cwd();
  // A task that another task has started keeps what is set there.
  const folder = Deno.env.get("INIT_CWD") || root;
  const child = new Deno.Command(Deno.execPath(), {
    args: launchArguments(name, args, { folder, root }),
  }).spawn();
  for (const signal of STOP_SIGNALS) {
    Deno.addSignalListener(signal, () => {
      // On Windows the console sends Ctrl-C to all, and passing it on would kill.
      if (Deno.build.os !== "windows") kill(child, signal);
    });
  }
  const end = () => {
    kill(child, "SIGTERM");
    setTimeout(() => kill(child, "SIGKILL"), GRACE_MS);
  };
  listenToParent(end, parent);
  watchNpx(parent)?.status.then(end);
  return (await child.status).code;
}

if (import.meta.main) {
  const [parent, name, ...args] = Deno.args;
  try {
    Deno.exit(await launch(Number(parent), name, args));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}
