import { assert, assertEquals } from "@std/assert";
import {
  DEFAULT_ASSUMPTIONS,
  ERRATA,
  LEDGER,
  LEDGER_SECTIONS,
} from "../../lib/scenario/assumptions.ts";
import type { LedgerEntry } from "../../lib/input/ledger_entry.ts";
import { collectLedger } from "../../lib/studies/ledger.ts";
import {
  findMethod,
  isFor,
  METHODS,
  refuseExclusions,
  resolveHyperparameters,
} from "../../lib/methods/mod.ts";
import { deriveScenario, PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";
import { parseScenario } from "../../lib/scenario/parse_scenario.ts";

const OWNED = collectLedger();

/** The whole ledger: of the world, of methods, of studies. */
const ENTRIES = OWNED.map(({ key, entry }): [string, LedgerEntry] => [
  key,
  entry,
]);

/** What scenarios hold. */
const WORLD = Object.entries(LEDGER as Record<string, LedgerEntry>);

function assertText(text: string, where: string): void {
  assert(text.trim().length >= 3, `${where} says nothing`);
}

Deno.test("every entry says what the paper says, why, and how much it matters", () => {
  for (const [key, entry] of ENTRIES) {
    assertText(entry.paper, `${key}.paper`);
    assertText(entry.reason, `${key}.reason`);
    assertText(entry.matters, `${key}.matters`);
  }
});

Deno.test("every choice has its default and a text among its options", () => {
  for (const [key, entry] of ENTRIES) {
    if (entry.kind !== "choice") continue;
    assert(entry.default in entry.options, `default of ${key}`);
    for (const [option, text] of Object.entries(entry.options)) {
      assertText(text, `${key}.${option}`);
    }
    const texts = new Set(Object.values(entry.options));
    assertEquals(texts.size, Object.keys(entry.options).length, key);
  }
});

Deno.test("every number has a unit, and its default and alternatives lie in its bounds", () => {
  for (const [key, entry] of ENTRIES) {
    if (entry.kind !== "number") continue;
    assert(entry.unit !== "", `unit of ${key}`);
    assert(entry.minimum <= entry.maximum, `bounds of ${key}`);
    const values = [entry.default, ...Object.keys(entry.alternatives)];
    for (const value of values.map(Number)) {
      assert(Number.isFinite(value), `${key} = ${value}`);
      assert(value >= entry.minimum && value <= entry.maximum, key);
      assert(!entry.integer || Number.isInteger(value), key);
    }
    for (const [value, text] of Object.entries(entry.alternatives)) {
      assertText(text, `${key} = ${value}`);
      assert(Number(value) !== entry.default, `${key} repeats its default`);
    }
  }
});

Deno.test("every list of sizes is a non-empty list of positive whole numbers", () => {
  for (const [key, entry] of ENTRIES) {
    if (entry.kind !== "sizes") continue;
    assert(entry.default.length > 0, key);
    assert(entry.default.every((n) => Number.isInteger(n) && n > 0), key);
  }
});

Deno.test("the default assumptions are the entries' defaults", () => {
  const defaults = DEFAULT_ASSUMPTIONS as unknown as Record<string, unknown>;
  assertEquals(Object.keys(defaults), WORLD.map(([key]) => key));
  for (const [key, entry] of WORLD) {
    assertEquals(defaults[key], entry.default);
  }
  for (const method of METHODS) {
    const values = resolveHyperparameters(method);
    const { hyperparameters = {} } = method;
    assertEquals(Object.keys(values), Object.keys(hyperparameters));
    for (const [key, entry] of Object.entries(hyperparameters)) {
      assertEquals(values[key], entry.default);
    }
  }
});

Deno.test("the defaults are the paper's print, else the customary values", () => {
  const expected = {
    // Printed, or the SI meaning of what is printed.
    backhaulRate: "kilobit",
    modelFlopUnit: "exaflop",
    byteUnit: "decimal",
    requestVisibility: "reactive",
    endOfEpisode: "continuing",
    actorLearningRate: 1e-5,
    criticLearningRate: 1e-3,
    updatesPerStep: 1,
    convergenceCurve: "all",
    // An A800's data sheet, and prices at which no term swamps the others.
    gpuFlopRate: "dense-fp16",
    transferCostUnit: "megabyte",
    gpuCostUnit: "hour",
    storageCostUnit: "gigabyte",
    responseTimeWeight: 1 / 36_000,
    costWeight: 1 / 1000,
    pathLossDistanceUnit: "kilometer",
    // The simplest reading of what is left open.
    association: "nearest",
    areaSideM: 1000,
    minDistanceM: 10,
    typeOrder: "interleaved",
    sizeFlopCoupling: "independent",
    redraw: "scenario",
    modelLoading: "free",
    downlinkQueue: "empty",
    shareFloor: 0,
    fadingObserved: "magnitude",
    requestEncoding: "index",
    inputScaling: "normalized",
    cacheDecoding: "threshold",
    storageViolation: "repair",
    shareDecoding: "softmax",
    computeShareAmong: "associated",
    hitRate: "own-server",
    userCounts: [5, 10, 15, 20, 25, 30],
    // TD3 and DDPG as they are commonly run.
    rewardScale: 1,
    discount: 0.99,
    eq24: "standard",
    eq25: "standard",
    hiddenSizes: [256, 256],
    batchSize: 64,
    tau: 0.005,
    explorationNoise: 0.1,
    replayCapacity: 100_000,
    minReplaySize: 500,
    policyDelay: 2,
    targetNoise: 0.2,
    targetNoiseClip: 0.5,
    // PSO and GA as they are commonly run.
    protocol: "per-slot",
    populationSize: 50,
    trainingEpisodes: 10,
    inertia: 0.7298,
    finalInertia: 0.7298,
    cognitive: 1.49618,
    social: 1.49618,
    maxVelocity: 0.2,
    tournamentSize: 2,
    crossoverProbability: 0.9,
    crossoverEta: 15,
    mutationsPerChild: 1,
    mutationEta: 20,
    eliteCount: 2,
  };
  for (const [key, value] of Object.entries(expected)) {
    const own = ENTRIES.filter(([name]) => name === key);
    assert(own.length > 0, key);
    for (const [, entry] of own) assertEquals(entry.default, value, key);
  }
});

Deno.test("every entry is collected once, with all that have it", () => {
  const world = Object.values(LEDGER_SECTIONS)
    .flatMap((section) => Object.keys(section));
  assertEquals(world.toSorted(), WORLD.map(([key]) => key).sort());
  assertEquals(new Set(OWNED.map(({ entry }) => entry)).size, OWNED.length);
  for (const { name, hyperparameters = {} } of METHODS) {
    const collected = OWNED.filter(({ methods }) => methods.includes(name));
    assertEquals(
      collected.map(({ key }) => key).sort(),
      Object.keys(hyperparameters).sort(),
    );
  }
  // Nobody but methods has them, and those who share one share the entry.
  const discount = OWNED.filter(({ key }) => key === "discount");
  assertEquals(discount.map(({ methods }) => methods), [["td3", "ddpg"]]);
});

Deno.test("every open point that the paper leaves has its entry", () => {
  // The points on which two readers of the paper could differ, by its sections.
  const open = {
    "Table 3, units": ["backhaulRate", "modelFlopUnit", "byteUnit"],
    "Table 3, prices": ["transferCostUnit", "gpuCostUnit", "storageCostUnit"],
    "Table 2, A_8": ["gpuFlopRate"],
    "Eq. 15, weights": ["responseTimeWeight", "costWeight"],
    "Section 3, places": ["association", "areaSideM", "minDistanceM"],
    "Eqs. 5 and 6": ["pathLossDistanceUnit"],
    "Section 3.2": ["typeOrder", "sizeFlopCoupling", "modelLoading"],
    "Section 3.3": ["downlinkQueue", "slotDurationS"],
    "ranges": ["redraw", "instanceDraw"],
    "Eqs. 18c and 18d": ["shareFloor"],
    "Eq. 19": [
      "requestVisibility",
      "fadingObserved",
      "requestEncoding",
      "inputScaling",
    ],
    "Eq. 20": [
      "cacheDecoding",
      "storageViolation",
      "storagePenalty",
      "shareDecoding",
      "computeShareAmong",
    ],
    "Eq. 21": ["rewardScale"],
    "Eqs. 22 to 27": ["endOfEpisode", "discount", "eq24", "eq25", "tau"],
    "networks": ["hiddenSizes", "batchSize", "replayCapacity", "minReplaySize"],
    "learning rates": ["actorLearningRate", "criticLearningRate"],
    "TD3": ["policyDelay", "targetNoise", "targetNoiseClip"],
    "Algorithm 1": ["explorationNoise", "updatesPerStep"],
    "Section 5": [
      "hitRate",
      "convergenceCurve",
      "userCounts",
    ],
    "Section 5.1, PCRAS": [
      "inertia",
      "finalInertia",
      "cognitive",
      "social",
      "maxVelocity",
    ],
    "Section 5.1, GCRAS": [
      "tournamentSize",
      "crossoverProbability",
      "crossoverEta",
      "mutationsPerChild",
      "mutationEta",
      "eliteCount",
    ],
    "Section 5.1, searches": [
      "protocol",
      "populationSize",
      "trainingEpisodes",
    ],
  };
  const keys = new Set(ENTRIES.map(([key]) => key));
  for (const key of Object.values(open).flat()) {
    assert(keys.has(key), `no entry ${key}`);
  }
});

const CHARGED = deriveScenario(PAPER_SCENARIO, {
  assumptions: { modelLoading: "charged" },
});

/** Sets one choice of the world or of a method; throws if it is refused. */
function set(
  methods: readonly string[],
  values: Readonly<Record<string, unknown>>,
): void {
  for (const name of methods) {
    const method = findMethod(name);
    const all = resolveHyperparameters(method, values);
    const world = [PAPER_SCENARIO, CHARGED].find((one) => isFor(method, one));
    refuseExclusions(method, world!, all);
    for (const [key, value] of Object.entries(values)) {
      assertEquals<unknown>(all[key], value);
    }
  }
  if (methods.length > 0) return;
  assertEquals(parseScenario({ assumptions: values }).assumptions, {
    ...DEFAULT_ASSUMPTIONS,
    ...values,
  });
}

const CHOSEN = OWNED.filter(({ section }) => section !== "Studies");

Deno.test("every option of every choice can be set", () => {
  let tried = 0;
  for (const { key, entry, methods } of CHOSEN) {
    if (entry.kind !== "choice") continue;
    for (const option of Object.keys(entry.options)) {
      set(methods, { [key]: option });
      tried++;
    }
  }
  assert(tried > 40);
});

/** What else must hold where a value reaches its bound. */
const WITH: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  replayCapacity: { minReplaySize: 0, batchSize: 1 },
  minReplaySize: { replayCapacity: 1e9 },
  batchSize: { replayCapacity: 1e9 },
  eliteCount: { populationSize: 1e9 },
};

Deno.test("every bound and alternative of every number can be set", () => {
  for (const { key, entry, methods } of CHOSEN) {
    if (entry.kind !== "number") continue;
    const values = [
      entry.minimum,
      ...Object.keys(entry.alternatives).map(Number),
      ...(entry.maximum === Infinity ? [] : [entry.maximum]),
    ];
    for (const value of values) set(methods, { ...WITH[key], [key]: value });
  }
});

Deno.test("every erratum says where, what is printed and what is done", () => {
  assert(ERRATA.length >= 7);
  for (const { place, printed, handled } of ERRATA) {
    assert(/\d|Abstract/.test(place), place);
    assertText(printed, place);
    assertText(handled, place);
  }
  const places = ERRATA.map(({ place }) => place).join("; ");
  for (
    const wanted of ["Eq. 24", "Eq. 25", "Eq. 10", "Algorithm 1", "Table 2"]
  ) {
    assert(places.includes(wanted), wanted);
  }
});
