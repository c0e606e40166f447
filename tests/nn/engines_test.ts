import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLessOrEqual,
  assertMatch,
  assertThrows,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  type Engine,
  ENGINE_CHOICES,
  type LearnerNetworks,
  openEngine,
  type Parameterized,
} from "../../lib/nn/mod.ts";
import { testEveryEngine, testKernelEngines } from "./engines.ts";

const SHAPE = {
  observationSize: 2,
  actionSize: 1,
  hiddenSizes: [2],
  batchSize: 3,
  criticCount: 2,
} as const;

/** [2 → 2 → 1], worked out by hand below. */
const ACTOR = new Float32Array([1, -1, 2, 0.5, 0, 0.25, 1, -2, 0.5]);
/** [3 → 2 → 1]: observation first, action last. */
const CRITIC_1 = new Float32Array([1, 0, 0, 1, 10, -10, 0, 0, 1, 1, 0.5]);
const CRITIC_2 = new Float32Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -3]);

function createLearner(engine: Engine): LearnerNetworks {
  const learner = engine.createLearner(SHAPE);
  learner.actor.writeParameters(ACTOR);
  learner.critics.writeParameters(new Float32Array([...CRITIC_1, ...CRITIC_2]));
  return learner;
}

/** One update on the arrays of the learner's batch. */
function update({ batch, ...learner }: LearnerNetworks): void {
  const { actor, targetActor, critics, targetCritics } = learner;
  targetActor.act(batch.nextObservation, batch.nextAction);
  targetCritics.values(
    batch.nextObservation,
    batch.nextAction,
    batch.nextValues,
  );
  critics.regress(batch.observation, batch.action, batch.target, 1e-3);
  actor.ascend(batch.observation, 1e-3);
  targetActor.softUpdate(0.1);
  targetCritics.softUpdate(0.1);
}

/** Random parameters and a random batch. */
function randomize(learner: LearnerNetworks, seed: number): void {
  const stream = new RandomStream(seed, "engines");
  const { batch } = learner;
  const networks: Parameterized[] = [
    learner.actor,
    learner.targetActor,
    learner.critics,
    learner.targetCritics,
  ];
  for (const network of networks) {
    const parameters = stream.fillNormal(network.readParameters());
    network.writeParameters(parameters.map((value) => 0.3 * value));
  }
  stream.fillNormal(batch.observation);
  stream.fillNormal(batch.nextObservation);
  stream.fillNormal(batch.action);
  stream.fillNormal(batch.target);
}

testEveryEngine("the actor is kernel [in][out], bias, ReLU, tanh", (engine) => {
  const learner = createLearner(engine);
  const actions = new Float32Array(2);
  learner.actor.act(new Float32Array([0.5, 0.25, -1, 0]), actions);
  // Row 1: hidden relu(0.5 + 0.5, -0.5 + 0.125 + 0.25) = (1, 0); 1 + 0.5.
  assertAlmostEquals(actions[0], Math.tanh(1.5), 1e-6);
  // Row 2: hidden relu(-1, 1 + 0.25) = (0, 1.25); -2.5 + 0.5.
  assertAlmostEquals(actions[1], Math.tanh(-2), 1e-6);
  learner.dispose();
});

testEveryEngine(
  "the critics take [observation | action], one after the other",
  (engine) => {
    const learner = createLearner(engine);
    const values = [new Float32Array(2), new Float32Array(2)];
    learner.critics.values(
      new Float32Array([1, 2, 3, 4]),
      new Float32Array([0.1, -0.1]),
      values,
    );
    // relu(1 + 1) + relu(2 - 1) + 0.5, and relu(3 - 1) + relu(4 + 1) + 0.5.
    assertAlmostEquals(values[0][0], 3.5, 1e-6);
    assertAlmostEquals(values[0][1], 7.5, 1e-6);
    assertEquals([...values[1]], [-3, -3]);
    learner.dispose();
  },
);

