/**
 * Updates of TD3 and DDPG: ours on every engine, and the peers'.
 *
 * An update is all that an agent does when it learns: it samples a minibatch
 * from a replay buffer of 5,000 transitions, draws noise and moves networks.
 *
 * @module
 */

import { DEFAULT_LEARNER } from "../lib/agents/ledger.ts";
import { type AgentName, createAgent } from "../lib/methods/mod.ts";
import { actionSize } from "../lib/env/action.ts";
import { observationSize } from "../lib/env/observation.ts";
import { RandomStream } from "../lib/math/mod.ts";
import type { Engine, LearnerShape } from "../lib/nn/mod.ts";
import { PAPER_SCENARIO } from "../lib/scenario/scenario.ts";
import { type Contender, contenderHere, type PeerName } from "./contender.ts";
import type { OpenEngine } from "./engines.ts";
import { updateFlop } from "./operations.ts";
import type { Peers } from "./peer.ts";

/** Batch sizes that are timed. */
export const BATCH_SIZES = [64, 256] as const;

const TRANSITIONS = 5000;

/** How the peers make updates. */
const WAYS: readonly {
  readonly label: string;
  readonly peer: PeerName;
  readonly variant: string;
}[] = [
  { label: "pytorch", peer: "pytorch", variant: "eager" },
  { label: "pytorch-fused", peer: "pytorch", variant: "fused" },
  { label: "pytorch-compile", peer: "pytorch", variant: "compile" },
  { label: "jax", peer: "jax", variant: "jit" },
  { label: "jax-scan", peer: "jax", variant: "scan" },
];

/** The paper's networks. */
export function learnerShape(
  algorithm: AgentName,
  batchSize: number,
): LearnerShape {
  return {
    observationSize: observationSize(PAPER_SCENARIO),
    actionSize: actionSize(PAPER_SCENARIO),
    hiddenSizes: DEFAULT_LEARNER.hiddenSizes,
    batchSize,
    criticCount: algorithm === "td3" ? 2 : 1,
  };
}

/** An agent with a filled replay buffer, made when it is first timed. */
function createUpdater(
  engine: Engine,
  algorithm: AgentName,
  batchSize: number,
): () => void {
  const agent = createAgent(algorithm, PAPER_SCENARIO, {
    engine,
    seed: 0,
    hyperparameters: {
      batchSize,
      minReplaySize: 0,
      replayCapacity: TRANSITIONS,
    },
  });
  const stream = new RandomStream(0, "benchmark-transitions");
  const numbers = (length: number) =>
    Float32Array.from({ length }, () => 2 * stream.uniform() - 1);
  for (let i = 0; i < TRANSITIONS; i++) {
    agent.observe({
      observation: numbers(observationSize(PAPER_SCENARIO)),
      action: numbers(actionSize(PAPER_SCENARIO)),
      reward: -stream.uniform(),
      nextObservation: numbers(observationSize(PAPER_SCENARIO)),
      terminated: false,
      truncated: false,
    });
  }
  return () => agent.update();
}

/** Everybody who can make an update of one algorithm and batch size. */
export function updateContenders(
  engines: readonly OpenEngine[],
  peers: Peers,
  algorithm: AgentName,
  batchSize: number,
): Contender[] {
  const { policyDelay } = DEFAULT_LEARNER;
  const flop = updateFlop(
    learnerShape(algorithm, batchSize),
    algorithm === "td3" ? policyDelay : 1,
  );
  const named = (name: string) => ({
    name: `${algorithm}/${name}/${batchSize}`,
    unit: "update",
    flop,
  });
  const ours = engines.map(({ label, engine, simd128 }) =>
    contenderHere(
      { ...named(label), simd128 },
      () => createUpdater(engine, algorithm, batchSize),
    )
  );
  const request = { command: "update", algorithm, batch_size: batchSize };
  const theirs = WAYS.map(({ label, peer, variant }) =>
    peers.contender(
      peer,
      named(label),
      (count) => ({ ...request, variant, count }),
    )
  );
  return [...ours, ...theirs];
}

/** What the peers implement too. */
const ALGORITHMS: readonly AgentName[] = ["td3", "ddpg"];

/** One list of contenders for every algorithm and batch size. */
export function updateGroups(
  engines: readonly OpenEngine[],
  peers: Peers,
): Contender[][] {
  return ALGORITHMS.flatMap((algorithm) =>
    BATCH_SIZES.map((batchSize) =>
      updateContenders(engines, peers, algorithm, batchSize)
    )
  );
}
