/**
 * Loads what pays if it is held to the end of the episode.
 *
 * @module
 */

import { createHold } from "../policies/hold.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "hold",
  label: "hold",
  create: ({ scenario }) => createHold(scenario),
};

export default method;
