/**
 * Takes it for granted that there are two models.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import sound from "./sound.ts";

const method: Method = {
  name: "throws",
  label: "throws",
  create: async (setup) => {
    const { decide } = await (sound as typeof sound & { learns?: false })
      .create(setup);
    return {
      decide: (view) => {
        const { numModels } = view.visible.instance;
        if (numModels < 2) throw new RangeError("there is no second model");
        return decide(view);
      },
    };
  },
};

export default method;
