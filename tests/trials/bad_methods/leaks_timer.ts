/**
 * Starts a timer and never stops it.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import sound from "./sound.ts";

const method: Method = {
  ...sound,
  name: "leaks-timer",
  label: "leaks timer",
  learns: false,
  create: (setup) => {
    if (sound.learns) throw new TypeError("a rule is needed");
    setInterval(() => {}, 1000);
    return sound.create(setup);
  },
};

export default method;
