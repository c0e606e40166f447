/**
 * GCRAS of Section 5.1: a genetic algorithm searches the actions of a slot.
 *
 * @module
 */

import type { Method } from "./method.ts";
import { searchMethod } from "./search_method.ts";

const method: Method = searchMethod("ga", "GCRAS", "#AA3377");

export default method;
