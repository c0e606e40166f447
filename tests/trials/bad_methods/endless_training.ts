/**
 * A learner that trains beyond the last episode.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import forgets from "./forgets.ts";

const method: Method = {
  ...forgets,
  name: "endless-training",
  label: "endless training",
  learns: true,
  create: async (setup) => {
    if (!forgets.learns) throw new TypeError("a learner is needed");
    const learner = await forgets.create(setup);
    return {
      ...learner,
      train: (session) => learner.train({ ...session, episodes: Infinity }),
    };
  },
};

export default method;
