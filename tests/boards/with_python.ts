/**
 * Tests that need TensorBoard, Optuna and ZeroMQ, ignored with a clear line where
 * there can be none: they come from PyPI into a folder of the tests' own.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Runs scripts of this folder with the packages. */
export class Python {
  readonly #path: string;

  /** Takes the Python of an environment. */
  constructor(path: string) {
    this.#path = path;
  }

  /** Calls a script; returns the JSON that it prints. */
  async read(script: string, path: string): Promise<unknown> {
    const { success, text } = await run(this.#path, pathOf(script), path);
    if (!success) throw new Error(`${script} failed:\n${text}`);
    return JSON.parse(text);
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

/** Runs a program; returns what it printed, or why it failed in a line. */
async function run(
  program: string,
  ...args: string[]
): Promise<{ success: boolean; text: string }> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args,
      stdin: "null",
    }).output();
    const said = new TextDecoder().decode(success ? stdout : stderr).trim();
    return { success, text: said };
  } catch (error) {
    return { success: false, text: (error as Error).message };
  }
}

function lastLine(text: string): string {
  return text.split("\n").at(-1) ?? "";
}

/** The Python of a new environment, or why there is none. */
async function makePython(
  folder: string,
): Promise<{ python: string } | { reason: string }> {
  const made = await run("python3", "-m", "venv", folder);
  if (!made.success) {
    return { reason: `no python3 with venv (${lastLine(made.text)})` };
  }
  const python = join(folder, "bin", "python");
  const installed = await run(
    ...[python, "-m", "pip", "install", "--quiet", "--retries", "1"] as const,
    ...["--timeout", "20", "--disable-pip-version-check"],
    ...["--requirement", pathOf("requirements.txt")],
  );
  return installed.success
    ? { python }
    : { reason: `no packages of PyPI (${lastLine(installed.text)})` };
}

/** `deno task test:boards` asks for these tests; they fetch some 100 MB. */
const asked = Deno.args.includes("boards");
const folder = asked ? await Deno.makeTempDir({ prefix: "boards" }) : "";
const made = asked
  ? await makePython(join(folder, "venv"))
  : { reason: "not asked for (deno task test:boards)" };
if (asked) {
  globalThis.addEventListener("unload", () => {
    Deno.removeSync(folder, { recursive: true });
  });
}
if (asked && "reason" in made) console.warn(`${made.reason}: skipped`);

/** Registers a test that may call the Python of these packages. */
export function testWithPython(
  name: string,
  test: (python: Python) => Promise<void>,
): void {
  Deno.test({
    name: "python" in made ? name : `${made.reason}, skipped: ${name}`,
    ignore: !("python" in made),
    async fn() {
      if (!("python" in made)) return;
      await test(new Python(made.python));
    },
  });
}
