/**
 * Readings of the world and of the door between it and methods, told apart.
 *
 * @module
 */

import { choicesIn, type DoorChoices } from "../../lib/env/choices.ts";
import { type Assumptions, LEDGER } from "../../lib/scenario/assumptions.ts";

/** Readings of a scenario, and of its observations and actions. */
export type WorldReadings = Partial<Assumptions & DoorChoices>;

/** Which of some readings a scenario has, and which are choices of methods. */
export function splitReadings(readings: WorldReadings): {
  assumptions: Partial<Assumptions>;
  choices: Partial<DoorChoices>;
} {
  const ofWorld = Object.entries(readings).filter(([key]) => key in LEDGER);
  return {
    assumptions: Object.fromEntries(ofWorld),
    choices: choicesIn(readings),
  };
}
