/**
 * Slots as JSON documents: what `deno task evaluate` reads and prints.
 *
 * A document holds one slot or an array of slots; see `parseSlots`. Numbers are
 * SI and linear, indices count from 0, matrices are arrays of rows.
 *
 * @module
 */

import * as z from "zod";
import { InputError, parseInput } from "../input/input_error.ts";
import type { Instance } from "../scenario/instance.ts";
import { nearestServers } from "../scenario/topology.ts";
import {
  arraySchema,
  COUNT,
  DECIBEL,
  LARGEST_COUNT,
  NOT_NEGATIVE,
  numberSchema,
  objectSchema,
  POSITIVE,
  QUANTITY,
} from "../input/schema.ts";
import type { Decision, SlotOutcome } from "./slot.ts";
import type { SlotState } from "../workload/slot_state.ts";

/** A slot with everything that its evaluation needs. */
export interface SlotDocument {
  /** Name of the slot, if it has one. */
  readonly name?: string;
  /** Capacities, sizes, prices and positions. */
  readonly instance: Instance;
  /** Popularity, fading and requests. */
  readonly state: SlotState;
  /** The decision to judge. */
  readonly decision: Decision;
  /** Outputs that the document says to expect, if any. */
  readonly expected?: Readonly<Record<string, unknown>>;
}

/** A slot that a policy is to decide. */
export interface UndecidedSlot extends Omit<SlotDocument, "decision"> {
  /** Server of every user, length U: given, or else the nearest. */
  readonly server: Int32Array;
}

const point = arraySchema(QUANTITY, 2, "x and y in meters");

const INDEX = numberSchema({
  minimum: 0,
  maximum: LARGEST_COUNT,
  integer: true,
});

function indexBelow(bound: number): z.ZodType<number> {
  return numberSchema({ minimum: 0, maximum: bound - 1, integer: true });
}

const DECISION =
  "an object with cache, bandwidthShare, computeShare, server" as const;

/** The schema of a decision for known sizes. */
function decisionSchema({ numUsers, numServers, numModels }: Sizes) {
  const perServer = (item: z.ZodType<number>, length: number, what: string) =>
    arraySchema(arraySchema(item, length, what), numServers, "one per server");
  return objectSchema({
    cache: perServer(NOT_NEGATIVE, numModels, "one per model"),
    bandwidthShare: perServer(QUANTITY, numUsers, "one per user"),
    computeShare: perServer(QUANTITY, numUsers, "one per user"),
    server: arraySchema(indexBelow(numServers), numUsers, "one per user"),
  }, DECISION);
}

/** As {@linkcode decisionSchema}, where anything may be missing. */
function partialDecisionSchema(sizes: Sizes) {
  const { numUsers, numServers } = sizes;
  const anything = z.unknown();
  return objectSchema({
    cache: anything.optional(),
    bandwidthShare: anything.optional(),
    computeShare: anything.optional(),
    server: arraySchema(
      indexBelow(numServers).nullable(),
      numUsers,
      "one per user",
    ).optional(),
  }, DECISION).optional();
}

