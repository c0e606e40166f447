/**
 * Everything that shows itself.
 *
 * @module
 */

import { AGENT } from "./agent.ts";
import type { Display } from "./display.ts";
import { ENVIRONMENT } from "./environment.ts";
import { FRAME } from "./frame.ts";
import { OUTCOME } from "./outcome.ts";
import { REPORT } from "./report.ts";
import { ROWS } from "./rows.ts";
import { SCENARIO } from "./scenario.ts";
import { STUDY } from "./study.ts";
import { VEGA_LITE } from "./vega_lite.ts";

/** A kind, whatever its values are. */
function kind<Value extends object>(display: Display<Value>): Display {
  return display as unknown as Display;
}

/** The kinds of values that show themselves; the first that a value is of counts. */
export const DISPLAYS: readonly Display[] = [
  kind(VEGA_LITE),
  kind(SCENARIO),
  kind(OUTCOME),
  kind(ROWS),
  kind(FRAME),
  kind(ENVIRONMENT),
  kind(STUDY),
  kind(REPORT),
  kind(AGENT),
];
