import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Assumptions } from "../../lib/scenario/assumptions.ts";
import { drawInstance } from "../../lib/scenario/instance.ts";
import type { Parameters } from "../../lib/scenario/parameters.ts";
import { deriveScenario, PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";
import { assertFits } from "../math/chi_square.ts";

function draw(
  assumptions: Partial<Assumptions> = {},
  parameters: Partial<Parameters> = {},
  seed: number | string = 0,
) {
  return drawInstance(
    deriveScenario(PAPER_SCENARIO, { assumptions, parameters }),
    seed,
  );
}

function assertWithin(values: Float64Array, low: number, high: number): void {
  for (const value of values) assert(value >= low && value <= high, `${value}`);
}

Deno.test("what is drawn lies in the ranges of Table 3, in SI units", () => {
  for (let seed = 0; seed < 20; seed++) {
    const instance = draw({}, {}, seed);
    assertWithin(instance.serverStorageBytes, 30e9, 50e9);
    assertWithin(instance.uplinkBandwidthHz, 10e6, 20e6);
    assertWithin(instance.downlinkBandwidthHz, 30e6, 40e6);
    assertWithin(instance.serverGpus, 25, 30);
    assertWithin(instance.modelSizeBytes, 4e9, 8e9);
    assertWithin(instance.modelFlop, 10e18, 20e18);
    assertWithin(instance.userPositionsM, 0, 1000);
  }
});

Deno.test("what is drawn fills its range evenly", () => {
  const instance = draw({}, { numServers: 4000 });
  const quarters = [0, 0, 0, 0];
  for (const bytes of instance.serverStorageBytes) {
    quarters[Math.floor((bytes - 30e9) / 5e9)]++;
  }
  assertFits(quarters, [0.25, 0.25, 0.25, 0.25]);
});

Deno.test("shapes follow U, E and M", () => {
  const instance = draw({}, { numUsers: 3, numServers: 4, numModels: 7 });
  assertEquals(
    [instance.numUsers, instance.numServers, instance.numModels],
    [3, 4, 7],
  );
  for (
    const values of [
      instance.serverStorageBytes,
      instance.uplinkBandwidthHz,
      instance.downlinkBandwidthHz,
      instance.serverGpus,
    ]
  ) assertEquals(values.length, 4);
  for (
    const values of [
      instance.modelSizeBytes,
      instance.modelFlop,
      instance.modelType,
    ]
  ) assertEquals(values.length, 7);
  assertEquals(instance.userPositionsM.length, 6);
  assertEquals(instance.serverPositionsM.length, 8);
});

Deno.test("the same seed gives the same instance, another seed another one", () => {
  assertEquals(draw({}, {}, 7), draw({}, {}, 7));
  const one = draw({}, {}, 1);
  const two = draw({}, {}, 2);
  for (
    const key of [
      "serverStorageBytes",
      "uplinkBandwidthHz",
      "downlinkBandwidthHz",
      "serverGpus",
      "modelSizeBytes",
      "modelFlop",
      "userPositionsM",
    ] as const
  ) {
    assert(one[key].every((value, k) => value !== two[key][k]), key);
  }
});

Deno.test("one quantity's draws shift no other's", () => {
  const base = draw();
  const grown = draw({}, { numModels: 40, serverGpus: [1, 2] });
  assertEquals(
    [...grown.modelSizeBytes.subarray(0, 20)],
    [...base.modelSizeBytes],
  );
  assertEquals(grown.serverStorageBytes, base.serverStorageBytes);
  assertEquals(grown.uplinkBandwidthHz, base.uplinkBandwidthHz);
  assertEquals(grown.userPositionsM, base.userPositionsM);
  // The same uniform numbers, over another range.
  base.serverGpus.forEach((gpus, server) => {
    const rank = (gpus - 25) / 5;
    assertAlmostEquals(grown.serverGpus[server], 1 + rank, 1e-12);
  });
});

Deno.test("quantities of the same range are drawn apart", () => {
  const range = [10, 20] as const;
  const instance = draw({}, {
    numServers: 20,
    serverGpus: range,
    serverStorageGigabytes: range,
    uplinkBandwidthMegahertz: range,
    downlinkBandwidthMegahertz: range,
    modelGigabytes: range,
    modelExaflop: range,
  });
  const first = [
    instance.serverGpus[0],
    instance.serverStorageBytes[0] / 1e9,
    instance.uplinkBandwidthHz[0] / 1e6,
    instance.downlinkBandwidthHz[0] / 1e6,
    instance.modelSizeBytes[0] / 1e9,
    instance.modelFlop[0] / 1e18,
    10 + instance.userPositionsM[0] / 100,
  ];
  assertEquals(new Set(first.map((value) => value.toFixed(9))).size, 7);
});

Deno.test("powers and the cloud's GPUs are taken as printed", () => {
  const instance = draw();
  assertEquals(instance.userTxPowerDbm, 23);
  assertEquals(instance.serverTxPowerDbm, 43);
  assertEquals(instance.noisePsdDbmPerHz, -174);
  assertEquals(instance.cloudGpusPerRequest, 5);
});

Deno.test("backhaulRate reads 500 as kbit/s, kB/s (8 times) or Mbit/s", () => {
  const rates = { kilobit: 500_000, kilobyte: 4_000_000, megabit: 500_000_000 };
  for (const [option, bps] of Object.entries(rates)) {
    const instance = draw(
      { backhaulRate: option as Assumptions["backhaulRate"] },
      { backhaulDownlinkKbps: 250 },
    );
    assertEquals(instance.backhaulUplinkBps, bps);
    assertEquals(instance.backhaulDownlinkBps, bps / 2);
  }
});

Deno.test("modelFlopUnit scales F_m by a thousand", () => {
  const exa = draw({ modelFlopUnit: "exaflop" }).modelFlop;
  const peta = draw({ modelFlopUnit: "petaflop" }).modelFlop;
  exa.forEach((flop, m) => assertAlmostEquals(flop / peta[m], 1000, 1e-9));
});

Deno.test("gpuFlopRate is the A800's data sheet", () => {
  assertEquals(draw().gpuFlopPerS, 312_000_000_000_000);
  assertEquals(draw({ gpuFlopRate: "sparse-fp16" }).gpuFlopPerS, 2 * 312e12);
  assertEquals(draw({ gpuFlopRate: "fp32" }).gpuFlopPerS, 312e12 / 16);
});

Deno.test("byteUnit scales sizes and storage by the prefix, and prices against it", () => {
  const decimal = draw();
  const binary = draw({ byteUnit: "binary" });
  const giga = 1.073741824;
  const mega = 1.048576;
  for (const key of ["modelSizeBytes", "serverStorageBytes"] as const) {
    decimal[key].forEach((bytes, k) =>
      assertAlmostEquals(binary[key][k], bytes * giga, 1)
    );
  }
  for (const key of ["backhaulCostPerByte", "accessCostPerByte"] as const) {
    assertAlmostEquals(binary[key], decimal[key] / mega, 1e-18);
  }
  assertAlmostEquals(
    binary.storageCostPerByte,
    decimal.storageCostPerByte / giga,
    1e-21,
  );
  assertEquals(binary.backhaulUplinkBps, decimal.backhaulUplinkBps);
});

Deno.test("prices are per MB, GPU-hour and GB, or as their entries say", () => {
  const close = (actual: number, expected: number) =>
    assertAlmostEquals(actual, expected, 1e-12 * expected);
  close(draw().backhaulCostPerByte, 6e-7);
  close(draw().accessCostPerByte, 2e-7);
  close(draw().gpuCostPerS, 1 / 900);
  close(draw().storageCostPerByte, 4e-10);
  const other = draw({
    transferCostUnit: "gigabyte",
    gpuCostUnit: "second",
    storageCostUnit: "megabyte",
  });
  close(other.backhaulCostPerByte, 6e-10);
  close(other.accessCostPerByte, 2e-10);
  close(other.gpuCostPerS, 4);
  close(other.storageCostPerByte, 4e-7);
});

Deno.test("typeOrder: interleaved by index, or a quarter of the models each", () => {
  const types = (
    typeOrder: Assumptions["typeOrder"],
    numModels: number,
  ) => [...draw({ typeOrder }, { numModels }).modelType];
  assertEquals(types("interleaved", 6), [0, 1, 2, 3, 0, 1]);
  assertEquals(types("blocks", 8), [0, 0, 1, 1, 2, 2, 3, 3]);
  assertEquals(types("blocks", 20).filter((type) => type === 3).length, 5);
  assertEquals(types("blocks", 1), [0]);
  assertEquals(types("blocks", 3).every((type) => type < 4), true);
});

Deno.test("sizeFlopCoupling: tied models keep their place in both ranges", () => {
  const place = (value: number, low: number, high: number) =>
    (value - low) / (high - low);
  const gaps = (sizeFlopCoupling: Assumptions["sizeFlopCoupling"]) => {
    const { modelSizeBytes, modelFlop } = draw({ sizeFlopCoupling });
    return Array.from(
      modelSizeBytes,
      (bytes, m) =>
        Math.abs(place(bytes, 4e9, 8e9) - place(modelFlop[m], 10e18, 20e18)),
    );
  };
  assert(gaps("tied").every((gap) => gap < 1e-12));
  assert(gaps("independent").every((gap) => gap > 1e-6));
  assertEquals(
    draw({ sizeFlopCoupling: "tied" }).modelSizeBytes,
    draw().modelSizeBytes,
  );
});

Deno.test("areaSideM scales all places; weights, floor and least distance pass through", () => {
  const wide = draw({
    areaSideM: 3000,
    minDistanceM: 2,
    shareFloor: 0.01,
    responseTimeWeight: 0.5,
    costWeight: 0.25,
  });
  const base = draw();
  base.userPositionsM.forEach((m, k) =>
    assertAlmostEquals(wide.userPositionsM[k], 3 * m, 1e-9)
  );
  assertEquals([...wide.serverPositionsM], [750, 1500, 2250, 1500]);
  assertEquals(wide.minDistanceM, 2);
  assertEquals(wide.shareFloor, 0.01);
  assertEquals(wide.responseTimeWeight, 0.5);
  assertEquals(wide.costWeight, 0.25);
});
