/**
 * A second derivation of a slot, straight from Section 3 of the paper and apart
 * from the code under test: for one user at a time, in bits and seconds, with the
 * downlink as a simulation of events.
 *
 * @module
 */

import type { JudgedSlot } from "./worlds.ts";

/** What the second derivation finds; lengths are U. */
export interface ReferenceOutcome {
  readonly uplinkRateBps: number[];
  readonly downlinkRateBps: number[];
  readonly readyTimeS: number[];
  readonly responseTimeS: number[];
  readonly userCost: number[];
  readonly storageCost: number;
  readonly objective: number;
  readonly hitRate: number;
}

interface Result {
  readonly user: number;
  readonly readyS: number;
  readonly serviceS: number;
}

/**
 * When each result of one server has been sent: whenever the link is free, it
 * takes the result that has been ready for longest, the lower user on a tie.
 */
export function simulateDownlink(
  results: readonly Result[],
): Map<number, number> {
  const sentAtS = new Map<number, number>();
  let waiting = results.filter(({ readyS }) => readyS !== Infinity);
  let nowS = 0;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ readyS }) => readyS <= nowS);
    if (ready.length === 0) {
      nowS = Math.min(...waiting.map(({ readyS }) => readyS));
      continue;
    }
    const earliest = Math.min(...ready.map(({ readyS }) => readyS));
    const next = ready.filter(({ readyS }) => readyS === earliest)
      .reduce((a, b) => a.user < b.user ? a : b);
    nowS += next.serviceS;
    sentAtS.set(next.user, nowS);
    waiting = waiting.filter((result) => result !== next);
  }
  return sentAtS;
}

/** Evaluates a slot. */
export function referenceSlot(slot: JudgedSlot): ReferenceOutcome {
  const { instance: world, state, decision } = slot;
  const users = [...Array(world.numUsers).keys()];
  const servers = [...Array(world.numServers).keys()];
  const models = [...Array(world.numModels).keys()];
  // Everything in nepers, the natural logarithm, so that no scale is too far off.
  const logSnrHz = (i: number, j: number, powerDbm: number) => {
    const dx = world.userPositionsM[2 * i] - world.serverPositionsM[2 * j];
    const dy = world.userPositionsM[2 * i + 1] -
      world.serverPositionsM[2 * j + 1];
    const km = Math.max(Math.hypot(dx, dy), world.minDistanceM) / 1000;
    const gainDb = -128.1 - 37.6 * Math.log10(km);
    const decibel = powerDbm + gainDb - world.noisePsdDbmPerHz;
    return decibel * Math.LN10 / 10 +
      2 * Math.log(Math.hypot(state.fading[2 * i], state.fading[2 * i + 1]));
  };
  const rate = (hertz: number, logSnr: number) => {
    if (hertz === 0) return 0;
    const x = logSnr - Math.log(hertz);
    // log(1 + e^x), the smooth ramp: x itself far above 0, e^x far below.
    return hertz * (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))) /
      Math.LN2;
  };

  // Nothing takes no time, even where nothing is ever sent.
  const duration = (amount: number, perSecond: number) =>
    amount === 0 ? 0 : amount / perSecond;

  const perUser = users.map((i) => {
    const j = decision.server[i];
    const m = state.requestedModel[i];
    const hit = decision.cache[j * world.numModels + m] === 1;
    const share = (matrix: Float64Array) =>
      Math.max(matrix[j * world.numUsers + i], world.shareFloor);
    const up = rate(
      share(decision.bandwidthShare) * world.uplinkBandwidthHz[j],
      logSnrHz(i, j, world.userTxPowerDbm),
    );
    const down = rate(
      world.downlinkBandwidthHz[j],
      logSnrHz(i, j, world.serverTxPowerDbm),
    );
    const inBits = 8 * state.inputBytes[i];
    const outBits = 8 * state.outputBytes[i];
    const gpuS = world.modelFlop[m] / world.gpuFlopPerS;
    const readyS = hit
      ? duration(inBits, up) +
        duration(gpuS, share(decision.computeShare) * world.serverGpus[j])
      : duration(inBits, up) + inBits / world.backhaulUplinkBps +
        gpuS / world.cloudGpusPerRequest + outBits / world.backhaulDownlinkBps;
    const megabytes = state.inputBytes[i] + state.outputBytes[i];
    const cost = megabytes * world.accessCostPerByte +
      (hit ? 0 : megabytes * world.backhaulCostPerByte) +
      gpuS * world.gpuCostPerS;
    return {
      user: i,
      hit,
      up,
      down,
      readyS,
      serviceS: duration(outBits, down),
      cost,
    };
  });

  const responseTimeS = new Array<number>(world.numUsers).fill(Infinity);
  for (const j of servers) {
    simulateDownlink(perUser.filter(({ user }) => decision.server[user] === j))
      .forEach((sentS, user) => responseTimeS[user] = sentS);
  }
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const times = (weight: number, value: number) =>
    weight === 0 ? 0 : weight * value;
  const storageCost = sum(
    servers.map((j) =>
      sum(
        models.map((m) =>
          decision.cache[j * world.numModels + m] * world.modelSizeBytes[m] *
          world.storageCostPerByte
        ),
      )
    ),
  );
  return {
    uplinkRateBps: perUser.map(({ up }) => up),
    downlinkRateBps: perUser.map(({ down }) => down),
    readyTimeS: perUser.map(({ readyS }) => readyS),
    responseTimeS,
    userCost: perUser.map(({ cost }) => cost),
    storageCost,
    objective: times(world.responseTimeWeight, sum(responseTimeS)) +
      times(
        world.costWeight,
        sum(perUser.map(({ cost }) => cost)) + storageCost,
      ),
    hitRate: perUser.filter(({ hit }) => hit).length / world.numUsers,
  };
}
