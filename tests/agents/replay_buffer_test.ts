import { assert, assertEquals, assertThrows } from "@std/assert";
import { NotFiniteError, ReplayBuffer } from "../../lib/agents/mod.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { allocateMinibatch } from "../../lib/nn/mod.ts";

const SHAPE = { capacity: 4, observationSize: 2, actionSize: 1 };

/** A transition whose every number tells its number k. */
function numbered(k: number) {
  return {
    observation: new Float32Array([k, k + 0.25]),
    action: new Float32Array([-k]),
    reward: 10 * k,
    nextObservation: new Float32Array([k + 0.5, k + 0.75]),
    terminated: k % 2 === 1,
  };
}

function filled(count: number): ReplayBuffer {
  const buffer = new ReplayBuffer(SHAPE);
  for (let k = 1; k <= count; k++) buffer.store(numbered(k));
  return buffer;
}

function batchOf(batchSize: number) {
  return allocateMinibatch({
    ...SHAPE,
    batchSize,
    hiddenSizes: [],
    criticCount: 1,
  });
}

Deno.test("ReplayBuffer hands out whole transitions", () => {
  const batch = batchOf(50);
  filled(4).sample(batch, new RandomStream(1, "sampling"));
  for (let e = 0; e < 50; e++) {
    const k = batch.reward[e] / 10;
    const expected = numbered(k);
    assertEquals(
      batch.observation.slice(2 * e, 2 * e + 2),
      expected.observation,
    );
    assertEquals(batch.action.slice(e, e + 1), expected.action);
    assertEquals(
      batch.nextObservation.slice(2 * e, 2 * e + 2),
      expected.nextObservation,
    );
    assertEquals(batch.terminated[e], k % 2);
  }
});

Deno.test("ReplayBuffer forgets the oldest when it is full", () => {
  const buffer = filled(6);
  assertEquals(buffer.size, 4);
  const batch = batchOf(200);
  buffer.sample(batch, new RandomStream(1, "sampling"));
  assertEquals(new Set([...batch.reward].sort()), new Set([30, 40, 50, 60]));
});

Deno.test("ReplayBuffer samples uniformly with replacement", () => {
  const draws = 40_000;
  const batch = batchOf(draws);
  filled(4).sample(batch, new RandomStream(1, "sampling"));
  for (const reward of [10, 20, 30, 40]) {
    const share = batch.reward.filter((r) => r === reward).length / draws;
    // Five standard deviations of a share of one quarter.
    assert(Math.abs(share - 0.25) < 5 * Math.sqrt(0.25 * 0.75 / draws));
  }
});

Deno.test("ReplayBuffer copies what it stores", () => {
  const transition = numbered(1);
  const buffer = new ReplayBuffer(SHAPE);
  buffer.store(transition);
  transition.observation.fill(99);
  assertEquals([...buffer.save().rows], [1, 1.25, -1, 10, 1, 1.5, 1.75]);
});

Deno.test("ReplayBuffer goes on after restore as if never saved", () => {
  for (const count of [2, 4, 7]) {
    const original = filled(count);
    const restored = new ReplayBuffer(SHAPE);
    restored.restore(original.save());
    assertEquals(restored.size, original.size);
    for (const buffer of [original, restored]) buffer.store(numbered(9));
    assertEquals(restored.save(), original.save());
  }
});

Deno.test("ReplayBuffer refuses to sample when empty", () => {
  assertThrows(
    () => filled(0).sample(batchOf(1), new RandomStream(1, "sampling")),
    RangeError,
    "must not be empty",
  );
});

Deno.test("ReplayBuffer refuses numbers that are not finite in 32 bits", () => {
  const buffer = filled(5);
  const before = buffer.save();
  const cases: [object, string][] = [
    [{ reward: NaN }, "reward must be finite, got NaN"],
    [{ reward: 1e39 }, "reward must be finite, got 1e+39 (transitions are"],
    [{ reward: -3.5e38 }, "reward must be finite, got -3.5e+38"],
    [{ action: new Float32Array([Infinity]) }, "action[0] must be finite"],
    [{ observation: [0, 1e39] }, "observation[1] must be finite, got 1e+39"],
    [
      { nextObservation: new Float32Array([0, NaN]) },
      "nextObservation[1] must be finite, got NaN",
    ],
  ];
  for (const [change, message] of cases) {
    assertThrows(
      () => buffer.store({ ...numbered(2), ...change }),
      NotFiniteError,
      message,
    );
  }
  assertEquals(buffer.save(), before);
  // The largest number of 32 bits is one.
  buffer.store({ ...numbered(2), reward: 3.4028234e38 });
});

Deno.test("ReplayBuffer refuses arrays of a wrong length and wrong options", () => {
  const buffer = filled(1);
  const lengths: [object, string][] = [
    [{ observation: new Float32Array(3) }, "observation must have 2 numbers"],
    [{ action: [] }, "action must have 1 numbers, got 0"],
    [{ nextObservation: [1] }, "nextObservation must have 2 numbers, got 1"],
  ];
  for (const [change, message] of lengths) {
    assertThrows(
      () => buffer.store({ ...numbered(2), ...change }),
      InputError,
      message,
    );
  }
  assertEquals(buffer.size, 1);
  const options: [object, string][] = [
    [{ capacity: -1 }, "capacity must be a whole number of at least 1, got -1"],
    [
      { capacity: "4" },
      'capacity must be a whole number of at least 1, got "4"',
    ],
    [{ actionSize: 0.5 }, "actionSize must be a whole number"],
    [{ capcity: 4 }, "capcity must be a known key (nearest: capacity)"],
  ];
  for (const [change, message] of options) {
    assertThrows(
      () => new ReplayBuffer({ ...SHAPE, ...change }),
      InputError,
      message,
    );
  }
});

Deno.test("ReplayBuffer refuses saved rows that are not finite", () => {
  const { stored, rows } = filled(2).save();
  rows[4] = NaN;
  assertThrows(
    () => new ReplayBuffer(SHAPE).restore({ stored, rows }),
    NotFiniteError,
    "Cannot restore the replay buffer: rows[4] must be finite, got NaN",
  );
});

Deno.test("ReplayBuffer refuses the state of another shape", () => {
  const wider = new ReplayBuffer({ ...SHAPE, actionSize: 2 });
  assertThrows(
    () => wider.restore(filled(3).save()),
    RangeError,
    "must have 24 numbers, got 21",
  );
});
