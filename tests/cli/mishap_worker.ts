/**
 * A worker that has a mishap in the middle of its trial, by its third argument.
 *
 * @module
 */

import { main } from "../../lib/cli/trial_worker.ts";

const [, , mishap] = Deno.args;

const MISHAPS: Readonly<Record<string, () => void>> = {
  "throw": () => {
    throw new Error("the sky fell\nand more");
  },
  "hang": () => {
    for (;;);
  },
  "overflow": () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(1000).fill({}));
  },
};

Deno.exit(
  await main(Deno.args, {
    onEpisode: (row) => {
      if (row.episode === 2) MISHAPS[mishap]?.();
    },
  }),
);
