/**
 * The methods of one's own of these tests, in a folder outside the checkout.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  selectSweep,
  type SelectSweepOptions,
} from "../../lib/studies/select.ts";
import { withTemporaryFolder } from "./fixtures.ts";

/** The rule, from a study's folder. */
export const LFU = "../methods/lfu.ts";

/** The learner, from a study's folder. */
export const PINK = "../methods/td3_pink.ts";

const OWN = new URL("../../lib/cli/new/methods/", import.meta.url);

/** The rule, where it is. */
export const LFU_FILE = fileURLToPath(new URL("lfu.ts", OWN));

/** The learner, where it is. */
export const PINK_FILE = fileURLToPath(new URL("td3_pink.ts", OWN));

const LAB = new URL("../../lib/", import.meta.url);

/** The text of a method as it stands outside the checkout, in a folder without links. */
export async function textOfMethod(name: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(name, OWN));
  return text.replaceAll(
    /"@edgeaigc\/lab\/([^"]*)"/g,
    (_, room: string) => `"${new URL(`${room}/mod.ts`, LAB)}"`,
  );
}

/** Writes methods into a folder; returns their paths. */
export async function copyMethods(
  folder: string,
  names: readonly string[] = ["lfu.ts", "td3_pink.ts"],
): Promise<string[]> {
  await Deno.mkdir(folder, { recursive: true });
  return await Promise.all(names.map(async (name) => {
    const path = join(folder, name);
    await Deno.writeTextFile(path, await textOfMethod(name));
    return path;
  }));
}

/** What studies have that say nothing else. */
const BASE = {
  name: "mine",
  scenario: "small",
  methods: ["td3"] as unknown[],
  seeds: "0",
  episodes: 4,
  testEpisodes: 1,
  actionsPerPlan: 50,
};

/** A folder with studies beside a folder with methods, outside the checkout. */
export interface StudyPlace {
  /** Folder of the methods. */
  readonly methods: string;
  /** File of the study. */
  readonly file: string;
  /** Writes a study and selects it. */
  readonly select: (
    changes: object,
    options?: SelectSweepOptions,
  ) => ReturnType<typeof selectSweep>;
}

/** Runs `use` with such folders, which are removed afterwards. */
export function withPlace(
  use: (place: StudyPlace) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await copyMethods(`${folder}/methods`);
    await Deno.mkdir(`${folder}/studies`);
    const file = `${folder}/studies/mine.json`;
    await use({
      methods: `${folder}/methods`,
      file,
      select: async (changes, options) => {
        await Deno.writeTextFile(file, JSON.stringify({ ...BASE, ...changes }));
        return await selectSweep(file, options);
      },
    });
  });
}
