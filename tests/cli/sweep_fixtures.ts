/**
 * Sweeps of a few very short trials, with workers that fail in ways of their own.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { main } from "../../lib/cli/sweep.ts";
import type { SweepMainOptions } from "../../lib/cli/sweep_options.ts";
import { expandSweep, type SweepTrial } from "../../lib/studies/expand.ts";
import type { SweepConfig } from "../../lib/studies/config.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain, type CommandResult } from "./capture.ts";

/** A learner and a policy with three seeds: six trials of a quarter second. */
export const TINY: SweepConfig = {
  name: "tiny",
  scenario: "small",
  methods: ["td3", "random"],
  hyperparameters: {
    "*.hiddenSizes": [16, 16],
    "*.batchSize": 8,
    "*.minReplaySize": 16,
  },
  seeds: "0-2",
  episodes: 8,
  evaluateEvery: 4,
  evaluationEpisodes: 1,
  testEpisodes: 2,
};

/** The trials of {@linkcode TINY}. */
export const TINY_TRIALS: readonly SweepTrial[] =
  expandSweep(TINY, "expand it").trials;

/** A folder with a config, and the command to sweep it. */
export interface SweepFolder {
  /** The data folder. */
  readonly data: string;
  /** The config's file. */
  readonly file: string;
  /** Runs `deno task sweep` on it. */
  readonly sweep: (
    args?: string[],
    options?: SweepMainOptions,
  ) => Promise<CommandResult>;
  /** Runs `deno task sweep --verify` on all that is there. */
  readonly verifyAll: () => Promise<CommandResult>;
}

/** Calls `use` with a folder that is removed afterwards. */
export async function withSweep(
  use: (folder: SweepFolder) => Promise<void>,
  config: SweepConfig = TINY,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const file = `${folder}/tiny.json`;
    const data = `${folder}/data`;
    await Deno.writeTextFile(file, JSON.stringify(config));
    await use({
      data,
      file,
      sweep: (args = [], options = {}) =>
        captureMain(
          (all) => main(all, options),
          args.includes("--data")
            ? [file, ...args]
            : [file, "--data", data, ...args],
        ),
      verifyAll: () => captureMain(main, ["--verify", "--data", data]),
    });
  });
}

/** What a worker does instead of running its trial. */
export type Mishap = "throw" | "hang" | "overflow";

const SCRIPT = fileURLToPath(new URL("mishap_worker.ts", import.meta.url));

/** Workers of which some have mishaps. */
export function withMishaps(
  mishapOf: (trial: SweepTrial["config"]) => Mishap | undefined,
): SweepMainOptions {
  return {
    graceMs: 200,
    command: (trial, data) =>
      new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--no-prompt", "--no-lock", "-R", "-W"],
          "--v8-flags=--max-old-space-size=60",
          ...[SCRIPT, data, JSON.stringify(trial), mishapOf(trial) ?? ""],
        ],
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      }),
  };
}
