/**
 * The per-slot optimum by brute force: every cache, with shares by bisection.
 *
 * Independent of lib/policies: it evaluates Eq. 7 and its derivative directly, and
 * shares GPUs by the price that makes them add up to 1.
 */

import { linkGain } from "../../lib/env/channel.ts";
import type { Decision, SlotOutcome } from "../../lib/env/slot.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";

/** A root of a falling function on a logarithmic scale. */
function bisect(
  falling: (value: number) => number,
  low: number,
  high: number,
): number {
  let [below, above] = [Math.log(low), Math.log(high)];
  for (let step = 0; step < 70; step++) {
    const middle = (below + above) / 2;
    if (falling(Math.exp(middle)) > 0) below = middle;
    else above = middle;
  }
  return Math.exp((below + above) / 2);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function normalize(shares: number[]): number[] {
  const total = sum(shares);
  return total > 0 ? shares.map((share) => share / total) : shares;
}

/** Shares of least Σ F/ℓ, by bisection of the price. */
function shareGpus(flops: readonly number[]): number[] {
  if (sum([...flops]) === 0) return flops.map(() => 0);
  const demand = (price: number) =>
    flops.map((flop) => Math.sqrt(flop / price));
  const price = bisect((trial) => sum(demand(trial)) - 1, 1e-10, 1e30);
  return normalize(demand(price));
}

/** Shares of least Σ b/R(α), by bisection of the price and of each share. */
function shareBandwidth(
  bits: readonly number[],
  bandwidthHz: number,
  signalToNoise: readonly number[],
): number[] {
  if (sum([...bits]) === 0) return bits.map(() => 0);
  const slope = (i: number, share: number) => {
    const x = signalToNoise[i] / share;
    const log = Math.log1p(x) / Math.LN2;
    const rate = share * bandwidthHz * log;
    const rateSlope = bandwidthHz * (log - x / (1 + x) / Math.LN2);
    return bits[i] * rateSlope / (rate * rate);
  };
  const demand = (price: number) =>
    bits.map((bit, i) =>
      bit === 0 ? 0 : bisect((share) => slope(i, share) - price, 1e-6, 10)
    );
  let [low, high] = [-30, 30];
  for (let step = 0; step < 45; step++) {
    const middle = (low + high) / 2;
    if (sum(demand(Math.exp(middle))) > 1) low = middle;
    else high = middle;
  }
  return normalize(demand(Math.exp((low + high) / 2)));
}

/** Every decision whose shares are the best without waits, one a cache. */
export function everyDecision(
  { instance, state, server }: TraceSlot,
): Decision[][] {
  const { numUsers, numServers, numModels } = instance;
  const noiseW = 10 ** ((instance.noisePsdDbmPerHz - 30) / 10);
  const powerW = 10 ** ((instance.userTxPowerDbm - 30) / 10);
  return Array.from({ length: numServers }, (_, j) => {
    const users = Array.from(server.keys()).filter((user) =>
      server[user] === j
    );
    const bandwidth = shareBandwidth(
      users.map((user) => 8 * state.inputBytes[user]),
      instance.uplinkBandwidthHz[j],
      users.map((user) =>
        powerW * linkGain(instance, state, user, j) /
        (noiseW * instance.uplinkBandwidthHz[j])
      ),
    );
    const decisions: Decision[] = [];
    for (let set = 0; set < 2 ** numModels; set++) {
      const has = (model: number) => (set >> model) % 2 === 1;
      const models = Array.from({ length: numModels }, (_, m) => m).filter(has);
      const bytes = sum(models.map((m) => instance.modelSizeBytes[m]));
      if (bytes > instance.serverStorageBytes[j] * (1 + 1e-12)) continue;
      const hits = users.filter((user) => has(state.requestedModel[user]));
      const gpus = shareGpus(
        hits.map((user) => instance.modelFlop[state.requestedModel[user]]),
      );
      const cache = new Float64Array(numServers * numModels);
      for (const model of models) cache[j * numModels + model] = 1;
      const bandwidthShare = new Float64Array(numServers * numUsers);
      users.forEach((user, k) =>
        bandwidthShare[j * numUsers + user] = bandwidth[k]
      );
      const computeShare = new Float64Array(numServers * numUsers);
      hits.forEach((user, k) => computeShare[j * numUsers + user] = gpus[k]);
      decisions.push({ cache, bandwidthShare, computeShare, server });
    }
    return decisions;
  });
}

/**
 * What a server's users and caches contribute to G, by default with the time that they
 * wait, and with what its loads cost where that is charged.
 */
export function serverPart(
  { instance, server }: TraceSlot,
  outcome: SlotOutcome,
  j: number,
  { waits = true, loadingCost = 0 } = {},
): number {
  let timeS = 0;
  let cost = outcome.storageUsedBytes[j] * instance.storageCostPerByte +
    loadingCost;
  server.forEach((own, user) => {
    if (own !== j) return;
    timeS += outcome.responseTimeS[user] -
      (waits ? 0 : outcome.waitTimeS[user]);
    cost += outcome.userCost[user];
  });
  return instance.responseTimeWeight * timeS + instance.costWeight * cost;
}
