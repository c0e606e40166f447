/**
 * What is timed together, in which order and for how long.
 *
 * @module
 */

import type { Contender, InterleaveOptions, PeerName } from "./contender.ts";
import { startContender } from "./engine_start.ts";
import type { OpenEngine } from "./engines.ts";
import {
  peakContenders,
  samplingContenders,
  stepContenders,
} from "./part_contenders.ts";
import type { Peers } from "./peer.ts";
import { PEAK_PREFIX } from "./results.ts";
import { searchContenders, slotContenders } from "./search_contenders.ts";
import { updateGroups } from "./update_contenders.ts";
import { runContenders } from "./whole_run.ts";

/** Contenders that take turns. */
export interface Plan extends Omit<InterleaveOptions, "onRound" | "onFailure"> {
  /** Who takes turns. */
  readonly contenders: readonly Contender[];
}

/** Everything that can be timed; none of the peers need run yet. */
export function createPlans(
  engines: readonly OpenEngine[],
  peers: Peers,
  quick: boolean,
): Plan[] {
  const peaks = peakContenders(peers);
  const short = { rounds: quick ? 5 : 25, blockMs: quick ? 50 : 150 };
  const plans: Plan[] = [
    ...updateGroups(engines, peers)
      .map((group) => ({ ...short, contenders: [...group, ...peaks] })),
    { ...short, contenders: stepContenders(peers) },
    { ...short, contenders: samplingContenders() },
    { rounds: 9, blockMs: 0, contenders: engines.map(startContender) },
    { ...short, contenders: slotContenders() },
    { ...short, contenders: searchContenders(peers) },
  ];
  if (quick) return plans;
  const runs = { rounds: 3, blockMs: 0, onceAboveMs: 90_000 };
  return [...plans, { ...runs, contenders: runContenders(engines, peers) }];
}

/** Whether a row is that of a peak, which is timed with every group of updates. */
export function isPeak({ name }: Contender): boolean {
  return name.startsWith(PEAK_PREFIX);
}

/** The rows whose name matches, and the peaks that belong to them. */
export function selectPlans(plans: readonly Plan[], only: RegExp): Plan[] {
  const matches = ({ name }: Contender) => only.test(name);
  return plans.filter(({ contenders }) => contenders.some(matches)).map((
    { contenders, ...rest },
  ) => ({
    ...rest,
    contenders: contenders.filter((one) => matches(one) || isPeak(one)),
  }));
}

/** The plans without what peers would do that are not at hand. */
export function withPeers(
  plans: readonly Plan[],
  names: readonly PeerName[],
): Plan[] {
  return plans.map(({ contenders, ...rest }) => ({
    ...rest,
    contenders: contenders.filter(({ peer }) =>
      peer === undefined || names.includes(peer)
    ),
  })).filter(({ contenders }) => contenders.length > 0);
}

/** Names of the peers that plans need. */
export function peersOf(plans: readonly Plan[]): PeerName[] {
  const names = plans.flatMap(({ contenders }) =>
    contenders.flatMap(({ peer }) => peer ?? [])
  );
  return [...new Set(names)];
}
