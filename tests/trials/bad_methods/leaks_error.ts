/**
 * Leaves something for later, which then goes wrong where nobody can catch it.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import sound from "./sound.ts";

const method: Method = {
  ...sound,
  name: "leaks-error",
  label: "leaks error",
  learns: false,
  create: (setup) => {
    if (sound.learns) throw new TypeError("a rule is needed");
    setTimeout(() => {
      throw new Error("too late");
    }, 10);
    return sound.create(setup);
  },
};

export default method;
