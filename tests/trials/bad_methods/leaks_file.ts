/**
 * Opens a file and never closes it.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import { fileURLToPath } from "node:url";
import sound from "./sound.ts";

const method: Method = {
  ...sound,
  name: "leaks-file",
  label: "leaks file",
  learns: false,
  create: async (setup) => {
    if (sound.learns) throw new TypeError("a rule is needed");
    await Deno.open(fileURLToPath(import.meta.url));
    return sound.create(setup);
  },
};

export default method;
