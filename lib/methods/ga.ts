/**
 * GCRAS of Section 5.1: a genetic algorithm searches the actions of a slot.
 *
 * @module
 */

import { GA_LEDGER } from "../search/mod.ts";
import type { Method } from "./method.ts";
import { searchMethod } from "./search_method.ts";

const method: Method = searchMethod("ga", {
  label: "GCRAS",
  color: "#AA3377",
  hyperparameters: GA_LEDGER,
});

export default method;
