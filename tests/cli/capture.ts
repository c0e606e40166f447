/**
 * Runs a command's main function in this process, or the command itself in
 * another one, and keeps what it prints.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** What a command printed and how it ended. */
export interface CommandResult {
  /** Exit code. */
  readonly code: number;
  /** Everything on standard output. */
  readonly stdout: string;
  /** Everything on standard error. */
  readonly stderr: string;
}

/** Runs `main` with its console redirected; errors come through. */
export async function captureMain(
  main: (args: string[]) => Promise<number>,
  args: string[],
): Promise<CommandResult> {
  const { log, error } = console;
  let stdout = "";
  let stderr = "";
  console.log = (text: string) => stdout += `${text}\n`;
  console.error = (text: string) => stderr += `${text}\n`;
  try {
    const code = await main(args);
    return { code, stdout, stderr };
  } finally {
    console.log = log;
    console.error = error;
  }
}

/** Runs a command of lib/cli in a process of its own. */
export async function runCommand(
  name: string,
  args: string[],
  input = "",
): Promise<CommandResult> {
  const script = new URL(`../../lib/cli/${name}.ts`, import.meta.url);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-read", fileURLToPath(script), ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  // A command that never reads may have ended before all of it was written.
  await writer.write(new TextEncoder().encode(input)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

/** Calls `use` with the path of a file that holds `text`, and removes it. */
export async function withFile<T>(
  text: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, text);
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}