/** The schema of a slot whose sizes are known. */
function slotSchema(sizes: Sizes, decision: z.ZodType<unknown>) {
  const { numUsers, numServers, numModels } = sizes;
  const perUser = <Item extends z.ZodType>(item: Item) =>
    arraySchema(item, numUsers, "one per user");
  const perServer = <Item extends z.ZodType>(item: Item) =>
    arraySchema(item, numServers, "one per server");
  const perModel = <Item extends z.ZodType>(item: Item) =>
    arraySchema(item, numModels, "one per model");
  return objectSchema({
    name: z.string({ error: "must be text" }).optional(),
    convention: z.string({ error: "must be text" }).optional(),
    scenario: objectSchema({
      numUsers: COUNT,
      numServers: COUNT,
      numModels: COUNT,
      userTxPowerDbm: DECIBEL,
      serverTxPowerDbm: DECIBEL,
      noisePsdDbmPerHz: DECIBEL,
      serverStorageBytes: perServer(NOT_NEGATIVE),
      uplinkBandwidthHz: perServer(POSITIVE),
      downlinkBandwidthHz: perServer(POSITIVE),
      serverGpus: perServer(POSITIVE),
      cloudGpusPerRequest: POSITIVE,
      gpuFlopPerS: POSITIVE,
      backhaulUplinkBps: POSITIVE,
      backhaulDownlinkBps: POSITIVE,
      modelSizeBytes: perModel(NOT_NEGATIVE),
      modelFlop: perModel(NOT_NEGATIVE),
      modelType: perModel(indexBelow(4)),
      backhaulCostPerByte: NOT_NEGATIVE,
      accessCostPerByte: NOT_NEGATIVE,
      gpuCostPerS: NOT_NEGATIVE,
      storageCostPerByte: NOT_NEGATIVE,
      responseTimeWeight: NOT_NEGATIVE,
      costWeight: NOT_NEGATIVE,
      shareFloor: numberSchema({ minimum: 0, maximum: 1 }),
      userPositionsM: perUser(point),
      serverPositionsM: perServer(point),
      minDistanceM: POSITIVE,
    }, "an object of capacities, sizes, prices and positions"),
    state: objectSchema(
      {
        popularityIndex: INDEX,
        fading: perUser(arraySchema(QUANTITY, 2, "real and imaginary part")),
        requestedModel: perUser(indexBelow(numModels)),
        inputBytes: perUser(NOT_NEGATIVE),
        outputBytes: perUser(NOT_NEGATIVE),
      },
      "an object with popularityIndex, fading, requestedModel, inputBytes, outputBytes",
    ),
    decision,
    expected: z.record(z.string(), z.unknown(), {
      error: "must be an object of outputs",
    }).optional(),
  }, "an object with scenario, state and decision");
}

const float = (values: number[]) => Float64Array.from(values);
const rows = (values: number[][]) => Float64Array.from(values.flat());

interface Sizes {
  readonly numUsers: number;
  readonly numServers: number;
  readonly numModels: number;
}

const SIZES = z.looseObject({
  scenario: z.looseObject(
    { numUsers: COUNT, numServers: COUNT, numModels: COUNT },
    { error: "must be an object of capacities, sizes, prices and positions" },
  ),
}, { error: "must be an object with scenario, state and decision" });

function parseSlot<Decided extends z.ZodType>(
  value: unknown,
  act: string,
  path: readonly PropertyKey[],
  schemaOfDecision: (sizes: Sizes) => Decided,
) {
  // Unknown keys are reported first: a misspelled size is better named as such.
  const sizes = SIZES.safeParse(value).data?.scenario ??
    { numUsers: 1, numServers: 1, numModels: 1 };
  const { scenario, state, decision, name, expected } = parseInput(
    slotSchema(sizes, schemaOfDecision(sizes)),
    value,
    { act, path },
  );
  return {
    slot: {
      ...(name === undefined ? {} : { name }),
      ...(expected === undefined ? {} : { expected }),
      instance: {
        ...scenario,
        serverStorageBytes: float(scenario.serverStorageBytes),
        uplinkBandwidthHz: float(scenario.uplinkBandwidthHz),
        downlinkBandwidthHz: float(scenario.downlinkBandwidthHz),
        serverGpus: float(scenario.serverGpus),
        modelSizeBytes: float(scenario.modelSizeBytes),
        modelFlop: float(scenario.modelFlop),
        modelType: Int32Array.from(scenario.modelType),
        userPositionsM: rows(scenario.userPositionsM),
        serverPositionsM: rows(scenario.serverPositionsM),
      },
      state: {
        popularityIndex: state.popularityIndex,
        fading: rows(state.fading),
        requestedModel: Int32Array.from(state.requestedModel),
        inputBytes: float(state.inputBytes),
        outputBytes: float(state.outputBytes),
      },
    },
    decision: decision as z.output<Decided>,
  };
}

