/**
 * The commands that are killed.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { readResults } from "../experiments/fixtures.ts";
import type { KillSubject } from "./kill_commands.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Results in a data folder; logs tell of times. */
async function readData(folder: string): Promise<Record<string, Uint8Array>> {
  try {
    const files = Object.entries(await readResults(folder));
    return Object.fromEntries(
      files.filter(([name]) => !name.includes("/logs/")),
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** `deno task train`, for a second or two. */
export const TRAIN_SUBJECT: KillSubject = {
  name: "train",
  checkout: ROOT,
  args: (data) => [
    ...["train", "td3", "--scenario", "small", "--episodes", "1500"],
    ...["--data", data],
  ],
  read: readData,
};

const SWEEP = {
  name: "killed",
  scenario: "small",
  methods: ["td3", "random"],
  seeds: "0-1",
  episodes: 400,
  testEpisodes: 10,
};

/** `deno task sweep` with two workers. */
export const SWEEP_SUBJECT: KillSubject = {
  name: "sweep",
  checkout: ROOT,
  begin: async (folder) => {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(`${folder}.json`, JSON.stringify(SWEEP));
  },
  args: (data) => ["sweep", `${data}.json`, "--data", data, "-j", "2"],
  read: readData,
};
