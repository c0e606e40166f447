import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import {
  generateTrace,
  hashTrace,
  type Trace,
  type TraceKey,
} from "../../lib/workload/trace.ts";
import { InputError } from "../../lib/input/input_error.ts";
import type { Assumptions } from "../../lib/scenario/assumptions.ts";
import type { Parameters } from "../../lib/scenario/parameters.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { assertFits } from "../math/chi_square.ts";

const KEY: TraceKey = { instanceSeed: 0, seed: 0 };

function trace(
  assumptions: Partial<Assumptions> = {},
  parameters: Partial<Parameters> = {},
  key: TraceKey = KEY,
): Trace {
  return generateTrace(
    deriveScenario(PAPER_SCENARIO, { assumptions, parameters }),
    key,
  );
}

Deno.test("the same key gives the same trace; the defaults are train and episode 0", () => {
  const hash = hashTrace(trace());
  assertEquals(hashTrace(trace()), hash);
  assertEquals(trace(), trace());
  const explicit: TraceKey = { ...KEY, split: "train", episode: 0 };
  assertEquals(hashTrace(trace({}, {}, explicit)), hash);
});

Deno.test("another seed, episode, split or instance gives another trace", () => {
  const keys: TraceKey[] = [
    KEY,
    { ...KEY, seed: 1 },
    { ...KEY, episode: 1 },
    { ...KEY, split: "validation" },
    { ...KEY, split: "test" },
    { ...KEY, instanceSeed: 1 },
    { instanceSeed: 1, seed: 1 },
  ];
  const traces = keys.map((key) => trace({}, {}, key));
  assertEquals(new Set(traces.map(hashTrace)).size, keys.length);
  const inputs = traces.map(({ slots }) => slots[0].state.inputBytes[0]);
  assertEquals(new Set(inputs).size, keys.length);
});

Deno.test("the hash of one small trace is what it always was", () => {
  // Regression guard, not a derived value: a change here changes every published
  // number, and belongs into the changelog.
  const small = trace({}, { numUsers: 2, numModels: 3, slotsPerEpisode: 1 });
  assertEquals(
    hashTrace(small),
    "e001118cd8208b4aa58e1ab431653efe479d92cc5c42ff093cfac2ef4ac41d72",
  );
});

Deno.test("the hash covers every number", () => {
  const base = hashTrace(trace());
  const changes: ((slot: Trace["slots"][number]) => void)[] = [
    (slot) => slot.state.fading[1] += 1e-9,
    (slot) => slot.state.requestedModel[3] ^= 1,
    (slot) => slot.state.inputBytes[0]++,
    (slot) => slot.state.outputBytes[9]++,
    (slot) => slot.server[2] ^= 1,
    (slot) => slot.instance.modelFlop[7] *= 2,
    (slot) => slot.instance.userPositionsM[0]++,
    (slot) => Object.assign(slot.state, { popularityIndex: 7 }),
    (slot) => Object.assign(slot.instance, { gpuFlopPerS: 1 }),
  ];
  for (const change of changes) {
    const changed = structuredClone(trace());
    change(changed.slots[10]);
    assertNotEquals(hashTrace(changed), base, change.toString());
  }
  const before = structuredClone(trace());
  before.before.state.inputBytes[0]++;
  assertNotEquals(hashTrace(before), base);
});

Deno.test("a trace has T + 1 slots and one before, of the scenario's shapes and ranges", () => {
  const { before, slots } = trace();
  assertEquals(slots.length, 11);
  const ranges = [[500, 510], [520, 530], [540, 550], [560, 570]];
  for (const { state, server, instance } of [before, ...slots]) {
    assertEquals(state.fading.length, 20);
    assertEquals(server.length, 10);
    assert(state.inputBytes.every((bytes) => bytes >= 4e6 && bytes <= 8e6));
    state.requestedModel.forEach((model, user) => {
      assert(model >= 0 && model < 20);
      const [low, high] = ranges[instance.modelType[model]];
      const megabytes = state.outputBytes[user] / 1e6;
      assert(megabytes >= low && megabytes <= high);
    });
  }
});

Deno.test("a longer episode begins like a shorter one", () => {
  const short = trace({}, { slotsPerEpisode: 3 });
  const long = trace({}, { slotsPerEpisode: 9 });
  assertEquals(long.slots.slice(0, 4), [...short.slots]);
  assertEquals(long.before, short.before);
});

Deno.test("the slots of a trace are drawn apart", () => {
  const { before, slots } = trace();
  const firsts = [before, ...slots].map(({ state }) => state.inputBytes[0]);
  assertEquals(new Set(firsts).size, 12);
});

Deno.test("Algorithm 1, line 2: the popularity starts anywhere", () => {
  const counts = [0, 0, 0];
  for (let episode = 0; episode < 600; episode++) {
    const { slots } = trace({}, { slotsPerEpisode: 1 }, { ...KEY, episode });
    counts[slots[0].state.popularityIndex]++;
  }
  assertFits(counts, [1 / 3, 1 / 3, 1 / 3]);
});

Deno.test("Eq. 1: the popularity of a trace moves by P", () => {
  const { slots } = trace({}, { numUsers: 1, slotsPerEpisode: 5000 });
  const counts = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  for (let t = 1; t < slots.length; t++) {
    const from = slots[t - 1].state.popularityIndex;
    counts[from][slots[t].state.popularityIndex]++;
  }
  const rows = PAPER_SCENARIO.parameters.popularityTransition;
  counts.forEach((row, from) => assertFits(row, rows[from], `row ${from}`));
});

