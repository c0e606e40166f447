/**
 * Every reading switched, with all that should follow from it.
 *
 * @module
 */

import type { Readings } from "./fingerprint.ts";

const outcome = (...names: string[]) => names.map((name) => `outcome.${name}`);
const instance = (...names: string[]) =>
  names.map((name) => `instance.${name}`);
const decision = (...names: string[]) =>
  names.map((name) => `decision.${name}`);

// What follows from what, by Eqs. 7 to 21.
const OBJECTIVE = [...outcome("objective", "reward"), "reward"];
const WAIT = [
  ...outcome("waitTimeS", "responseTimeS", "totalResponseTimeS"),
  ...OBJECTIVE,
];
const READY = [...outcome("readyTimeS"), ...WAIT];
const USER_COST = [...outcome("userCost", "totalCost"), ...OBJECTIVE];
const UPLINK = [...outcome("uplinkRateBps", "uplinkTimeS"), ...READY];
const RADIO = [
  ...outcome("channelGain", "downlinkRateBps", "downlinkTimeS"),
  ...UPLINK,
];
const BACKHAUL = [
  ...outcome("backhaulUplinkTimeS", "backhaulDownlinkTimeS"),
  ...READY,
];
const INFERENCE = [...outcome("inferenceTimeS"), ...READY];
const OPERATIONS = [...INFERENCE, ...outcome("gpuCost"), ...USER_COST];
const HITS = [
  ...outcome("hit", "hitRate", "backhaulCost"),
  "hit rate",
  ...BACKHAUL,
  ...INFERENCE,
  ...USER_COST,
];
const CACHES = [
  ...decision("cache"),
  ...outcome("storageUsedBytes", "storageCost"),
  ...HITS,
];
const SHARES = [
  ...decision("bandwidthShare", "computeShare"),
  ...UPLINK,
  ...INFERENCE,
];
const SERVERS = [...decision("server"), ...SHARES, ...RADIO, ...HITS];
const REDRAWN = [
  "serverStorageBytes",
  "uplinkBandwidthHz",
  "downlinkBandwidthHz",
  "serverGpus",
  "modelSizeBytes",
  "modelFlop",
].map((name) => `slot instance.${name}`);

/** A reading that is switched, and what follows from that. */
export interface Switch {
  /** What is switched. */
  readonly change: Readings;
  /** What must already hold for the switch to have an effect. */
  readonly given?: Readings;
  /** Everything that changes, by the names of `changedParts`. */
  readonly changes: readonly string[];
  /**
   * Whether waiting stays as it is with the paper's units, in which results are
   * ready hours apart: none of them then meets another in its server's queue.
   */
  readonly waitsAsBefore?: boolean;
}

