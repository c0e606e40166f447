import { assert, assertEquals } from "@std/assert";
import { findViolations } from "../../lib/env/constraints.ts";
import { storageUsedBytes } from "../../lib/env/caching.ts";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import {
  decideSlot,
  type SlotDecision,
} from "../../lib/policies/decide_slot.ts";
import { deriveScenario, PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";
import { drawExtremeSlot } from "./random_slots.ts";
import { RULES } from "../policies/rules.ts";

/** Says what is wrong with a decision and its bounds, if anything is. */
function faultOf(
  { instance, state }: TraceSlot,
  { decision, lowerBound = 0 }: SlotDecision,
): string | undefined {
  const storage = instance.serverStorageBytes.map((_, server) =>
    storageUsedBytes(decision.cache, instance.modelSizeBytes, server)
  );
  const violations = findViolations(instance, decision, storage);
  if (violations.length > 0) return `breaks ${violations}`;
  if (!(lowerBound >= 0)) return `lower bound ${lowerBound}`;
  const { objective } = evaluateSlot(instance, state, decision);
  return lowerBound > objective ? `${lowerBound} > ${objective}` : undefined;
}

Deno.test("on 1,500 slots of extreme numbers every policy keeps to Eq. 18, bounds hold, and nothing takes long", () => {
  for (let seed = 0; seed < 1500; seed++) {
    const slot = drawExtremeSlot(seed);
    let lowerBound = 0;
    const objectives: Record<string, number> = {};
    for (const [name, create] of Object.entries(RULES)) {
      const start = performance.now();
      const decided = decideSlot(create(), slot);
      assert(performance.now() - start < 10_000, `${name}, seed ${seed}`);
      assertEquals(faultOf(slot, decided), undefined, `${name}, seed ${seed}`);
      const { instance, state } = slot;
      objectives[name] =
        evaluateSlot(instance, state, decided.decision).objective;
      lowerBound = Math.max(lowerBound, decided.lowerBound ?? 0);
    }
    for (const [name, objective] of Object.entries(objectives)) {
      assert(
        !(objective < lowerBound * (1 - 1e-9)),
        `${name}, seed ${seed}: ${objective} is below ${lowerBound}`,
      );
    }
  }
});

/** A slot of the paper with something changed. */
function paperSlot(
  changes: Partial<TraceSlot["instance"]>,
  parameters = {},
): TraceSlot {
  const scenario = deriveScenario(PAPER_SCENARIO, { parameters });
  const [slot] = generateTrace(scenario, { instanceSeed: 0, seed: 0 }).slots;
  return { ...slot, instance: { ...slot.instance, ...changes } };
}

const { numServers, numModels } = PAPER_SCENARIO.parameters;

const FAULTS: Record<string, TraceSlot> = {
  "rates near 0 with a share floor": paperSlot({
    shareFloor: 1e-4,
    uplinkBandwidthHz: new Float64Array(numServers).fill(1e-300),
  }),
  "a signal that underflows when squared": paperSlot({ userTxPowerDbm: -1000 }),
  "noise that drowns everything": paperSlot({ noisePsdDbmPerHz: 1000 }),
  "no noise at all": paperSlot({ noisePsdDbmPerHz: -1e6 }),
  "a model of the least size above 0": paperSlot({
    modelSizeBytes: Float64Array.from(
      { length: 31 },
      (_, m) => m === 30 ? Number.MIN_VALUE : 4e9 + 1e8 * m,
    ),
  }, { numModels: 31 }),
  "models that take forever at the edge": paperSlot({
    modelFlop: new Float64Array(numModels).fill(
      1e300,
    ),
    serverGpus: new Float64Array(numServers).fill(1e-300),
  }),
  "times and weights whose products overflow": paperSlot({
    responseTimeWeight: 1e300,
    backhaulUplinkBps: 1e-300,
  }),
  "room for everything and more": paperSlot({
    serverStorageBytes: new Float64Array(numServers).fill(Number.MAX_VALUE),
  }),
};

Deno.test("what once ran forever or gave shares that are no numbers is decided", () => {
  for (const [name, slot] of Object.entries(FAULTS)) {
    for (const [policy, create] of Object.entries(RULES)) {
      const decided = decideSlot(create(), slot);
      assertEquals(faultOf(slot, decided), undefined, `${policy}: ${name}`);
    }
  }
});

Deno.test("a signal too weak to be squared is still shared well", () => {
  const weak = FAULTS["a signal that underflows when squared"];
  const { gap } = decideSlot(RULES["optimum"](), weak);
  assert(gap !== undefined && gap < 1e-6);
});
