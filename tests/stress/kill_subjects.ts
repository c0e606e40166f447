/**
 * The commands that are killed.
 *
 * @module
 */

import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { listNotebooks } from "../../lib/kernel/mod.ts";
import { readResults } from "../trials/fixtures.ts";
import type { KillSubject } from "./kill_commands.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What tells of times. */
const TIMED = /\/logs\/|(^|\/)budget\.csv$/;

/** Results in a data folder, but for what tells of times. */
async function readData(folder: string): Promise<Record<string, Uint8Array>> {
  try {
    const files = Object.entries(await readResults(folder));
    return Object.fromEntries(
      files.filter(([name]) => !TIMED.test(name)),
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** `deno task train`, for a second or two. */
export const TRAIN_SUBJECT: KillSubject = {
  name: "train",
  checkout: () => ROOT,
  args: (data) => [
    ...["train", "td3", "--scenario", "small", "--episodes", "1500"],
    ...["--set", "hiddenSizes=[16,16]", "--set", "minReplaySize=16"],
    ...["--set", "batchSize=8", "--data", data],
  ],
  read: readData,
};

const SWEEP = {
  name: "killed",
  scenario: "small",
  methods: ["td3", "random"],
  hyperparameters: {
    "*.hiddenSizes": [16, 16],
    "*.batchSize": 8,
    "*.minReplaySize": 16,
  },
  seeds: "0-1",
  episodes: 400,
  testEpisodes: 10,
};

/** `deno task sweep` with two workers. */
export const SWEEP_SUBJECT: KillSubject = {
  name: "sweep",
  checkout: () => ROOT,
  begin: async (folder) => {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(`${folder}.json`, JSON.stringify(SWEEP));
  },
  args: (data) => ["sweep", `${data}.json`, "--data", data, "-j", "2"],
  read: readData,
};

/** What commands read of a checkout. */
const CHECKOUT = ["deno.json", "deno.lock", "package.json", "lib"];

/** Makes a checkout of its own, for commands that write into theirs. */
async function copyCheckout(folder: string): Promise<void> {
  for (const name of ["tests", "notebooks"]) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  }
  for (const name of await listNotebooks(`${ROOT}/notebooks`)) {
    await Deno.copyFile(name, `${folder}/notebooks/${basename(name)}`);
  }
  for (const name of [...CHECKOUT, "tests/std_assert"]) {
    const { success } = await new Deno.Command("cp", {
      args: ["-r", `${ROOT}/${name}`, `${folder}/${name}`],
    }).output();
    if (!success) throw new Error(`Cannot copy ${name}`);
  }
}

/** What notebooks come to but for their outputs, which tell of times. */
function withoutOutputs(bytes: Uint8Array): Uint8Array {
  const { cells } = JSON.parse(new TextDecoder().decode(bytes));
  const sources = cells.map(({ source }: { source: unknown }) => source);
  return new TextEncoder().encode(JSON.stringify(sources));
}

/** What commands write in folders of a checkout. */
async function readFolders(
  folder: string,
  names: readonly string[],
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of names) {
    const own = await readData(`${folder}/${name}`);
    for (const [path, bytes] of Object.entries(own)) {
      const isNotebook = path.endsWith(".ipynb");
      files[`${name}/${path}`] = isNotebook ? withoutOutputs(bytes) : bytes;
    }
  }
  return files;
}

/** `deno task reproduce` in the shortest form. */
export const REPRODUCE_SUBJECT: KillSubject = {
  name: "reproduce",
  checkout: (folder) => folder,
  begin: copyCheckout,
  args: () => ["reproduce", "--profile", "smoke"],
  read: (folder) => readFolders(folder, ["data", "figures", "notebooks"]),
};

/** `deno task notebooks`, in place. */
export const NOTEBOOKS_SUBJECT: KillSubject = {
  name: "notebooks",
  checkout: (folder) => folder,
  begin: copyCheckout,
  args: () => ["notebooks", "notebooks/01_quickstart.ipynb"],
  read: (folder) => readFolders(folder, ["notebooks"]),
};
