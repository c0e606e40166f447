import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  balancedServers,
  distancesM,
  nearestServers,
  placeServers,
  placeUsers,
} from "../../lib/scenario/topology.ts";
import { assertFits } from "../math/chi_square.ts";

const PROPERTY = { seed: 20250701, numRuns: 150 };

const points = (minLength: number, maxLength: number) =>
  fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
    { minLength, maxLength },
  ).map((pairs) => Float64Array.from(pairs.flat()));

Deno.test("servers stand in the middle of equal strips on the mid-line", () => {
  assertEquals([...placeServers(1, 1000)], [500, 500]);
  assertEquals([...placeServers(4, 800)], [
    ...[100, 400],
    ...[300, 400],
    ...[500, 400],
    ...[700, 400],
  ]);
});

Deno.test("users stand uniformly in the square", () => {
  const positions = placeUsers(4000, 200, "seed");
  assertEquals(positions.length, 8000);
  const cells = new Array<number>(4).fill(0);
  for (let user = 0; user < 4000; user++) {
    const [x, y] = positions.subarray(2 * user, 2 * user + 2);
    assert(x >= 0 && x < 200 && y >= 0 && y < 200);
    cells[(x < 100 ? 0 : 1) + (y < 100 ? 0 : 2)]++;
  }
  assertFits(cells, [0.25, 0.25, 0.25, 0.25]);
});

Deno.test("users keep their places when others join", () => {
  const few = placeUsers(3, 1000, 5);
  assertEquals([...placeUsers(8, 1000, 5).subarray(0, 6)], [...few]);
  assert(placeUsers(3, 1000, 6).some((value, k) => value !== few[k]));
});

Deno.test("distances are Euclidean, users by rows", () => {
  const users = Float64Array.of(0, 0, 3, 4);
  const servers = Float64Array.of(3, 4, 0, 0, 8, 16);
  assertEquals([...distancesM(users, servers)], [
    ...[5, 0, Math.sqrt(320)],
    ...[0, 5, 13],
  ]);
});

Deno.test("the nearest server wins, the lower index a tie", () => {
  const servers = Float64Array.of(0, 0, 10, 0, 10, 0);
  assertEquals(
    [...nearestServers(Float64Array.of(1, 0, 9, 0, 5, 7), servers)],
    [0, 1, 0],
  );
});

Deno.test("no server is nearer than the nearest", () => {
  fc.assert(
    fc.property(points(1, 8), points(1, 4), (users, servers) => {
      const numServers = servers.length / 2;
      const squared = (user: number, server: number) =>
        (users[2 * user] - servers[2 * server]) ** 2 +
        (users[2 * user + 1] - servers[2 * server + 1]) ** 2;
      nearestServers(users, servers).forEach((chosen, user) => {
        for (let server = 0; server < numServers; server++) {
          const gap = squared(user, server) - squared(user, chosen);
          assert(server < chosen ? gap > 0 : gap >= 0);
        }
      });
    }),
    PROPERTY,
  );
});

Deno.test("balanced servers: a full server sends its farther users elsewhere", () => {
  // All three are nearest to server 0, which has room for ceil(3/2) = 2.
  const users = Float64Array.of(1, 0, 2, 0, 3, 0);
  const servers = Float64Array.of(0, 0, 100, 0);
  assertEquals([...nearestServers(users, servers)], [0, 0, 0]);
  assertEquals([...balancedServers(users, servers)], [0, 0, 1]);
});

Deno.test("balanced servers: closest pairs first, and never more than ceil(U/E) users", () => {
  fc.assert(
    fc.property(points(1, 9), points(1, 4), (users, servers) => {
      const numUsers = users.length / 2;
      const numServers = servers.length / 2;
      const capacity = Math.ceil(numUsers / numServers);
      // Second derivation: repeat a global search for the closest open pair.
      const expected = new Array<number>(numUsers).fill(-1);
      const load = new Array<number>(numServers).fill(0);
      for (let round = 0; round < numUsers; round++) {
        let best = { squared: Infinity, user: -1, server: -1 };
        for (let user = 0; user < numUsers; user++) {
          for (let server = 0; server < numServers; server++) {
            const squared = (users[2 * user] - servers[2 * server]) ** 2 +
              (users[2 * user + 1] - servers[2 * server + 1]) ** 2;
            const open = expected[user] < 0 && load[server] < capacity;
            if (open && squared < best.squared) {
              best = { squared, user, server };
            }
          }
        }
        expected[best.user] = best.server;
        load[best.server]++;
      }
      assertEquals([...balancedServers(users, servers)], expected);
    }),
    PROPERTY,
  );
});
