/**
 * How frames and series of danfojs show themselves.
 *
 * @module
 */

import { type Frame, frameBundle, isFrame } from "../table.ts";
import { type Display, isPlain } from "./display.ts";

/** Frames and series, whoever has made them. */
export const FRAME: Display<Frame> = {
  test: (value): value is object & Frame => !isPlain(value) && isFrame(value),
  bundles: (frame) => Promise.resolve([frameBundle(frame)]),
};
