/**
 * What values the parts of a scenario may have, each for itself.
 *
 * @module
 */

import * as z from "zod";
import {
  arraySchema,
  COUNT,
  DECIBEL,
  NOT_NEGATIVE,
  numberSchema,
  POSITIVE,
  POSITIVE_BOUNDS,
  rangeSchema,
} from "../input/schema.ts";
import {
  type AssumptionKey,
  DEFAULT_ASSUMPTIONS,
  LATER_ASSUMPTIONS,
  LEDGER,
} from "./assumptions.ts";
import { entrySchema, type LedgerEntry } from "../input/ledger_entry.ts";
import type { Parameters } from "./parameters.ts";

const POSITIVE_RANGE = rangeSchema(POSITIVE_BOUNDS);

/** What values every parameter may have. */
export const PARAMETER_SCHEMAS: Readonly<
  Record<keyof Parameters, z.ZodType>
> = {
  numUsers: COUNT,
  numServers: COUNT,
  numModels: COUNT,
  slotsPerEpisode: COUNT,
  numEpisodes: COUNT,
  userTxPowerDbm: DECIBEL,
  serverTxPowerDbm: DECIBEL,
  noisePsdDbmPerHz: DECIBEL,
  inputMegabytes: POSITIVE_RANGE,
  outputMegabytes: arraySchema(POSITIVE_RANGE, 4, "one range per model type"),
  serverStorageGigabytes: POSITIVE_RANGE,
  uplinkBandwidthMegahertz: POSITIVE_RANGE,
  downlinkBandwidthMegahertz: POSITIVE_RANGE,
  serverGpus: POSITIVE_RANGE,
  cloudGpusPerRequest: POSITIVE,
  backhaulUplinkKbps: POSITIVE,
  backhaulDownlinkKbps: POSITIVE,
  backhaulTransferCost: NOT_NEGATIVE,
  accessTransferCost: NOT_NEGATIVE,
  gpuRentalCost: NOT_NEGATIVE,
  storageCost: NOT_NEGATIVE,
  modelGigabytes: POSITIVE_RANGE,
  modelExaflop: POSITIVE_RANGE,
  popularityStates: z.array(NOT_NEGATIVE, {
    error: "must be an array of Zipf exponents",
  }).min(1, { error: "must be an array of at least 1 Zipf exponent" }),
  popularityTransition: z.array(
    z.array(numberSchema({ minimum: 0, maximum: 1 }), {
      error: "must be an array of probabilities",
    }),
    { error: "must be an array of rows of probabilities" },
  ),
};

/** What values every entry of the ledger may have. */
export const ASSUMPTION_SCHEMAS: Readonly<Record<AssumptionKey, z.ZodType>> =
  Object.fromEntries(
    Object.entries<LedgerEntry>(LEDGER).map((
      [key, entry],
    ) => [key, entrySchema(entry)]),
  ) as Record<AssumptionKey, z.ZodType>;

/** The same for a whole scenario, in which those that came later may be missing. */
export const WHOLE_ASSUMPTION_SCHEMAS: Readonly<
  Record<AssumptionKey, z.ZodType>
> = {
  ...ASSUMPTION_SCHEMAS,
  ...Object.fromEntries(
    LATER_ASSUMPTIONS.map((
      key,
    ) => [key, ASSUMPTION_SCHEMAS[key].default(DEFAULT_ASSUMPTIONS[key])]),
  ),
};
