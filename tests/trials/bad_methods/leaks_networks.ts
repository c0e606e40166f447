/**
 * TD3 that does not dispose of its networks.
 *
 * @module
 */

import { findMethod, type Method } from "../../../lib/methods/mod.ts";

const td3 = findMethod("td3");

const method: Method = {
  ...td3,
  name: "leaks-networks",
  label: "leaks networks",
  learns: true,
  create: async (setup) => {
    if (!td3.learns) throw new TypeError("a learner is needed");
    return { ...await td3.create(setup), dispose: () => {} };
  },
};

export default method;