testEveryEngine(
  "target networks hold their own parameters and follow slowly",
  (engine) => {
    const learner = createLearner(engine);
    assertEquals(learner.targetActor.readParameters(), new Float32Array(9));
    learner.targetActor.softUpdate(0.25);
    learner.targetCritics.softUpdate(0.5);
    assertEquals(
      learner.targetActor.readParameters(),
      ACTOR.map((value) => 0.25 * value),
    );
    const values = [new Float32Array(1), new Float32Array(1)];
    learner.targetCritics.values(
      new Float32Array([1, 2]),
      new Float32Array(1),
      values,
    );
    // Halved twice: 0.5 · (relu(0.5) + relu(1)) + 0.25.
    assertEquals(values.map(([value]) => value), [1, -1.5]);
    learner.dispose();
  },
);

testEveryEngine(
  "regression returns every critic's mean squared error and value before the step",
  (engine) => {
    const learner = createLearner(engine);
    const regress = (target: number) =>
      learner.critics.regress(
        new Float32Array([1, 2, 3, 4]),
        new Float32Array([0.1, -0.1]),
        new Float32Array([target, 4.5]),
        0,
      );
    // Values 3.5 and 7.5, and -3 twice: (1² + 3²) / 2, (5.5² + 7.5²) / 2.
    const [first, second] = regress(2.5);
    assertAlmostEquals(first.loss, 5, 1e-5);
    assertAlmostEquals(first.value, 5.5, 1e-5);
    assertAlmostEquals(second.loss, 43.25, 1e-5);
    assertAlmostEquals(second.value, -3, 1e-5);
    const [broken] = regress(NaN);
    assertEquals(broken.loss, NaN);
    assertAlmostEquals(broken.value, 5.5, 1e-5);
    learner.dispose();
  },
);

testEveryEngine(
  "parameters and optimizer are read as copies and written back",
  (engine) => {
    const learner = createLearner(engine);
    const regress = () =>
      learner.critics.regress(
        new Float32Array([1, 2, -1, 0, 0.5, 0.5]),
        new Float32Array([0.1, 0.2, -0.3]),
        new Float32Array([1, 2, 3]),
        1e-2,
      );
    regress();
    const parameters = learner.critics.readParameters();
    const optimizer = learner.critics.readOptimizer();
    assertEquals(optimizer.steps, 1);
    assert(optimizer.secondMoment.some((value) => value > 0));
    regress();
    const after = learner.critics.readParameters();
    assert(after.some((value, i) => value !== parameters[i]));
    learner.critics.writeParameters(parameters);
    learner.critics.writeOptimizer(optimizer);
    assertEquals(learner.critics.readParameters(), parameters);
    assertEquals(learner.critics.readOptimizer(), optimizer);
    regress();
    assertEquals(learner.critics.readParameters(), after);
    learner.dispose();
  },
);

testEveryEngine(
  "writing the wrong number of parameters is refused",
  (engine) => {
    const learner = createLearner(engine);
    assertThrows(
      () => learner.actor.writeParameters(new Float32Array(8)),
      RangeError,
      "Cannot write parameters: their number must be 9, got 8",
    );
    assertThrows(
      () =>
        learner.critics.writeOptimizer({
          steps: 1,
          firstMoment: new Float32Array(22),
          secondMoment: new Float32Array(21),
        }),
      RangeError,
      "second moments: their number must be 22, got 21",
    );
    learner.dispose();
  },
);

testEveryEngine(
  "fewer rows than the batch give the same as each alone",
  (engine) => {
    const shape = {
      ...SHAPE,
      observationSize: 5,
      actionSize: 3,
      batchSize: 21,
    };
    const learner = engine.createLearner({ ...shape, hiddenSizes: [9, 4] });
    randomize(learner, 3);
    const rows = 10;
    const observations = learner.batch.observation.slice(0, 5 * rows);
    const actions = new Float32Array(3 * rows);
    learner.actor.act(observations, actions);
    const values = [new Float32Array(rows), new Float32Array(rows)];
    learner.critics.values(observations, actions, values);
    for (let row = 0; row < rows; row++) {
      const observation = observations.slice(5 * row, 5 * row + 5);
      const action = new Float32Array(3);
      learner.actor.act(observation, action);
      action.forEach((value, i) =>
        assertAlmostEquals(value, actions[3 * row + i], 1e-6)
      );
      const value = [new Float32Array(1), new Float32Array(1)];
      learner.critics.values(observation, action, value);
      value.forEach(([q], i) => assertAlmostEquals(q, values[i][row], 1e-5));
    }
    learner.dispose();
  },
);

