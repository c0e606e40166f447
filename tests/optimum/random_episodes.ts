/** Random small episodes in which loading is charged, for the tests of plans. */

import { RandomStream } from "../../lib/math/prng.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";

/** A scenario and the slots of one of its episodes. */
export interface RandomEpisode {
  readonly scenario: Scenario;
  readonly slots: readonly TraceSlot[];
}

/**
 * An episode of up to 3 users, 4 models and 4 slots, of which models are small
 * enough that some are worth loading, and storage holds some of them. Loads that
 * users wait for outlast slots, and their price is sometimes so low that waiting is
 * worth it; without loads all results are sent before a slot ends.
 *
 * @param alone Whether every user has a server of its own.
 */
export function drawRandomEpisode(
  seed: number,
  { downlinkQueue, alone = false }: {
    readonly downlinkQueue: "empty" | "carried";
    readonly alone?: boolean;
  },
): RandomEpisode {
  const stream = new RandomStream(seed, "random-episode");
  const numUsers = 1 + stream.integer(3);
  const gigabytes = 4 * 0.1 ** (1.5 * stream.uniform());
  const storage = gigabytes * (0.8 + 2.5 * stream.uniform());
  const pick = (values: readonly number[]) =>
    values[stream.integer(values.length)];
  const scenario = deriveScenario(PAPER_SCENARIO, {
    parameters: {
      numUsers,
      numServers: alone ? numUsers : 1 + stream.integer(2),
      numModels: 1 + stream.integer(4),
      slotsPerEpisode: 4 - stream.integer(3),
      modelGigabytes: [gigabytes / 2, gigabytes],
      serverStorageGigabytes: [storage, 1.2 * storage],
      serverGpus: [10, 10 + 40 * stream.uniform()],
      storageCost: pick([0.4, 0.4, 40]),
    },
    assumptions: {
      modelLoading: "charged",
      downlinkQueue,
      slotDurationS: 23_000,
      costWeight: pick([1e-3, 1e-6, 1e-6]),
    },
  });
  const { slots } = generateTrace(scenario, { instanceSeed: seed, seed });
  return {
    scenario,
    slots: slots.slice(0, -1).map((slot) => ({
      ...slot,
      // So fast that nobody waits, but for loads.
      instance: {
        ...slot.instance,
        serverTxPowerDbm: 300,
        downlinkBandwidthHz: slot.instance.downlinkBandwidthHz.map(() => 1e16),
      },
      server: alone ? Int32Array.from(slot.server.keys()) : slot.server,
    })),
  };
}

/** Slots in one of which no user has a signal. */
export function withoutSignal(
  slots: readonly TraceSlot[],
  deaf: number,
): TraceSlot[] {
  return slots.map((slot, t) => ({
    ...slot,
    state: {
      ...slot.state,
      fading: slot.state.fading.map((h) => t === deaf ? 0 : h),
    },
  }));
}
