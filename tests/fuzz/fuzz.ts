/**
 * `deno task fuzz`: tries many damaged inputs, in this process and as commands.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { faultOf, LONGEST_MS } from "./judge.ts";
import { type FuzzReport, runFuzz } from "./run_fuzz.ts";
import { type FuzzInput, type Target, wordsOf } from "./target.ts";
import { TARGETS } from "./targets.ts";

const CLI = fileURLToPath(new URL("../../lib/cli/", import.meta.url));

/** Tries an input by its command, in a process of its own. */
async function runProcess(
  { command }: Target,
  input: FuzzInput,
  folder: string,
): Promise<string | undefined> {
  const words = await wordsOf(input, folder);
  // No command line holds a zero byte.
  if (words.some((word) => word.includes("\0"))) return undefined;
  const { code, signal, stdout, stderr } = await new Deno.Command(
    Deno.execPath(),
    {
      args: [
        ...["run", "--quiet", "--no-prompt", "--allow-read"],
        ...[`--allow-write=${folder}`, `${CLI}${command}.ts`, ...words],
      ],
      env: { NO_COLOR: "1" },
      stdin: "null",
      signal: AbortSignal.timeout(LONGEST_MS),
    },
  ).output();
  if (signal !== null) return `ended by ${signal}`;
  const decoder = new TextDecoder();
  return faultOf({
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  });
}

/** Prints what a run came to; returns whether it was sound. */
function report(what: string, { counts, longestMs, findings }: FuzzReport) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(
    `${total} inputs ${what}: ${findings.length} wrong, the longest took ${
      Math.round(longestMs)
    } ms`,
  );
  for (const [name, count] of Object.entries(counts).sort()) {
    console.log(`  ${String(count).padStart(6)} ${name}`);
  }
  for (const { target, index, fault } of findings) {
    console.error(`${target}, input ${index}: ${fault}`);
  }
  return findings.length === 0;
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "0" },
    long: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const here = await runFuzz(TARGETS, {
  seed,
  count: values.long ? 20_000 : 2000,
});
const commands = TARGETS.filter(({ command }) => command !== undefined);
const apart = await runFuzz(commands, {
  seed: seed + 1,
  count: values.long ? 500 : 50,
  run: runProcess,
});
const sound = [
  report("in this process", here),
  report("as commands", apart),
].every(Boolean);
Deno.exit(sound ? 0 : 1);