function parseDecided(
  value: unknown,
  act: string,
  path: readonly PropertyKey[],
): SlotDocument {
  const { slot, decision } = parseSlot(value, act, path, decisionSchema);
  return {
    ...slot,
    decision: {
      cache: rows(decision.cache),
      bandwidthShare: rows(decision.bandwidthShare),
      computeShare: rows(decision.computeShare),
      server: Int32Array.from(decision.server),
    },
  };
}

function parseUndecided(
  value: unknown,
  act: string,
  path: readonly PropertyKey[],
): UndecidedSlot {
  const { slot, decision } = parseSlot(
    value,
    act,
    path,
    partialDecisionSchema,
  );
  const nearest = nearestServers(
    slot.instance.userPositionsM,
    slot.instance.serverPositionsM,
  );
  return {
    ...slot,
    server: nearest.map((own, user) => decision?.server?.[user] ?? own),
  };
}

function parseEach<Slot>(
  value: unknown,
  act: string,
  parse: (value: unknown, act: string, path: readonly PropertyKey[]) => Slot,
): Slot[] {
  if (!Array.isArray(value)) return [parse(value, act, [])];
  if (value.length === 0) {
    throw new InputError(
      `Cannot ${act}: the document must be a slot or an array of at least 1 slot, got an empty array`,
    );
  }
  return value.map((slot, index) => parse(slot, act, [index]));
}

/**
 * Reads the slots of a parsed JSON document: one slot, or an array of them.
 *
 * Only the form is checked: a decision that breaks a constraint of Eq. 18 is a
 * valid document.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} Naming the path of the first thing that is wrong.
 */
export function parseSlots(value: unknown, act: string): SlotDocument[] {
  return parseEach(value, act, parseDecided);
}

/**
 * Reads slots that a policy is to decide: as {@linkcode parseSlots}, but a slot may
 * carry no decision, and of a decision only `server` counts. A user without a
 * server (none, or null) gets the nearest one, the ledger's default.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} Naming the path of the first thing that is wrong.
 */
export function parseUndecidedSlots(
  value: unknown,
  act: string,
): UndecidedSlot[] {
  return parseEach(value, act, parseUndecided);
}

function toJson(value: unknown): unknown {
  if (value === Infinity) return "Infinity";
  if (value === -Infinity) return "-Infinity";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as unknown as ArrayLike<unknown>, toJson);
  }
  return value;
}

/** An outcome, or some of it, as JSON: plain arrays; infinities as `"Infinity"`. */
export function outcomeToJson(
  outcome: SlotOutcome | Decision | Readonly<Record<string, number>>,
): Record<string, unknown> {
  return entriesToJson(outcome);
}

function entriesToJson(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, toJson(item)]),
  );
}

/** Instance and state as JSON, under the keys that {@linkcode parseSlots} reads. */
export function slotToJson(
  { instance, state }: Pick<SlotDocument, "instance" | "state">,
): Record<"scenario" | "state", Record<string, unknown>> {
  const { userPositionsM, serverPositionsM, numUsers, numServers } = instance;
  return {
    scenario: {
      ...entriesToJson(instance),
      userPositionsM: toRows(userPositionsM, numUsers),
      serverPositionsM: toRows(serverPositionsM, numServers),
    },
    state: { ...entriesToJson(state), fading: toRows(state.fading, numUsers) },
  };
}

/** A matrix as an array of rows. */
function toRows(matrix: Float64Array, rows: number): number[][] {
  const length = matrix.length / rows;
  return Array.from(
    { length: rows },
    (_, row) => Array.from(matrix.subarray(row * length, (row + 1) * length)),
  );
}

/** A decision as JSON, in the form that {@linkcode parseSlots} reads. */
export function decisionToJson(
  decision: Decision,
  numServers: number,
): Record<string, unknown> {
  return {
    cache: toRows(decision.cache, numServers),
    bandwidthShare: toRows(decision.bandwidthShare, numServers),
    computeShare: toRows(decision.computeShare, numServers),
    server: Array.from(decision.server),
  };
}