/** Every other value of every choice, and another of every number. */
export const SWITCHES: readonly Switch[] = [
  ...(["kilobit", "kilobyte", "megabit"] as const).map((backhaulRate) => ({
    change: { backhaulRate },
    changes: [
      ...instance("backhaulUplinkBps", "backhaulDownlinkBps"),
      ...BACKHAUL,
    ],
  })),
  ...(["exaflop", "petaflop"] as const).map((modelFlopUnit) => ({
    change: { modelFlopUnit },
    changes: [...instance("modelFlop"), ...OPERATIONS],
  })),
  ...(["sparse-fp16", "fp32"] as const).map((gpuFlopRate) => ({
    change: { gpuFlopRate },
    changes: [...instance("gpuFlopPerS"), ...OPERATIONS],
  })),
  {
    // More bytes at a lower price a byte: no cost changes.
    change: { byteUnit: "binary" },
    changes: [
      ...instance("serverStorageBytes", "modelSizeBytes"),
      ...instance("backhaulCostPerByte", "accessCostPerByte"),
      ...instance("storageCostPerByte"),
      "chance.inputBytes",
      "chance.outputBytes",
      ...outcome("uplinkTimeS", "downlinkTimeS", "storageUsedBytes"),
      ...BACKHAUL,
    ],
  },
  {
    change: { transferCostUnit: "gigabyte" },
    changes: [
      ...instance("backhaulCostPerByte", "accessCostPerByte"),
      ...outcome("accessCost", "backhaulCost"),
      ...USER_COST,
    ],
  },
  {
    change: { gpuCostUnit: "second" },
    changes: [...instance("gpuCostPerS"), ...outcome("gpuCost"), ...USER_COST],
  },
  {
    change: { storageCostUnit: "megabyte" },
    changes: [
      ...instance("storageCostPerByte"),
      ...outcome("storageCost", "totalCost"),
      ...OBJECTIVE,
    ],
  },
  {
    change: { responseTimeWeight: 1 },
    changes: [...instance("responseTimeWeight"), ...OBJECTIVE],
  },
  {
    change: { costWeight: 1 },
    changes: [...instance("costWeight"), ...OBJECTIVE],
  },
  { change: { pathLossDistanceUnit: "meter" }, changes: RADIO },
  ...(["random", "balanced"] as const).map((association) => ({
    change: { association },
    changes: ["chance.server", ...SERVERS],
  })),
  { change: { association: "cached-anywhere" }, changes: SERVERS },
  {
    change: { areaSideM: 2000 },
    changes: [...instance("userPositionsM", "serverPositionsM"), ...RADIO],
  },
  {
    change: { minDistanceM: 300 },
    changes: [...instance("minDistanceM"), ...RADIO],
  },
  {
    change: { typeOrder: "blocks" },
    changes: [
      ...instance("modelType"),
      "chance.outputBytes",
      "observation",
      ...outcome("downlinkTimeS", "backhaulDownlinkTimeS"),
      ...outcome("accessCost", "backhaulCost"),
      ...READY,
      ...USER_COST,
    ],
  },
  {
    change: { sizeFlopCoupling: "tied" },
    changes: [...instance("modelFlop"), ...OPERATIONS],
  },
  {
    change: { redraw: "slot" },
    changes: [
      ...REDRAWN,
      ...CACHES,
      ...UPLINK,
      ...outcome("downlinkRateBps", "downlinkTimeS", "gpuCost"),
    ],
  },
  {
    // Loading is a cost of the slot, not of a user.
    change: { modelLoading: "charged" },
    changes: ["observation", ...INFERENCE, ...outcome("totalCost")],
    waitsAsBefore: true,
  },
  {
    change: { downlinkQueue: "carried" },
    given: { slotDurationS: 1 },
    changes: ["observation", ...WAIT],
  },
  { change: { slotDurationS: 1 }, changes: [] },
  {
    change: { slotDurationS: 1 },
    given: { downlinkQueue: "carried" },
    changes: ["observation", ...WAIT],
  },
  {
    change: { shareFloor: 0.5 },
    changes: [...instance("shareFloor"), ...UPLINK, ...INFERENCE],
  },
  { change: { requestVisibility: "lagged" }, changes: ["observation"] },
  ...(["complex", "link-gain"] as const).map((fadingObserved) => ({
    change: { fadingObserved },
    changes: ["observation"],
  })),
  ...(["one-hot", "one-hot-counts"] as const).map((requestEncoding) => ({
    change: { requestEncoding },
    changes: ["observation"],
  })),
  { change: { inputScaling: "raw" }, changes: ["observation"] },
  { change: { cacheDecoding: "rank" }, changes: CACHES, waitsAsBefore: true },
  {
    change: { storageViolation: "penalty" },
    changes: [...CACHES, ...outcome("violations")],
    waitsAsBefore: true,
  },
  { change: { storagePenalty: 7 }, changes: [] },
  {
    change: { storagePenalty: 7 },
    given: { storageViolation: "penalty" },
    changes: ["reward"],
  },
  { change: { shareDecoding: "l1" }, changes: SHARES },
  {
    change: { computeShareAmong: "hits" },
    changes: [...decision("computeShare"), ...INFERENCE],
    waitsAsBefore: true,
  },
  // Read where requests are lagged; a decision's own shares are then not read.
  { change: { shareTiming: "after-requests" }, changes: [] },
  {
    change: { shareTiming: "after-requests" },
    given: { requestVisibility: "lagged" },
    changes: [...UPLINK, ...INFERENCE],
  },
  ...(["any-server", "cached-used"] as const).map((hitRate) => ({
    change: { hitRate },
    changes: ["hit rate"],
  })),
  // Read by experiments and figures, not by the environment.
  { change: { instanceDraw: "fixed" }, changes: [] },
  ...(["raw", "mean", "fit"] as const).map((convergenceCurve) => ({
    change: { convergenceCurve },
    changes: [],
  })),
  { change: { userCounts: [1] }, changes: [] },
];
