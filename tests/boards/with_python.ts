/**
 * Tests that need TensorBoard, Optuna and ZeroMQ, ignored with a clear line where
 * there can be none: they come from PyPI into a folder of the tests' own.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../programs/python_environment.ts";

/** Runs scripts of this folder with the packages. */
export class Python {
  readonly #path: string;

  /** Takes the Python of an environment. */
  constructor(path: string) {
    this.#path = path;
  }

  /** Calls a script; returns the JSON that it prints. */
  async read(script: string, path: string): Promise<unknown> {
    const { success, stdout, stderr } = await new Deno.Command(this.#path, {
      args: [pathOf(script), path],
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    if (!success) {
      throw new Error(`${script} failed:\n${decoder.decode(stderr)}`);
    }
    return JSON.parse(decoder.decode(stdout));
  }

  /** Calls a script that says when it is ready for `work`, which it follows. */
  async follow(
    script: string,
    path: string,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    const child = new Deno.Command(this.#path, {
      args: [pathOf(script), path],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const said = new Response(child.stdout).text();
    const reader = child.stderr.pipeThrough(
      new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>,
    ).getReader();
    let errors = "";
    const listen = async () => {
      const { done, value = "" } = await reader.read();
      errors += value;
      return !done;
    };
    while (!errors.includes("following") && await listen());
    const listening = (async () => {
      while (await listen());
    })();
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await work();
      // All is written: a script that waits for more would wait forever.
      timer = setTimeout(() => child.kill(), PATIENCE_MS);
    } catch (error) {
      child.kill();
      throw error;
    } finally {
      await listening;
      await child.status;
      clearTimeout(timer);
    }
    const text = await said;
    if (text === "") throw new Error(`${script} failed:\n${errors}`);
    return JSON.parse(text);
  }
}

/** How long a script may take to read what is all there. */
const PATIENCE_MS = 30_000;

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

const made = await pythonEnvironment("boards", pathOf("requirements.txt"));

/** Registers a test that may call the Python of these packages. */
export function testWithPython(
  name: string,
  test: (python: Python) => Promise<void>,
): void {
  Deno.test({
    name: made.reason === undefined ? name : `${made.reason}, skipped: ${name}`,
    ignore: made.reason !== undefined,
    async fn() {
      if (made.reason !== undefined) return;
      await test(new Python(made.python));
    },
  });
}
