import { assert, assertEquals, assertThrows } from "@std/assert";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { outcomeToJson, parseSlots } from "../../lib/env/slot_json.ts";
import { InputError } from "../../lib/input/input_error.ts";
import golden from "./golden_slots.json" with { type: "json" };
import { HAND_DECISION, HAND_INSTANCE, HAND_STATE } from "./worlds.ts";

/** The slot of worlds.ts as a document. */
const DOCUMENT = {
  scenario: {
    numUsers: 2,
    numServers: 1,
    numModels: 2,
    userTxPowerDbm: HAND_INSTANCE.userTxPowerDbm,
    serverTxPowerDbm: HAND_INSTANCE.serverTxPowerDbm,
    noisePsdDbmPerHz: -30,
    serverStorageBytes: [8e9],
    uplinkBandwidthHz: [2e6],
    downlinkBandwidthHz: [1e6],
    serverGpus: [4],
    cloudGpusPerRequest: 2,
    gpuFlopPerS: 1e12,
    backhaulUplinkBps: 4e6,
    backhaulDownlinkBps: 1e7,
    modelSizeBytes: [5e9, 6e9],
    modelFlop: [6e12, 2e12],
    modelType: [0, 1],
    backhaulCostPerByte: 4e-6,
    accessCostPerByte: 2e-6,
    gpuCostPerS: 0.5,
    storageCostPerByte: 1e-9,
    responseTimeWeight: 0.5,
    costWeight: 0.1,
    shareFloor: 0,
    userPositionsM: [[1000, 0], [0, 1000]],
    serverPositionsM: [[0, 0]],
    minDistanceM: 10,
  },
  state: {
    popularityIndex: 0,
    fading: [[1, 0], [0, -1]],
    requestedModel: [0, 1],
    inputBytes: [1e6, 1e6],
    outputBytes: [2.5e6, 2.5e6],
  },
  decision: {
    cache: [[1, 0]],
    bandwidthShare: [[0.5, 0.5]],
    computeShare: [[0.5, 0.5]],
    server: [0, 0],
  },
};

Deno.test("a document becomes typed arrays, row by row", () => {
  const [slot] = parseSlots(DOCUMENT, "read");
  assertEquals(slot, {
    instance: HAND_INSTANCE,
    state: HAND_STATE,
    decision: HAND_DECISION,
  });
});

Deno.test("name and expectation are kept, the convention is not needed", () => {
  const [slot] = parseSlots({
    ...DOCUMENT,
    name: "mine",
    convention: "as you like it",
    expected: { objective: 3 },
  }, "read");
  assertEquals(slot.name, "mine");
  assertEquals(slot.expected, { objective: 3 });
  assert(!("convention" in slot));
});

Deno.test("a document is one slot or an array of them", () => {
  assertEquals(parseSlots(DOCUMENT, "read").length, 1);
  assertEquals(parseSlots([DOCUMENT, DOCUMENT, DOCUMENT], "read").length, 3);
  assertEquals(
    parseSlots(golden, "read").map(({ name }) => name),
    golden.map(({ name }) => name),
  );
});

Deno.test("the slot that is wrong is named by its number", () => {
  const wrong = { ...DOCUMENT, state: { ...DOCUMENT.state, inputBytes: [1] } };
  assertThrows(
    () => parseSlots([DOCUMENT, wrong], "read"),
    InputError,
    "Cannot read: [1].state.inputBytes must be an array of 2 (one per user), got an array of 1",
  );
});

Deno.test("a decision that breaks constraints is a valid document", () => {
  const decision = {
    cache: [[0.5, 7]],
    bandwidthShare: [[1.5, -0.25]],
    computeShare: [[2, 0]],
    server: [0, 0],
  };
  const [slot] = parseSlots({ ...DOCUMENT, decision }, "read");
  const { violations } = evaluateSlot(slot.instance, slot.state, slot.decision);
  assertEquals(violations, ["18b", "18c", "18d", "18e", "18f", "18g"]);
});

Deno.test("an outcome as JSON has plain arrays and infinities as text", () => {
  const outcome = evaluateSlot(HAND_INSTANCE, HAND_STATE, {
    ...HAND_DECISION,
    bandwidthShare: Float64Array.of(0.5, 0),
  });
  const json = outcomeToJson(outcome);
  assertEquals(json.objective, "Infinity");
  assertEquals(json.reward, "-Infinity");
  assertEquals((json.uplinkTimeS as unknown[])[1], "Infinity");
  assertEquals(json.hit, [1, 0]);
  assertEquals(json.violations, []);
  assertEquals(json.hitRate, 0.5);
  assertEquals(JSON.parse(JSON.stringify(json)), json);
  assertEquals(Object.keys(json), Object.keys(outcome));
});