testEveryEngine(
  "learners do not disturb each other, and repeat themselves",
  (engine) => {
    const run = (others: number) => {
      const learners = Array.from(
        { length: 1 + others },
        () => engine.createLearner({ ...SHAPE, hiddenSizes: [33, 5] }),
      );
      learners.forEach((learner, i) => randomize(learner, i));
      for (let i = 0; i < 5; i++) learners.forEach(update);
      const result = [
        learners[0].actor.readParameters(),
        learners[0].critics.readParameters(),
        learners[0].critics.readOptimizer().secondMoment,
        learners[0].targetCritics.readParameters(),
      ];
      for (const learner of learners) learner.dispose();
      return result;
    };
    const alone = run(0);
    assertEquals(run(0), alone);
    assertEquals(run(2), alone);
  },
);

/** V8's own collector, for memory to be compared without what is garbage. */
function exposeGarbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

testKernelEngines(
  "100,000 updates need no more memory than the first",
  (engine) => {
    const learner = createLearner(engine);
    const { buffer } = learner.batch.observation;
    const collectGarbage = exposeGarbageCollector();
    const usageAfter = (updates: number) => {
      for (let i = 0; i < updates; i++) update(learner);
      collectGarbage();
      const { heapUsed, external } = Deno.memoryUsage();
      return heapUsed + external;
    };
    // Compiled code is there after the first updates. One number kept by each
    // of the others would be 800 kB, one object several megabytes.
    const before = usageAfter(1000);
    const after = usageAfter(99_000);
    assert(learner.batch.observation.buffer === buffer);
    assertLessOrEqual(after - before, 400_000);
    learner.dispose();
  },
);

testKernelEngines("the batch lies in the learner's own memory", (engine) => {
  const [first, second] = [createLearner(engine), createLearner(engine)];
  const { batch } = first;
  const arrays = [
    batch.observation,
    batch.action,
    batch.reward,
    batch.nextObservation,
    batch.terminated,
    batch.nextAction,
    ...batch.nextValues,
    batch.target,
  ];
  arrays.forEach((array, i) => array.fill(i + 1));
  arrays.forEach((array, i) => assert(array.every((value) => value === i + 1)));
  assertEquals(new Set(arrays.map((array) => array.buffer)).size, 1);
  assert(batch.action.buffer !== second.batch.action.buffer);
  assert(second.batch.action.every((value) => value === 0));
});

Deno.test("wasm runs without any permission, blas says what it needs", async () => {
  const run = async (engine: string, ...flags: string[]) => {
    const module = new URL("../../lib/nn/mod.ts", import.meta.url);
    const code = `const { openEngine } = await import("${module}");
      console.log((await openEngine("${engine}")).name);`;
    const url = `data:application/typescript,${encodeURIComponent(code)}`;
    const config = new URL("../../deno.json", import.meta.url);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--config",
        fileURLToPath(config),
        ...flags,
        url,
      ],
      env: { NO_COLOR: "1" },
    }).output();
    return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  };
  assertMatch(await run("wasm"), /^wasm$/m);
  assertMatch(await run("auto"), /^wasm$/m);
  assertMatch(
    await run("blas"),
    /Cannot open the blas engine: calling a library must be permitted, as with --allow-ffi/,
  );
});

Deno.test("every choice but auto opens the engine of its name", async () => {
  const auto = await openEngine("auto");
  assert(["blas", "wasm"].includes(auto.name));
  assertEquals(ENGINE_CHOICES, ["auto", "wasm", "blas", "tfjs"]);
});
