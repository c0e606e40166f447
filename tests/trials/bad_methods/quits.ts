/**
 * Ends the process instead of deciding, and leaves a line open.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";

const method: Method = {
  name: "quits",
  label: "quits",
  create: () => ({
    decide: () => {
      Deno.stdout.writeSync(new TextEncoder().encode("good-bye"));
      Deno.exit(0);
    },
  }),
};

export default method;
