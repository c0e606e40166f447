/**
 * Tests that need a Slurm, ignored with a clear line where there can be none.
 *
 * @module
 */

import { join } from "node:path";
import {
  type PrivateSlurm,
  type PrivateSlurmOptions,
  startPrivateSlurm,
  whyNoSlurm,
} from "./private_slurm.ts";

/** `deno task test:slurm` asks for these tests; they take minutes. */
const asked = Deno.args.includes("slurm");
const reason = asked
  ? await whyNoSlurm()
  : "not asked for (deno task test:slurm)";
if (asked && reason !== undefined) console.warn(`${reason}: skipped`);

/** Registers a test that runs beside a Slurm of its own, in a folder of its own. */
export function testWithSlurm(
  name: string,
  test: (slurm: PrivateSlurm, folder: string) => Promise<void>,
  options: PrivateSlurmOptions = {},
): void {
  Deno.test({
    name: reason === undefined ? name : `${reason}, skipped: ${name}`,
    ignore: reason !== undefined,
    async fn() {
      const folder = await Deno.makeTempDir({ prefix: "slurm" });
      try {
        const slurm = await startPrivateSlurm(join(folder, "slurm"), options);
        try {
          await test(slurm, folder);
        } finally {
          await slurm.stop();
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

/** Waits until `condition` holds, asking a few times a second. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  what: string,
): Promise<void> {
  const deadlineMs = performance.now() + 120_000;
  while (!await condition()) {
    if (performance.now() > deadlineMs) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
