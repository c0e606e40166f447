import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { downlinkRateBps, uplinkRateBps } from "../../lib/env/rates.ts";
import { PROPERTY } from "./worlds.ts";

Deno.test("Eq. 7: hand values at signal-to-noise ratios of 1, 3 and 7", () => {
  // Half of 4 Hz; p·h/(N_0·2 Hz) = 1, 3, 7: 2·log2(2), 2·log2(4), 2·log2(8).
  assertAlmostEquals(uplinkRateBps(0.5, 4, 10, 0.1, 0.5), 2, 1e-14);
  assertAlmostEquals(uplinkRateBps(0.5, 4, 30, 0.1, 0.5), 4, 1e-14);
  assertAlmostEquals(uplinkRateBps(0.5, 4, 7, 1, 0.5), 6, 1e-14);
});

Deno.test("Eq. 7: half the share has more than half the rate, as its noise halves too", () => {
  // SNR 3 over the whole band, 6 over half of it: log2(4) and log2(7)/2.
  assertAlmostEquals(uplinkRateBps(1, 1, 3, 1, 1), 2, 1e-14);
  assertAlmostEquals(
    uplinkRateBps(0.5, 1, 3, 1, 1),
    0.5 * 2.807354922057604,
    1e-14,
  );
});

Deno.test("Eq. 7: no share or no signal, no rate", () => {
  assertEquals(uplinkRateBps(0, 15e6, 0.2, 1e-12, 4e-21), 0);
  assertEquals(uplinkRateBps(0.5, 15e6, 0.2, 0, 4e-21), 0);
});

Deno.test("Eq. 7: a deep fade keeps its digits", () => {
  // For x far below 1, B·log2(1 + x) = B·x/ln 2 to first order.
  const rate = uplinkRateBps(1, 1e6, 1, 1e-20, 1);
  assertAlmostEquals(rate / (1e-20 / Math.LN2), 1, 1e-12);
});

Deno.test("Eq. 8: the whole band, hand values", () => {
  assertAlmostEquals(downlinkRateBps(2, 30, 0.1, 0.5), 4, 1e-14);
  assertEquals(downlinkRateBps(2, 30, 0, 0.5), 0);
  // 43 dBm, 35 MHz, 10 m, −174 dBm/Hz and |δ| = 1, in decibels: 43 − 52.9 + 174
  // − 75.4407 = 88.6593 dB, so 35e6 · 8.86593 · log2(10) = 1.03082e9.
  const rate = downlinkRateBps(35e6, 10 ** 1.3, 10 ** -5.29, 10 ** -20.4);
  assertAlmostEquals(rate, 1.03082e9, 1e4);
});

const link = fc.record({
  bandwidthHz: fc.double({ min: 1e6, max: 4e7, noNaN: true }),
  txPowerW: fc.double({ min: 1e-3, max: 100, noNaN: true }),
  gain: fc.double({ min: 1e-20, max: 1e-3, noNaN: true }),
  noise: fc.double({ min: 1e-22, max: 1e-16, noNaN: true }),
});

const share = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("more bandwidth share never lowers a rate, down to the smallest share", () => {
  fc.assert(
    fc.property(link, share, share, (one, a, b) => {
      const rate = (value: number) =>
        uplinkRateBps(
          value,
          one.bandwidthHz,
          one.txPowerW,
          one.gain,
          one.noise,
        );
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      // Equal up to the rounding of the logarithm.
      assert(rate(less) <= rate(more) * (1 + 1e-12), `${less} and ${more}`);
      assert(rate(less) >= 0 && Number.isFinite(rate(more)));
    }),
    { ...PROPERTY, numRuns: 500, examples: SMALLEST },
  );
});

/** Shares so small that N_0·α·W is no longer a number above 0. */
const SMALLEST: [
  { bandwidthHz: number; txPowerW: number; gain: number; noise: number },
  number,
  number,
][] = [5e-324, 1e-320, 1e-300].map((tiny) => [
  { bandwidthHz: 1.5e7, txPowerW: 0.2, gain: 1e-12, noise: 4e-21 },
  tiny,
  0.5,
]);

Deno.test("a rate rises with power and gain and falls with noise", () => {
  fc.assert(
    fc.property(link, share, fc.double({ min: 1, max: 10, noNaN: true }), (
      { bandwidthHz, txPowerW, gain, noise },
      part,
      factor,
    ) => {
      fc.pre(part > 1e-6);
      const base = uplinkRateBps(part, bandwidthHz, txPowerW, gain, noise);
      const slack = base * 1e-12;
      const rates = [
        uplinkRateBps(part, bandwidthHz, txPowerW * factor, gain, noise),
        uplinkRateBps(part, bandwidthHz, txPowerW, gain * factor, noise),
        uplinkRateBps(part, bandwidthHz, txPowerW, gain, noise / factor),
      ];
      assert(rates.every((rate) => rate >= base - slack));
      // Bandwidth, power and noise in step: a rate in proportion.
      const scaled = uplinkRateBps(
        part,
        bandwidthHz * factor,
        txPowerW * factor,
        gain,
        noise,
      );
      assertAlmostEquals(scaled, base * factor, base * factor * 1e-9);
    }),
    PROPERTY,
  );
});
