/**
 * Waits for what never comes.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";

const method: Method = {
  name: "never-made",
  label: "never made",
  create: () => new Promise(() => {}),
};

export default method;
