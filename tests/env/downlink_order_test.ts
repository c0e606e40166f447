import { assertEquals } from "@std/assert";
import { groupMembers, groupUsers } from "../../lib/env/association.ts";
import { waitForDownlink } from "../../lib/env/downlink.ts";
import { RandomStream } from "../../lib/math/prng.ts";

Deno.test("any number of users is sent by ready time, ties by position, never ready last", () => {
  const stream = new RandomStream(0, "ready");
  for (const count of [0, 1, 2, 15, 16, 17, 31, 32, 33, 48, 64, 65, 100, 777]) {
    // Few different times, so that ties are frequent.
    const readyTimeS = Float64Array.from(
      { length: count },
      () => stream.integer(20) || Infinity,
    );
    const users = Int32Array.from({ length: count }, (_, k) => count - 1 - k);
    const expected = [...users].sort((a, b) =>
      readyTimeS[a] === readyTimeS[b] ? 0 : readyTimeS[a] - readyTimeS[b]
    );
    const scratch = users.slice();
    for (const lent of [undefined, new Int32Array(count + 5)]) {
      users.set(scratch);
      const times = new Float64Array(count);
      waitForDownlink(users, readyTimeS, times, times.slice(), 0, lent);
      assertEquals([...users], expected);
    }
  }
});

Deno.test("users are grouped by server in rising order; a server may have none", () => {
  const groups = groupUsers(Int32Array.of(2, 0, 2, 2, 0), 4);
  assertEquals(
    [0, 1, 2, 3].map((server) => [...groupMembers(groups, server)]),
    [[1, 4], [], [0, 2, 3], []],
  );
  assertEquals([...groups.starts], [0, 2, 2, 5, 5]);
  assertEquals([...groupUsers(new Int32Array(0), 2).starts], [0, 0, 0]);
});
