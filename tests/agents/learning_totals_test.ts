import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type AgentSetup,
  DdpgAgent,
  LearningTotals,
  Td3Agent,
} from "../../lib/agents/mod.ts";
import { testEveryEngine } from "../nn/engines.ts";
import { DDPG_OPTIONS, TD3_OPTIONS } from "./fixtures.ts";

const TRANSITION = {
  observation: new Float32Array([0.5, -0.25]),
  action: new Float32Array([0.75, 0.125]),
  reward: 3,
  nextObservation: new Float32Array([0.25, 1]),
  // Nothing follows: the target is the reward, times its scale.
  terminated: true,
  truncated: false,
};

/** Too slow to change a parameter: values stand still while updates are counted. */
const STILL = {
  actorLearningRate: 1e-12,
  criticLearningRate: 1e-12,
  batchSize: 4,
  minReplaySize: 2,
  replayCapacity: 8,
  rewardScale: 0.5,
};

class OpenDdpg extends DdpgAgent {
  get networks() {
    return this.learner;
  }
}

class OpenTd3 extends Td3Agent {
  get networks() {
    return this.learner;
  }
}

function agents(engine: AgentSetup["engine"]) {
  return {
    DDPG: new OpenDdpg({ ...DDPG_OPTIONS, ...STILL, engine }),
    TD3: new OpenTd3({ ...TD3_OPTIONS, ...STILL, engine }),
  };
}

testEveryEngine(
  "updates tell their critics' mean loss and value, and their actor's loss",
  (engine) => {
    for (const [name, agent] of Object.entries(agents(engine))) {
      const { critics } = agent.networks;
      const count = name === "TD3" ? 2 : 1;
      const valuesOf = (action: Float32Array) => {
        const values = Array.from({ length: count }, () => new Float32Array(1));
        critics.values(TRANSITION.observation, action, values);
        return values.map(([value]) => value);
      };
      const expected = valuesOf(TRANSITION.action);
      const [greedy] = valuesOf(agent.act(TRANSITION.observation));
      for (let i = 0; i < 3; i++) agent.observe(TRANSITION);
      const totals = new LearningTotals();
      agent.update(totals);
      // TD3 updates its actor every other time.
      assertEquals(totals.means().actorLoss === null, name === "TD3");
      agent.update(totals);
      const { criticLoss, actorLoss, qValue } = totals.means();
      const mean = (of: (value: number) => number) =>
        expected.reduce((sum, value) => sum + of(value), 0) / count;
      assertAlmostEquals(qValue!, mean((value) => value), 1e-5);
      assertAlmostEquals(criticLoss!, mean((q) => (1.5 - q) ** 2), 1e-5);
      assertAlmostEquals(actorLoss!, -greedy, 1e-5);
      agent.dispose();
    }
  },
);

Deno.test("updates are the same whether their losses are wanted or not", () => {
  const options = { ...TD3_OPTIONS, minReplaySize: 2 };
  const [told, silent] = [new Td3Agent(options), new Td3Agent(options)];
  for (let i = 0; i < 8; i++) {
    for (const agent of [told, silent]) agent.observe(TRANSITION);
    told.update(new LearningTotals());
    silent.update();
  }
  assertEquals(told.save(), silent.save());
});
