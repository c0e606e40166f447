/**
 * Ledger entries on what the paper's printed numbers mean.
 *
 * @module
 */

import { choice, type Ledger, quantity } from "../input/ledger_entry.ts";

/** Choices of the section "Units and prices". */
export interface UnitAssumptions {
  /** What "Kbps" of the backhaul means. */
  readonly backhaulRate: "kilobit" | "kilobyte" | "megabit";
  /** What "Eflops" of F_m means. */
  readonly modelFlopUnit: "exaflop" | "petaflop";
  /** A_8, the computing power of an A800. */
  readonly gpuFlopRate: "dense-fp16" | "sparse-fp16" | "fp32";
  /** What MB and GB mean. */
  readonly byteUnit: "decimal" | "binary";
  /** What a transfer is priced by. */
  readonly transferCostUnit: "megabyte" | "gigabyte";
  /** What GPU rental is priced by. */
  readonly gpuCostUnit: "hour" | "second";
  /** What storage is priced by. */
  readonly storageCostUnit: "gigabyte" | "megabyte";
  /** ω1 of Eq. 15 in 1/s. */
  readonly responseTimeWeight: number;
  /** ω2 of Eq. 15 in 1/currency. */
  readonly costWeight: number;
  /** The unit of D in Eq. 5. */
  readonly pathLossDistanceUnit: "kilometer" | "meter";
}

/** Readings of printed units and prices. */
export const UNIT_ASSUMPTIONS: Ledger<UnitAssumptions> = {
  backhaulRate: choice({
    paper: 'Table 3 prints 500 "Kbps" for R_E,CS.',
    options: {
      kilobit: "500e3 bit/s",
      kilobyte: "500e3 byte/s",
      megabit: "500e6 bit/s, as a fiber backhaul has",
    },
    default: "kilobit",
    reason: "The printed unit.",
    matters: "high: the backhaul takes 8,600, 1,070 or 8.6 s a request",
  }),
  modelFlopUnit: choice({
    paper: 'Table 3 prints F_m in [10, 20] "Eflops".',
    options: {
      exaflop: "1e18 operations per request",
      petaflop: "1e15 operations per request",
    },
    default: "exaflop",
    reason: "The printed unit; Eq. 10 uses F_m as a count of operations.",
    matters: "high: inference takes hours or seconds",
  }),
  gpuFlopRate: choice({
    paper: "A_8, the computing power of an A800, is never given.",
    options: {
      "dense-fp16": "312e12 FLOP/s, tensor cores, dense FP16",
      "sparse-fp16": "624e12 FLOP/s, tensor cores, sparse FP16",
      fp32: "19.5e12 FLOP/s, FP32 without tensor cores",
    },
    default: "dense-fp16",
    reason: "The data-sheet rate at which generative models commonly run.",
    matters: "high",
  }),
  byteUnit: choice({
    paper: "Table 3 prints MB and GB.",
    options: {
      decimal: "1 MB = 1e6 byte, 1 GB = 1e9 byte",
      binary: "1 MB = 2^20 byte, 1 GB = 2^30 byte",
    },
    default: "decimal",
    reason: "The SI meaning of the prefixes.",
    matters: "low",
  }),
  transferCostUnit: choice({
    paper: "Table 3 prints 0.6 and 0.2 without a unit.",
    options: { megabyte: "per megabyte", gigabyte: "per gigabyte" },
    default: "megabyte",
    reason: "d_in and d_out, which the prices multiply, are printed in MB.",
    matters: "medium",
  }),
  gpuCostUnit: choice({
    paper: "Table 3 prints 4 for C_A8^com without a unit.",
    options: { hour: "per GPU and hour", second: "per GPU and second" },
    default: "hour",
    reason:
      "GPUs are rented by the hour; 4 a second would swamp every other cost.",
    matters: "high: a request's GPU rental costs 55 or 197,000",
  }),
  storageCostUnit: choice({
    paper: "Table 3 prints 0.4 for C_E^st without a unit.",
    options: {
      gigabyte: "per gigabyte and slot",
      megabyte: "per megabyte and slot",
    },
    default: "gigabyte",
    reason: "S_m, which the price multiplies, is printed in GB.",
    matters: "medium",
  }),
  responseTimeWeight: quantity({
    paper: "ω1 of Eq. 15 is never given.",
    unit: "1/s",
    default: 1 / 36000,
    alternatives: { "1": "seconds as they are" },
    reason:
      "With ω2 = 1/1000 a request served by the cloud costs about 1, half of it time and half money.",
    matters: "high for learning",
  }),
  costWeight: quantity({
    paper: "ω2 of Eq. 15 is never given.",
    unit: "1/currency",
    default: 1 / 1000,
    alternatives: { "1": "prices as they are" },
    reason: "See responseTimeWeight.",
    matters: "high for learning",
  }),
  pathLossDistanceUnit: choice({
    paper: "Eq. 5 does not say the unit of D.",
    options: {
      kilometer: "the unit of the 128.1 + 37.6 log10(D) model (3GPP TR 36.814)",
      meter: "meters; no signal is left",
    },
    default: "kilometer",
    reason:
      "In meters the received power is 113 dB lower and no rate is usable.",
    matters: "meters are impossible",
  }),
};
