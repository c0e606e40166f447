/**
 * What a core can give at most, and what training needs beside its updates.
 *
 * @module
 */

import { DEFAULT_LEARNER } from "../lib/agents/ledger.ts";
import { ReplayBuffer } from "../lib/agents/mod.ts";
import { EdgeEnv } from "../lib/env/edge_env.ts";
import { RandomStream } from "../lib/math/mod.ts";
import { allocateMinibatch } from "../lib/nn/mod.ts";
import { PAPER_SCENARIO } from "../lib/scenario/scenario.ts";
import { type Contender, contenderHere } from "./contender.ts";
import { createFmaLoop, FLOP_PER_PASS } from "./fused_multiply_add.ts";
import { LEARNING_PEERS, type PeerName } from "./contender.ts";
import type { Peers } from "./peer.ts";
import { FMA128_NAME, SGEMM_PREFIX } from "./results.ts";

const SGEMM_SIZE = 1024;
const PASSES = 1000;

/**
 * The core's rates: sgemm of 1024 × 1024 matrices by every library at hand, and
 * 128-bit fused multiply-adds. They are timed with every group of updates.
 */
export function peakContenders(peers: Peers): Contender[] {
  const unit = "product";
  const flop = 2 * SGEMM_SIZE ** 3;
  const ask = (peer: PeerName, command: string, library: string) =>
    peers.contender(
      peer,
      { name: `${SGEMM_PREFIX}-${library}`, unit, flop },
      (count) => ({ command, size: SGEMM_SIZE, count }),
    );
  return [
    contenderHere(
      {
        name: FMA128_NAME,
        unit: "loop",
        flop: PASSES * FLOP_PER_PASS,
        simd128: true,
      },
      () => {
        const loop = createFmaLoop();
        return () => loop(PASSES);
      },
    ),
    ...LEARNING_PEERS.map((peer) => ask(peer, "sgemm", peer)),
    ask("pytorch", "numpy_sgemm", "numpy"),
  ];
}

/** Environment steps with random actions, starts of episodes included. */
export function stepContenders(peers: Peers): Contender[] {
  const unit = "step";
  const ours = contenderHere({ name: "environment/lab", unit }, () => {
    const env = new EdgeEnv(PAPER_SCENARIO);
    const stream = new RandomStream(0, "benchmark-actions");
    const actions = Array.from({ length: 64 }, () =>
      Float32Array.from(
        { length: env.actionSize },
        () => 2 * stream.uniform() - 1,
      ));
    const { slotsPerEpisode } = PAPER_SCENARIO.parameters;
    let step = 0;
    return () => {
      if (step % slotsPerEpisode === 0) env.reset(step);
      env.step(actions[step % actions.length]);
      step++;
    };
  });
  // Every peer steps through the same NumPy environment.
  const theirs = peers.contender(
    "pytorch",
    { name: "environment/pytorch", unit },
    (count) => ({ command: "steps", count }),
  );
  return [ours, theirs];
}

/** What an update of TD3 needs beside its networks: a minibatch and noise. */
export function samplingContenders(): Contender[] {
  const { batchSize, hiddenSizes } = DEFAULT_LEARNER;
  const { observationSize, actionSize } = new EdgeEnv(PAPER_SCENARIO);
  const sizes = { observationSize, actionSize };
  return [
    contenderHere(
      { name: `sampling/replay/${batchSize}`, unit: "minibatch" },
      () => {
        const capacity = 5000;
        const buffer = new ReplayBuffer({ ...sizes, capacity });
        const batch = allocateMinibatch({
          ...sizes,
          hiddenSizes,
          batchSize,
          criticCount: 2,
        });
        for (let i = 0; i < capacity; i++) {
          buffer.store({
            observation: new Float32Array(observationSize).fill(i),
            action: new Float32Array(actionSize).fill(i),
            reward: i,
            nextObservation: new Float32Array(observationSize).fill(i),
            terminated: false,
          });
        }
        const stream = new RandomStream(0, "replay-sampling");
        return () => buffer.sample(batch, stream);
      },
    ),
    contenderHere(
      { name: `sampling/noise/${batchSize}`, unit: "minibatch" },
      () => {
        const noise = new Float32Array(batchSize * actionSize);
        const stream = new RandomStream(0, "target-noise");
        return () => stream.fillNoise(noise);
      },
    ),
  ];
}
