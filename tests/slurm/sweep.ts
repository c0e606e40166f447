/**
 * Sweeps for tests on a cluster: the command as people call it, in a process of
 * its own.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readResults } from "../trials/fixtures.ts";
import type { PrivateSlurm } from "./private_slurm.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Calls `deno task sweep` with these arguments on a data folder. */
export type SweepCommand = (
  ...args: string[]
) => Promise<{ code: number; text: string }>;

/** The command on a data folder, on a cluster or without one. */
export function sweepCommand(data: string, slurm?: PrivateSlurm): SweepCommand {
  return async (...args) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "sweep", ...args, "--data", data],
      cwd: ROOT,
      env: { ...slurm?.environment, NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
  };
}

/** Calls the command and expects it to succeed. */
export async function succeed(
  sweep: SweepCommand,
  ...args: string[]
): Promise<string> {
  const { code, text } = await sweep(...args);
  assertEquals(code, 0, text);
  return text;
}

/** Results of a sweep's trials and its table, by path. */
export async function readSweepResults(
  data: string,
  name: string,
): Promise<Record<string, Uint8Array>> {
  return {
    ...await readResults(join(data, "trials")),
    "rows.csv": await Deno.readFile(join(data, "sweeps", name, "rows.csv")),
  };
}

/** Expects a folder to hold the same bytes as a local run of the same sweep. */
export async function assertLikeLocalRun(
  data: string,
  name: string,
  args: readonly string[],
): Promise<void> {
  const local = await Deno.makeTempDir();
  try {
    await succeed(sweepCommand(local), ...args, "-j", "2");
    const expected = await readSweepResults(local, name);
    const results = await readSweepResults(data, name);
    assertEquals(Object.keys(results).sort(), Object.keys(expected).sort());
    for (const [path, bytes] of Object.entries(expected)) {
      assertEquals(results[path], bytes, path);
    }
  } finally {
    await Deno.remove(local, { recursive: true });
  }
}
