import { assertEquals } from "@std/assert";
import {
  associateToCaches,
  groupMembers,
  groupUsers,
} from "../../lib/env/association.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import { HAND_INSTANCE, HAND_STATE } from "./worlds.ts";

Deno.test("the users of a server come in rising order", () => {
  const server = Int32Array.of(1, 0, 1, 2, 1);
  const groups = groupUsers(server, 4);
  assertEquals([...groupMembers(groups, 1)], [0, 2, 4]);
  assertEquals([...groupMembers(groups, 0)], [1]);
  assertEquals([...groupMembers(groups, 3)], []);
  assertEquals([...server], [1, 0, 1, 2, 1]);
});

/** Servers at x = 0, 10 and 20; one user at x = 4 for each requested model. */
function slotOf(requestedModel: number[]): TraceSlot {
  const numUsers = requestedModel.length;
  return {
    instance: {
      ...HAND_INSTANCE,
      numUsers,
      numServers: 3,
      numModels: 3,
      userPositionsM: Float64Array.from(requestedModel.flatMap(() => [4, 0])),
      serverPositionsM: Float64Array.of(0, 0, 10, 0, 20, 0),
    },
    state: { ...HAND_STATE, requestedModel: Int32Array.from(requestedModel) },
    server: new Int32Array(numUsers),
  };
}

Deno.test("cached-anywhere: the nearest server that caches the model, else the own one", () => {
  const cache = Float64Array.of(
    ...[1, 0, 0], // server 0 caches model 0
    ...[1, 1, 0], // server 1 caches models 0 and 1
    ...[0, 1, 0], // server 2 caches model 1
  );
  assertEquals([...associateToCaches(slotOf([0, 1, 2]), cache)], [0, 1, 0]);
});

Deno.test("cached-anywhere: a tie goes to the lower index, a lone far cache is taken", () => {
  const slot = slotOf([0]);
  const tie = {
    ...slot,
    instance: { ...slot.instance, userPositionsM: Float64Array.of(15, 0) },
  };
  const both = Float64Array.of(0, 0, 0, 1, 0, 0, 1, 0, 0);
  assertEquals([...associateToCaches(tie, both)], [1]);
  const far = Float64Array.of(0, 0, 0, 0, 0, 0, 1, 0, 0);
  assertEquals([...associateToCaches(slot, far)], [2]);
});

Deno.test("cached-anywhere: without a cache the trace's server stays, even a far one", () => {
  const slot = { ...slotOf([1]), server: Int32Array.of(2) };
  assertEquals([...associateToCaches(slot, new Float64Array(9))], [2]);
  assertEquals([...slot.server], [2]);
});
