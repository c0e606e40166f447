/**
 * Decides in its own time.
 *
 * @module
 */

import type { Method } from "../../../lib/methods/mod.ts";
import sound from "./sound.ts";

const method = {
  ...sound,
  name: "malformed",
  label: "malformed",
  create: () => ({ decide: () => Promise.resolve() }),
} as unknown as Method;

export default method;
