/**
 * A whole training run of TD3, evaluations included: ours, and the peers' in
 * equivalent environments of NumPy's and JAX's.
 *
 * @module
 */

import { DEFAULT_LEARNER } from "../lib/agents/ledger.ts";
import {
  type Agent,
  type AgentState,
  evaluate,
  train,
  type Transition,
} from "../lib/agents/mod.ts";
import { EdgeEnv, type EdgeStepInfo } from "../lib/env/edge_env.ts";
import type { Split } from "../lib/workload/trace.ts";
import type { Environment } from "../lib/env/types.ts";
import { createAgent, isViolated } from "../lib/methods/mod.ts";
import { FIG05, lengthsOf } from "../lib/studies/paper/registry.ts";

import type { ActorNetwork, Engine } from "../lib/nn/mod.ts";
import { PAPER_SCENARIO } from "../lib/scenario/scenario.ts";
import type { Contender, Measurement, PeerName } from "./contender.ts";
import type { OpenEngine } from "./engines.ts";
import { samplingContenders } from "./part_contenders.ts";
import type { Peers } from "./peer.ts";

const LENGTHS = lengthsOf(FIG05, "paper");
const {
  evaluationEpisodes: EVALUATION_EPISODES = 5,
  testEpisodes: TEST_EPISODES = 30,
} = FIG05.study;

/**
 * How the peers make runs: by steps through the NumPy environment, or as a whole,
 * in a program of JAX's or by a library's own learner.
 */
const WAYS: readonly {
  readonly label: string;
  readonly peer: PeerName;
  readonly variant: "steps" | "whole";
}[] = [
  { label: "pytorch", peer: "pytorch", variant: "steps" },
  { label: "jax", peer: "jax", variant: "steps" },
  { label: "jax-jit", peer: "jax", variant: "whole" },
  { label: "sb3", peer: "sb3", variant: "whole" },
  { label: "sbx", peer: "sbx", variant: "whole" },
];

type Stage = "update" | "decide" | "store" | "environment";

/** Adds up where the time goes. */
class Stopwatch {
  readonly ms: Record<Stage, number> = {
    update: 0,
    decide: 0,
    store: 0,
    environment: 0,
  };

  time<T>(stage: Stage, work: () => T): T {
    const start = performance.now();
    const result = work();
    this.ms[stage] += performance.now() - start;
    return result;
  }
}

/** An agent whose calls are timed. */
class TimedAgent implements Agent {
  constructor(readonly agent: Agent, readonly watch: Stopwatch) {}

  get updates(): number {
    return this.agent.updates;
  }
  act(observation: Float32Array): Float32Array {
    return this.watch.time("decide", () => this.agent.act(observation));
  }
  explore(observation: Float32Array): Float32Array {
    return this.watch.time("decide", () => this.agent.explore(observation));
  }
  observe(transition: Transition): void {
    this.watch.time("store", () => this.agent.observe(transition));
  }
  update(): number {
    return this.watch.time("update", () => this.agent.update());
  }
  requireFinite(): void {
    this.agent.requireFinite();
  }
  save(): AgentState {
    return this.agent.save();
  }
  restore(state: AgentState): void {
    this.agent.restore(state);
  }
  policy(): ActorNetwork {
    return this.agent.policy();
  }
  dispose(): void {
    this.agent.dispose();
  }
}

/** An environment whose calls are timed. */
function timedEnvironment(
  split: Split,
  watch: Stopwatch,
): Environment<unknown, EdgeStepInfo> {
  const env = watch.time(
    "environment",
    () => new EdgeEnv(PAPER_SCENARIO, { split }),
  );
  return {
    observationSize: env.observationSize,
    actionSize: env.actionSize,
    reset: (seed) => watch.time("environment", () => env.reset(seed)),
    step: (action) => watch.time("environment", () => env.step(action)),
  };
}

function metrics(info: EdgeStepInfo): { objective: number; hitRate: number } {
  return { objective: info.objective, hitRate: info.hitRate };
}

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** One run from the engine's first network to the last evaluation. */
async function runOurs(engine: Engine): Promise<Measurement> {
  const watch = new Stopwatch();
  const clock = () => performance.now();
  const start = clock();
  const agent = new TimedAgent(
    createAgent("td3", PAPER_SCENARIO, { engine, seed: 0 }),
    watch,
  );
  const rows = train({
    agent,
    environment: timedEnvironment("train", watch),
    episodes: LENGTHS.episodes,
    episodeSeed: (episode) => episode,
    metrics,
    evaluation: {
      environment: timedEnvironment("validation", watch),
      every: LENGTHS.evaluateEvery,
      seeds: seeds(EVALUATION_EPISODES),
      isViolated,
    },
    clock,
  });
  const curve = [];
  for await (const row of rows) curve.push(row);
  await evaluate({
    policy: agent,
    environment: timedEnvironment("test", watch),
    seeds: seeds(TEST_EPISODES),
    metrics,
    isViolated,
    clock,
  });
  agent.dispose();
  const ms = clock() - start;
  const { update, ...spent } = watch.ms;
  const sampling = agent.updates * await samplingMs();
  const stages = { networks: update - sampling, sampling, ...spent };
  const rest = ms - update - Object.values(spent).reduce((a, b) => a + b, 0);
  return {
    ms,
    stages: Object.fromEntries(
      Object.entries({ ...stages, rest }).map((
        [stage, of],
      ) => [stage, of / ms]),
    ),
  };
}

/** What an update spends on its minibatch and noise, measured apart. */
async function samplingMs(): Promise<number> {
  let total = 0;
  for (const part of samplingContenders()) {
    await part.run(1000);
    total += (await part.run(1000)).ms / 1000;
  }
  return total;
}

/** Everybody who can do a whole run. */
export function runContenders(
  engines: readonly OpenEngine[],
  peers: Peers,
): Contender[] {
  const { batchSize, minReplaySize } = DEFAULT_LEARNER;
  const named = (name: string) => ({
    name: `run/${name}/${batchSize}`,
    unit: "run",
  });
  const request = {
    command: "train",
    algorithm: "td3",
    episodes: LENGTHS.episodes,
    batch_size: batchSize,
    min_replay_size: minReplaySize,
    evaluate_every: LENGTHS.evaluateEvery,
    evaluation_episodes: EVALUATION_EPISODES,
    test_episodes: TEST_EPISODES,
  };
  return [
    ...engines.map(({ label, engine }): Contender => ({
      ...named(label),
      run: () => runOurs(engine),
    })),
    ...WAYS.map(({ label, peer, variant }) =>
      peers.contender(peer, named(label), () => ({ ...request, variant }))
    ),
  ];
}