Deno.test("Eq. 2: the requests of a trace follow the popularity of their slot", () => {
  const counts = [0, 1, 2].map(() => new Array<number>(5).fill(0));
  const { slots } = trace({}, { numModels: 5, slotsPerEpisode: 1500 });
  for (const { state } of slots) {
    for (const model of state.requestedModel) {
      counts[state.popularityIndex][model]++;
    }
  }
  [0.2, 0.5, 0.8].forEach((exponent, index) => {
    const weights = [1, 2, 3, 4, 5].map((m) => 1 / m ** exponent);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    assertFits(counts[index], weights.map((w) => w / total), `γ ${exponent}`);
  });
});

Deno.test("common random numbers: a reading moves only the numbers that it names", () => {
  const base = trace();
  const untouched: Partial<Assumptions>[] = [
    { association: "random" },
    { association: "balanced" },
    { computeShareAmong: "hits" },
    { requestVisibility: "lagged" },
    { backhaulRate: "megabit" },
    { modelFlopUnit: "petaflop" },
    { redraw: "slot" },
    { modelLoading: "charged" },
    { sizeFlopCoupling: "tied" },
    { responseTimeWeight: 1 },
  ];
  for (const assumptions of untouched) {
    const other = trace(assumptions);
    assertEquals(
      other.slots.map(({ state }) => state),
      base.slots.map(({ state }) => state),
      JSON.stringify(assumptions),
    );
    assertEquals(other.before.state, base.before.state);
  }
  const binary = trace({ byteUnit: "binary" });
  assertEquals(
    binary.slots.map(({ state }) => state.requestedModel),
    base.slots.map(({ state }) => state.requestedModel),
  );
});

Deno.test("common random numbers: capacities and prices leave the requests alone", () => {
  const other = trace({}, {
    serverGpus: [1, 2],
    storageCost: 9,
    numServers: 5,
  });
  assertEquals(
    other.slots.map(({ state }) => state),
    trace().slots.map(({ state }) => state),
  );
});

Deno.test("association: nearest and balanced hold for an episode, random is drawn per slot", () => {
  const nearest = trace();
  const [{ server, instance }] = nearest.slots;
  server.forEach((chosen, user) => {
    const squared = [0, 1].map((j) =>
      (instance.userPositionsM[2 * user] - [250, 750][j]) ** 2 +
      (instance.userPositionsM[2 * user + 1] - 500) ** 2
    );
    assertEquals(chosen, squared[0] <= squared[1] ? 0 : 1);
  });
  for (const slot of nearest.slots) assertEquals(slot.server, server);
  const balanced = trace({ association: "balanced" }, { numServers: 3 });
  for (const slot of balanced.slots) {
    const load = [0, 0, 0];
    for (const j of slot.server) load[j]++;
    assert(Math.max(...load) <= 4);
  }
  const anywhere = trace({ association: "cached-anywhere" });
  assertEquals(anywhere, nearest);
  const random = trace({ association: "random" }, { slotsPerEpisode: 400 });
  const counts = [0, 0];
  for (const slot of random.slots) for (const j of slot.server) counts[j]++;
  assertFits(counts, [0.5, 0.5]);
  assertNotEquals([...random.slots[0].server], [...random.slots[1].server]);
});

Deno.test("redraw: once per scenario, or capacities anew in every slot with users in place", () => {
  const once = trace();
  for (const { instance } of once.slots) {
    assert(instance === once.slots[0].instance);
  }
  const anew = trace({ redraw: "slot" });
  const all = [anew.before, ...anew.slots];
  for (
    const key of [
      "serverStorageBytes",
      "uplinkBandwidthHz",
      "downlinkBandwidthHz",
      "serverGpus",
      "modelSizeBytes",
      "modelFlop",
    ] as const
  ) {
    const drawn = new Set(all.map(({ instance }) => instance[key][0]));
    assertEquals(drawn.size, all.length, key);
  }
  for (const { instance, server } of all) {
    const base = once.slots[0];
    assertEquals(instance.userPositionsM, base.instance.userPositionsM);
    assertEquals(server, base.server);
    assert(instance.serverGpus.every((gpus) => gpus >= 25 && gpus <= 30));
  }
});

Deno.test("an instance that is at hand gives the trace of its seed", () => {
  const key = { instanceSeed: 4, seed: 2 };
  const { slots } = generateTrace(SMALL_SCENARIO, key);
  const again = generateTrace(SMALL_SCENARIO, key, slots[0].instance);
  assertEquals(again.slots, slots);
});

Deno.test("the key of a trace is checked", () => {
  const refused: [unknown, string][] = [
    [{ instanceSeed: 0 }, "key.seed must be a whole number from 0 to"],
    [{ instanceSeed: "0", seed: 0 }, "key.instanceSeed must be a whole number"],
    [{ instanceSeed: 0, seed: 2 ** 53 }, "key.seed must be a whole number"],
    [
      { instanceSeed: 0, seed: 0, episod: 1 },
      "key.episod must be a known key (nearest: episode), got 1",
    ],
  ];
  for (const [key, message] of refused) {
    assertThrows(
      () => generateTrace(SMALL_SCENARIO, key as TraceKey),
      InputError,
      `Cannot generate the trace: ${message}`,
    );
  }
});
