import { assertEquals, assertRejects } from "@std/assert";
import {
  blockSize,
  type Contender,
  interleave,
  type PeerName,
} from "../../bench/contender.ts";

/** A contender of a fixed speed that writes down when it was called. */
function fake(
  name: string,
  msPerUnit: number,
  log: string[],
  cpu = msPerUnit,
): Contender {
  return {
    name,
    unit: "update",
    run: (count) => {
      log.push(`${name}${count}`);
      return Promise.resolve({ ms: msPerUnit * count, cpuMs: cpu * count });
    },
  };
}

Deno.test("a block has an even number of units, at least two", () => {
  assertEquals(blockSize(150, { count: 8, ms: 40 }), 30);
  assertEquals(blockSize(15, { count: 2, ms: 10 }), 4);
  assertEquals(blockSize(150, { count: 2, ms: 5000 }), 2);
});

Deno.test("contenders take turns, each round one place further on", async () => {
  const log: string[] = [];
  const contenders = ["a", "b", "c"].map((name) => fake(name, 1, log));
  await interleave(contenders, { rounds: 3, blockMs: 0 });
  assertEquals(
    log,
    ["a", "b", "c", "b", "c", "a", "c", "a", "b"].map(
      (name) => `${name}1`,
    ),
  );
});

Deno.test("blocks fill the time that is wanted, whatever the speed", async () => {
  const log: string[] = [];
  const [slow, fast] = await interleave(
    [fake("slow", 10, log), fake("fast", 0.25, log)],
    { rounds: 2, blockMs: 40 },
  );
  assertEquals(log.slice(-4), ["slow4", "fast160", "fast160", "slow4"]);
  assertEquals(slow.ms, [10, 10]);
  assertEquals(fast.ms, [0.25, 0.25]);
});

Deno.test("processor time is of a unit, too", async () => {
  const [twice] = await interleave([fake("twice", 2, [], 4)], {
    rounds: 2,
    blockMs: 40,
  });
  assertEquals(twice.cpuMs, [4, 4]);
});

Deno.test("who is slow in the first round sits the others out", async () => {
  const log: string[] = [];
  const [slow, fast] = await interleave(
    [fake("slow", 11, log), fake("fast", 9, log)],
    { rounds: 3, blockMs: 0, onceAboveMs: 10 },
  );
  assertEquals([slow.ms.length, fast.ms.length], [1, 3]);
});

/** A contender that fails when it is called for the `last` time. */
function failing(name: string, last: number, peer?: PeerName): Contender {
  let calls = 0;
  return {
    name,
    unit: "run",
    peer,
    run: () => {
      calls++;
      if (calls === last) return Promise.reject(new Error(`${name} broke`));
      return Promise.resolve({ ms: 10 });
    },
  };
}

Deno.test("a peer that fails is left out, and told of; the others are timed", async () => {
  const told: string[] = [];
  const onFailure = (contender: Contender, error: unknown) => {
    told.push(`${contender.name}: ${(error as Error).message}`);
  };
  for (const [blockMs, rounds] of [[0, 3], [10, 3]]) {
    const measured = await interleave(
      [
        fake("ours", 1, []),
        failing("early", 1, "jax"),
        failing("late", 2, "jax"),
      ],
      { rounds, blockMs, onFailure },
    );
    assertEquals(measured.map(({ contender }) => contender.name), ["ours"]);
    assertEquals(measured[0].ms.length, 3);
  }
  assertEquals(
    told,
    Array(2).fill(["early: early broke", "late: late broke"]).flat(),
  );
});

Deno.test("what fails here, or with nobody to tell, ends the run", async () => {
  const options = { rounds: 1, blockMs: 0 };
  await assertRejects(
    () => interleave([failing("ours", 1)], { ...options, onFailure: () => {} }),
    Error,
    "ours broke",
  );
  await assertRejects(
    () => interleave([failing("peer", 1, "jax")], options),
    Error,
    "peer broke",
  );
});

Deno.test("compiling is no part of a block", async () => {
  const compiled: Contender = {
    name: "compiled",
    unit: "run",
    run: () => Promise.resolve({ ms: 5, compileMs: 1000 }),
  };
  const [{ ms, compileMs }] = await interleave([compiled], {
    rounds: 2,
    blockMs: 0,
  });
  assertEquals([ms, compileMs], [[5, 5], 1000]);
});
