/**
 * Readings of the world and of the door together, for tests that switch either.
 *
 * @module
 */

import {
  ACTION_LEDGER,
  DEFAULT_CHOICES,
  type DoorChoices,
  OBSERVATION_LEDGER,
} from "../../lib/env/choices.ts";
import {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
  LEDGER,
} from "../../lib/scenario/assumptions.ts";

/** Readings of the world, of the observation and of the action. */
export type Readings = Partial<Assumptions & DoorChoices>;

/** The entries of all of them. */
export const ENTRIES = { ...LEDGER, ...OBSERVATION_LEDGER, ...ACTION_LEDGER };

/** The defaults of all of them. */
export const DEFAULTS: Assumptions & DoorChoices = {
  ...DEFAULT_ASSUMPTIONS,
  ...DEFAULT_CHOICES,
};

/** What of some readings is the world's, and what the door's with its defaults. */
export function splitReadings(
  readings: Readings,
): {
  readonly assumptions: Partial<Assumptions>;
  readonly choices: DoorChoices;
} {
  const entries = Object.entries(readings);
  return {
    assumptions: Object.fromEntries(
      entries.filter(([key]) => !(key in DEFAULT_CHOICES)),
    ),
    choices: {
      ...DEFAULT_CHOICES,
      ...Object.fromEntries(entries.filter(([key]) => key in DEFAULT_CHOICES)),
    },
  };
}
