/**
 * Folders in which tests let programs of others run: nothing is left of them when
 * the test ends, however it ends. Linux only.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SUPERVISOR = fileURLToPath(new URL("./supervisor.sh", import.meta.url));

/** How a program is started. */
export interface StartOptions {
  /** Working directory; by default the folder. */
  readonly cwd?: string;
  /** Variables of the environment beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a program ended. */
export interface Ended {
  /** Whether its exit code was 0. */
  readonly success: boolean;
  /** What it printed. */
  readonly stdout: string;
  /** What it printed as errors. */
  readonly stderr: string;
}

/** A temporary folder, and the programs that were started in it. */
export class ProgramFolder {
  /** Where it is. */
  readonly path: string;
  readonly #supervisor: Deno.ChildProcess;
  #closed: Promise<unknown> | undefined;

  /** Supervises a folder that is there. */
  private constructor(path: string) {
    this.path = path;
    this.#supervisor = new Deno.Command("sh", {
      args: [SUPERVISOR, path],
      stdin: "piped",
      stdout: "null",
      stderr: "inherit",
      // What ends the group of this process must not end the supervisor first.
      detached: true,
    }).spawn();
    // It waits for this process, not the other way round.
    this.#supervisor.unref();
  }

  /** Makes a folder. */
  static async open(prefix: string): Promise<ProgramFolder> {
    return new ProgramFolder(await Deno.makeTempDir({ prefix }));
  }

  /** Starts a program, which prints into the file `NAME.log`. */
  start(
    name: string,
    command: readonly string[],
    options: StartOptions = {},
  ): Deno.ChildProcess {
    const log = join(this.path, `${name}.log`);
    return this.#command(
      ["sh", "-c", 'exec "$@" >"$0" 2>&1', log, ...command],
      options,
      "null",
    ).spawn();
  }

  /** Runs a program to its end. */
  async run(
    command: readonly string[],
    options: StartOptions = {},
  ): Promise<Ended> {
    const ended = await this.#command(command, options, "piped").output();
    const decoder = new TextDecoder();
    return {
      success: ended.success,
      stdout: decoder.decode(ended.stdout),
      stderr: decoder.decode(ended.stderr),
    };
  }

  /** The last of what a program printed, for messages. */
  async logOf(name: string): Promise<string> {
    return (await Deno.readTextFile(join(this.path, `${name}.log`))).slice(
      -2000,
    );
  }

  /** Ends all programs and removes the folder; may be called again. */
  async close(): Promise<void> {
    this.#supervisor.ref();
    this.#closed ??= this.#supervisor.stdin.close()
      .then(() => this.#supervisor.status);
    await this.#closed;
  }

  #command(
    [program, ...args]: readonly string[],
    { cwd = this.path, env }: StartOptions,
    stdio: "null" | "piped",
  ): Deno.Command {
    return new Deno.Command(program, {
      args,
      cwd,
      env: { NO_COLOR: "1", ...env, EDGE_LAB_PROGRAM_FOLDER: this.path },
      stdin: "null",
      stdout: stdio,
      stderr: stdio,
    });
  }
}

/** Waits until `find` gives something, asking a few times a second. */
export async function waitFor<T>(
  find: () => Promise<T | undefined>,
  { what, limitS = 60 }: { readonly what: string; readonly limitS?: number },
): Promise<T> {
  const deadlineMs = performance.now() + 1000 * limitS;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (performance.now() > deadlineMs) {
      throw new Error(`not in ${limitS} s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
