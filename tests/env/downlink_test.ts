import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  downlinkCompletionTimeS,
  waitForDownlink,
} from "../../lib/env/downlink.ts";
import { simulateDownlink } from "./reference_slot.ts";
import { PROPERTY } from "./worlds.ts";

Deno.test("Eq. 9: wait and transmission", () => {
  assertEquals(downlinkCompletionTimeS(8, 10), 18);
  assertEquals(downlinkCompletionTimeS(0, Infinity), Infinity);
});

/** Waits of users 0, 1, … of one server. */
function wait(ready: number[], service: number[], freeAtS?: number) {
  const users = Int32Array.from(ready.keys());
  const waits = new Float64Array(ready.length).fill(-1);
  const free = waitForDownlink(
    users,
    Float64Array.from(ready),
    Float64Array.from(service),
    waits,
    freeAtS,
  );
  return { waits: [...waits], order: [...users], free };
}

Deno.test("first ready, first sent: by hand", () => {
  // Ready at 4, 1, 2; one takes 5 (1 to 6), two 1 (6 to 7), nought 2 (7 to 9).
  assertEquals(wait([4, 1, 2], [2, 5, 1]), {
    waits: [3, 0, 4],
    order: [1, 2, 0],
    free: 9,
  });
});

Deno.test("an idle downlink makes nobody wait", () => {
  assertEquals(wait([0, 10, 20], [10, 10, 1]), {
    waits: [0, 0, 0],
    order: [0, 1, 2],
    free: 21,
  });
});

Deno.test("ties go by user, whatever takes longer", () => {
  assertEquals(wait([3, 3, 3], [9, 1, 5]).waits, [0, 9, 10]);
});

Deno.test("ties go by user among many users as among few", () => {
  const many = wait(new Array(50).fill(1), new Array(50).fill(2));
  assertEquals(many.order, [...Array(50).keys()]);
  assertEquals(many.waits, Array.from({ length: 50 }, (_, user) => 2 * user));
});

Deno.test("a result that is never ready waits 0 and holds up nobody", () => {
  assertEquals(wait([Infinity, 1, Infinity, 1], [5, 2, 5, 2]), {
    waits: [0, 0, 0, 2],
    order: [1, 3, 0, 2],
    free: 5,
  });
  assertEquals(wait([Infinity], [5]), { waits: [0], order: [0], free: 0 });
});

Deno.test("a downlink that is busy at first delays the first results", () => {
  assertEquals(wait([1, 20], [3, 3], 10), {
    waits: [9, 0],
    order: [0, 1],
    free: 23,
  });
});

Deno.test("a server without users stays free when it was", () => {
  assertEquals(wait([], [], 7), { waits: [], order: [], free: 7 });
});

Deno.test("users of other servers are left alone", () => {
  const waits = Float64Array.of(-1, -1, -1);
  waitForDownlink(
    Int32Array.of(2),
    Float64Array.of(0, 0, 0),
    Float64Array.of(1, 1, 1),
    waits,
  );
  assertEquals([...waits], [-1, -1, 0]);
});

const times = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 30 }).map((n) => n / 2) },
  { weight: 1, arbitrary: fc.constant(Infinity) },
);

const result = fc.record({ ready: times, service: fc.nat({ max: 12 }) });

// Few results and many: they are ordered by different means.
const results = fc.oneof(
  { weight: 3, arbitrary: fc.array(result, { minLength: 1, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.array(result, { minLength: 33, maxLength: 50 }) },
);

Deno.test("work is conserved: one at a time, in order, never idle while a result waits", () => {
  fc.assert(
    fc.property(results, (list) => {
      const ready = list.map((result) => result.ready);
      const service = list.map((result) => result.service);
      const { waits, order, free } = wait(ready, service);
      assertEquals([...order].sort((a, b) => a - b), [...ready.keys()]);
      const sent = order.filter((user) => ready[user] !== Infinity);
      let previousEndS = 0;
      let busyS = 0;
      let previous = -1;
      for (const user of sent) {
        const startS = ready[user] + waits[user];
        assert(waits[user] >= 0, "nobody is sent before being ready");
        assert(startS >= previousEndS, "no overlap");
        // Not idle while this result was ready: it starts at once or right after.
        assertEquals(startS, Math.max(ready[user], previousEndS));
        if (previous >= 0) {
          const sameReady = ready[previous] === ready[user];
          assert(ready[previous] <= ready[user], "first ready, first sent");
          assert(!sameReady || previous < user, "ties by user");
        }
        previousEndS = startS + service[user];
        busyS += service[user];
        previous = user;
      }
      assertEquals(free, previousEndS);
      const idleS = free - busyS;
      const firstS = sent.length > 0 ? ready[sent[0]] : 0;
      assert(idleS >= firstS, "the link is idle until the first is ready");
      for (const user of ready.keys()) {
        if (ready[user] === Infinity) assertEquals(waits[user], 0);
      }
    }),
    PROPERTY,
  );
});

Deno.test("waits agree with a simulation of events", () => {
  fc.assert(
    fc.property(results, (list) => {
      const { waits } = wait(
        list.map((result) => result.ready),
        list.map((result) => result.service),
      );
      const sentAtS = simulateDownlink(
        list.map(({ ready, service }, user) => ({
          user,
          readyS: ready,
          serviceS: service,
        })),
      );
      sentAtS.forEach((sentS, user) => {
        const { ready, service } = list[user];
        assertAlmostEquals(ready + waits[user] + service, sentS, 1e-12);
      });
    }),
    PROPERTY,
  );
});

Deno.test("a result that is never ready changes nobody's wait", () => {
  fc.assert(
    fc.property(results, (list) => {
      const finite = list.filter(({ ready }) => ready !== Infinity);
      const ready = (of: typeof list) => of.map((result) => result.ready);
      const service = (of: typeof list) => of.map((result) => result.service);
      const all = wait(ready(list), service(list)).waits;
      const kept = all.filter((_, user) => list[user].ready !== Infinity);
      assertEquals(kept, wait(ready(finite), service(finite)).waits);
    }),
    PROPERTY,
  );
});

Deno.test("waits scale with ready and transmission times", () => {
  fc.assert(
    fc.property(results, (list) => {
      const ready = list.map((result) => result.ready);
      const service = list.map((result) => result.service);
      const quadruple = (values: number[]) => values.map((value) => 4 * value);
      assertEquals(
        wait(quadruple(ready), quadruple(service)).waits,
        quadruple(wait(ready, service).waits),
      );
    }),
    PROPERTY,
  );
});
