import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { outcomeToJson } from "../../lib/env/slot_json.ts";
import { LARGEST_QUANTITY, SMALLEST_DIVISOR } from "../../lib/input/schema.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { referenceSlot } from "./reference_slot.ts";
import type { JudgedSlot } from "./worlds.ts";

/** How far numbers may lie from 1, as a power of ten, and powers from 0 dBm. */
interface Reach {
  readonly least: number;
  readonly most: number;
  readonly decibel: number;
}

/** A slot of which every number is drawn on a logarithmic scale. */
function drawSlot(stream: RandomStream, reach: Reach): JudgedSlot {
  const { least, most, decibel } = reach;
  const numUsers = 1 + stream.integer(6);
  const numServers = 1 + stream.integer(3);
  const numModels = 1 + stream.integer(5);
  const some = (chance: number) => stream.uniform() < chance;
  const positive = () => {
    const exponent = Math.log10(least) +
      stream.uniform() * (Math.log10(most) - Math.log10(least));
    return Math.min(most, Math.max(least, 10 ** exponent));
  };
  const orZero = () => some(0.1) ? 0 : positive();
  const signed = () => (some(0.5) ? 1 : -1) * orZero();
  const dbm = () => decibel * (2 * stream.uniform() - 1);
  const share = () =>
    some(0.1) ? 0 : some(0.1) ? least : 10 ** (-12 * stream.uniform());
  const floats = (length: number, draw: () => number) =>
    Float64Array.from({ length }, draw);
  const indices = (length: number, bound: number) =>
    Int32Array.from({ length }, () => stream.integer(bound));
  return {
    instance: {
      numUsers,
      numServers,
      numModels,
      userTxPowerDbm: dbm(),
      serverTxPowerDbm: dbm(),
      noisePsdDbmPerHz: dbm(),
      serverStorageBytes: floats(numServers, orZero),
      uplinkBandwidthHz: floats(numServers, positive),
      downlinkBandwidthHz: floats(numServers, positive),
      serverGpus: floats(numServers, positive),
      cloudGpusPerRequest: positive(),
      gpuFlopPerS: positive(),
      backhaulUplinkBps: positive(),
      backhaulDownlinkBps: positive(),
      modelSizeBytes: floats(numModels, orZero),
      modelFlop: floats(numModels, orZero),
      modelType: indices(numModels, 4),
      backhaulCostPerByte: orZero(),
      accessCostPerByte: orZero(),
      gpuCostPerS: orZero(),
      storageCostPerByte: orZero(),
      responseTimeWeight: orZero(),
      costWeight: orZero(),
      shareFloor: some(0.7) ? 0 : stream.uniform(),
      userPositionsM: floats(2 * numUsers, signed),
      serverPositionsM: floats(2 * numServers, signed),
      minDistanceM: positive(),
    },
    state: {
      popularityIndex: 0,
      fading: floats(2 * numUsers, signed),
      requestedModel: indices(numUsers, numModels),
      inputBytes: floats(numUsers, orZero),
      outputBytes: floats(numUsers, orZero),
    },
    decision: {
      cache: floats(numServers * numModels, () => stream.integer(2)),
      bandwidthShare: floats(numServers * numUsers, share),
      computeShare: floats(numServers * numUsers, share),
      server: indices(numUsers, numServers),
    },
  };
}

/** Agreement to a relative 1e-9; below and above, numbers have lost digits. */
function assertNear(actual: number, expected: number, what: string): void {
  if (Object.is(actual, expected)) return;
  const size = Math.abs(expected);
  if (size < 1e-290) return assert(Math.abs(actual) < 1e-289, what);
  if (size > 1e300) return assert(actual > 1e299, what);
  assertAlmostEquals(actual / expected, 1, 1e-9, what);
}

const REACHES: Readonly<Record<string, Reach>> = {
  "near those of a city": { least: 0.1, most: 1000, decibel: 50 },
  "of any size that is met": { least: 1e-6, most: 1e12, decibel: 200 },
  "of every size": { least: 1e-15, most: 1e20, decibel: 400 },
};

for (const [name, reach] of Object.entries(REACHES)) {
  Deno.test(`200 slots with numbers ${name} agree with the second derivation`, () => {
    const stream = new RandomStream(0, `extremes/${name}`);
    for (let k = 0; k < 200; k++) {
      const slot = drawSlot(stream, reach);
      const { instance, state, decision } = slot;
      const outcome = evaluateSlot(instance, state, decision);
      for (const [key, expected] of Object.entries(referenceSlot(slot))) {
        const found = outcome[key as keyof typeof outcome];
        const actual = typeof found === "number" ? [found] : [...found];
        [expected].flat().forEach((value, i) =>
          assertNear(Number(actual[i]), value, `${key}[${i}] of slot ${k}`)
        );
      }
    }
  });
}

Deno.test("no number of an outcome is NaN, however far the inputs reach", () => {
  const stream = new RandomStream(0, "extremes/accepted");
  const reach = {
    least: SMALLEST_DIVISOR,
    most: LARGEST_QUANTITY,
    decibel: 1000,
  };
  for (let k = 0; k < 5000; k++) {
    const { instance, state, decision } = drawSlot(stream, reach);
    const outcome = evaluateSlot(instance, state, decision);
    const printed = JSON.stringify(outcomeToJson(outcome));
    assertEquals(printed.includes("null"), false, `slot ${k}: ${printed}`);
  }
});
