/**
 * `deno task new`: makes a folder outside the checkout for methods, studies and
 * notebooks of one's own.
 *
 * @module
 */

import { join, relative, resolve } from "node:path";
import lab from "../../deno.json" with { type: "json" };
import { CHECKOUT, LAB_PACKAGE } from "../trials/checkout.ts";
import { InputError } from "../input/input_error.ts";
import { parseArguments, runMain } from "./command.ts";
import { NEW, temporaryFolder } from "./project_tasks.ts";
import { pathForUser } from "./user_path.ts";

const HELP = `
Makes a folder for methods and studies of your own, which works as it is: a rule, a
learner, a study, a notebook, a test, a README.

Usage: deno task new DIR

  DIR  a folder that is not there, or empty, outside the lab

Exit code: 0, or 1 if its packages could not be installed, or 2 if an argument is
not valid.
`;

/** What every new folder begins with. */
const TEMPLATE = join(CHECKOUT, "lib/cli/new");

/** Commands of the lab that a folder has as tasks of its own. */
const COMMANDS = [
  "evaluate",
  "check:method",
  "train",
  "play",
  "sweep",
  "report",
  "notebooks",
] as const;

/** What such a command runs: the launcher, which the link leads to. */
function taskOf(name: typeof COMMANDS[number]) {
  const { description, command } = lab.tasks[name];
  return {
    description,
    command: command
      .replaceAll("deno eval", "deno eval --quiet")
      .replace("deno run", "deno run --quiet")
      .replace("--allow-read=.", "--allow-read")
      .replace("lib/cli/launch.ts", `jsr:${LAB_PACKAGE}/task`),
  };
}

/**
 * The folder's `deno.json`.
 *
 * @param checkout The way to the lab, from the folder.
 */
export function folderConfig(checkout: string): object {
  const { imports, nodeModulesDir, test, compilerOptions } = lab;
  return {
    nodeModulesDir,
    lock: { frozen: true },
    links: [checkout, `${checkout}/tests/std_assert`],
    imports: {
      [LAB_PACKAGE]: `jsr:${LAB_PACKAGE}@^${lab.version}`,
      "@std/assert": imports["@std/assert"],
    },
    tasks: {
      ...Object.fromEntries(COMMANDS.map((name) => [name, taskOf(name)])),
      test: {
        description: "Run the tests",
        command: "deno test -P --quiet tests",
      },
    },
    test,
    compilerOptions,
  };
}

/** Refuses a folder that is in use, or within the lab. */
async function requireFree(path: string): Promise<void> {
  const act = `make ${pathForUser(path)}`;
  if (join(path, "/").startsWith(CHECKOUT)) {
    throw new InputError(
      `Cannot ${act}: it must be a folder outside the lab, got one within`,
    );
  }
  try {
    for await (const { name } of Deno.readDir(path)) {
      throw new InputError(
        `Cannot ${act}: it must be a folder that is not there, or empty, got one with ${name}`,
      );
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    if (error instanceof InputError) throw error;
    throw new InputError(
      `Cannot ${act}: it must be a folder that is not there, or empty, got ${
        (error as Error).message.split("\n")[0]
      }`,
    );
  }
}

/** Copies a folder's files, with the lab's place in texts that name it. */
async function copyTemplate(
  from: string,
  to: string,
  checkout: string,
): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) {
      await copyTemplate(source, target, checkout);
    } else {
      const text = await Deno.readTextFile(source);
      await Deno.writeTextFile(target, text.replaceAll("LAB_PATH", checkout));
    }
  }
}

/**
 * Locks the packages of a folder: the lab's own, in the lab's versions.
 *
 * @returns What Deno said if that failed.
 */
async function install(folder: string): Promise<string | undefined> {
  await Deno.copyFile(join(CHECKOUT, "deno.lock"), join(folder, "deno.lock"));
  const entrypoints = [
    ...["lib/mod.ts", "lib/notebook/frame.ts", "lib/cli/launch.ts"],
    ...["lib/cli/trial_worker.ts", "lib/cli/slurm_task.ts"],
    "lib/cli/method_checker.ts",
    ...COMMANDS.map((name) => `lib/cli/${name.replace(":", "_")}.ts`),
  ].map((path) => join(CHECKOUT, path));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      // `deno install` writes no lock for modules of other folders.
      ...["cache", "--frozen=false", "--config", "deno.json"],
      ...entrypoints,
      "tests/methods_test.ts",
    ],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  return success ? undefined : new TextDecoder().decode(stderr).trim();
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const options = parseArguments({ help: HELP, ...NEW }, args);
  if (options === undefined) return 0;
  const path = resolve(options.positionals[0]);
  await requireFree(path);
  const checkout = relative(path, CHECKOUT).replaceAll("\\", "/");
  // Beside it, so that the way to the lab is the same.
  const temporary = temporaryFolder(path);
  try {
    await copyTemplate(TEMPLATE, temporary, checkout);
    const text = JSON.stringify(folderConfig(checkout), null, 2);
    await Deno.writeTextFile(join(temporary, "deno.json"), `${text}\n`);
    await Deno.writeTextFile(join(temporary, ".gitignore"), "data/\n");
    // Deno ignores the overrides of a package that is linked.
    await Deno.copyFile(
      join(CHECKOUT, "package.json"),
      join(temporary, "package.json"),
    );
    const problem = await install(temporary);
    if (problem !== undefined) {
      console.error(`Cannot install the folder's packages: ${problem}`);
      return 1;
    }
    await Deno.rename(temporary, path);
  } finally {
    await Deno.remove(temporary, { recursive: true }).catch(() => {
      // It has its name, or was never made.
    });
  }
  console.log(`Made ${pathForUser(path)}. Next:

  cd ${pathForUser(path)}
  deno task test
  deno task sweep studies/first.json
`);
  return 0;
}

if (import.meta.main) await runMain(main);
