import { assert, assertEquals, assertThrows } from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { LEDGER_SECTIONS } from "../../lib/scenario/assumptions.ts";
import { BALANCED_SCENARIO } from "../../lib/scenario/scenario.ts";
import { ACTION_LEDGER, OBSERVATION_LEDGER } from "../../lib/env/choices.ts";
import { METHODS } from "../../lib/methods/mod.ts";
import { DEFAULTS, type Readings } from "./door.ts";
import { changedParts } from "./fingerprint.ts";

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

interface Switch {
  readonly change: Readings;
  /** What must already hold for the switch to have an effect. */
  readonly given?: Readings;
  readonly changes: readonly string[];
}

const SWITCHES: readonly Switch[] = [
  ...(["kilobit", "kilobyte"] as const).map((backhaulRate) => ({
    change: { backhaulRate },
    changes: [
      ...instance("backhaulUplinkBps", "backhaulDownlinkBps"),
      ...BACKHAUL,
    ],
  })),
  {
    change: { modelFlopUnit: "exaflop" },
    changes: [...instance("modelFlop"), ...OPERATIONS],
  },
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
  },
  {
    change: { downlinkQueue: "carried" },
    given: { slotDurationS: 1 },
    changes: WAIT,
  },
  { change: { slotDurationS: 1 }, changes: [] },
  {
    change: { slotDurationS: 1 },
    given: { downlinkQueue: "carried" },
    changes: WAIT,
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
  { change: { cacheDecoding: "rank" }, changes: CACHES },
  {
    change: { storageViolation: "penalty" },
    changes: [...CACHES, ...outcome("violations")],
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
  },
  // Read by experiments and figures, not by the environment.
  { change: { instanceDraw: "fixed" }, changes: [] },
];

for (const { change, given, changes } of SWITCHES) {
  const under = given === undefined ? "" : ` under ${JSON.stringify(given)}`;
  Deno.test(`switching ${JSON.stringify(change)}${under} changes what it should`, () => {
    assertEquals(changedParts(change, given), [...new Set(changes)].sort());
  });
}

Deno.test("every reading of the world and of the door has its switches above", () => {
  const switched = new Set(
    SWITCHES.flatMap(({ change }) => Object.entries(change))
      .map(([key, value]) => `${key} ${value}`),
  );
  const keys = new Set(SWITCHES.flatMap(({ change }) => Object.keys(change)));
  const present: Readonly<Record<string, unknown>> = {
    ...DEFAULTS,
    ...BALANCED_SCENARIO.assumptions,
  };
  const sections = {
    ...LEDGER_SECTIONS,
    Observation: { ...OBSERVATION_LEDGER },
    Action: { ...ACTION_LEDGER },
  };
  for (const entries of Object.values(sections)) {
    for (const [key, entry] of Object.entries(entries)) {
      if (entry.kind !== "choice") {
        assert(keys.has(key), `no switch of ${key}`);
        continue;
      }
      for (const option of Object.keys(entry.options)) {
        if (option === present[key]) continue;
        assert(switched.has(`${key} ${option}`), `no switch ${key} ${option}`);
      }
    }
  }
});

Deno.test("an environment takes no hyperparameter that is not of its door", () => {
  const known = new Set(Object.keys(DEFAULTS));
  const others = METHODS.flatMap(({ hyperparameters = {} }) =>
    Object.entries(hyperparameters)
  ).filter(([key]) => !known.has(key));
  assert(others.length > 20);
  for (const [key, entry] of others) {
    assertThrows(
      () =>
        new EdgeEnv(BALANCED_SCENARIO, { choices: { [key]: entry.default } }),
      Error,
      `options.choices.${key} must be a known key`,
    );
  }
});
