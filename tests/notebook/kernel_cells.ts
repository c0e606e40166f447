/**
 * Cells in a real kernel, in a folder from which the lab's packages resolve.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { Kernel } from "../../lib/kernel/mod.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Something that a cell has shown: what kind, and what in. */
export interface Shown {
  /** Type of the message. */
  readonly type: string;
  /** Formats by media type. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Message of an error. */
  readonly evalue?: string;
}

/** Runs cells one after the other. */
export type RunCell = (code: string) => Promise<Shown[]>;

/** Imports that a cell can begin with. */
export const IMPORTS = {
  notebook: 'import * as notebook from "../lib/notebook/mod.ts"; undefined',
  lab: 'import * as lab from "../lib/mod.ts"; undefined',
};

/** Starts a kernel in a folder of its own while `use` runs. */
export async function withKernel(
  use: (run: RunCell, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: ROOT, suffix: ".tmp" });
  try {
    const kernel = await Kernel.start({ folder });
    try {
      await use(async (code) => {
        const shown: Shown[] = [];
        await kernel.execute(code, {
          onOutput: ({ type, content }) =>
            shown.push({ data: {}, ...content, type }),
        });
        return shown;
      }, folder);
    } finally {
      await kernel.stop();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The text of the only thing that a cell has shown. */
export function textOf(shown: readonly Shown[]): string {
  const [{ data, evalue }, ...rest] = shown;
  if (rest.length > 0) throw new Error(`${shown.length} outputs instead of 1`);
  return String(data["text/plain"] ?? evalue);
}
