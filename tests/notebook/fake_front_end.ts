/**
 * A front end that remembers what it is sent.
 *
 * @module
 */

import type { FrontEnd } from "../../lib/notebook/mod.ts";

/** A message as it was sent. */
export type SentMessage = readonly [string, Record<string, unknown>];

/** Makes a front end and the list of what it is sent. */
export function fakeFrontEnd(): { frontEnd: FrontEnd; sent: SentMessage[] } {
  const sent: SentMessage[] = [];
  const frontEnd: FrontEnd = {
    broadcast(type, content) {
      sent.push([type, content]);
      return Promise.resolve();
    },
  };
  return { frontEnd, sent };
}
