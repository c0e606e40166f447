import { assertEquals } from "@std/assert";
import { hitRatesOf } from "../../lib/env/hit_rate.ts";
import { HIT_RATE_READINGS } from "../../lib/studies/ledger.ts";
import type { Decision } from "../../lib/env/slot.ts";
import { HAND_INSTANCE, HAND_STATE } from "./worlds.ts";

const INSTANCE = {
  ...HAND_INSTANCE,
  numUsers: 4,
  numServers: 2,
  numModels: 3,
};

/** Users 0 to 3 ask for models 0, 1, 1, 2; two users at each server. */
const STATE = { ...HAND_STATE, requestedModel: Int32Array.of(0, 1, 1, 2) };

function rates(cache: number[]): number[] {
  const decision: Decision = {
    cache: Float64Array.from(cache),
    bandwidthShare: new Float64Array(8),
    computeShare: new Float64Array(8),
    server: Int32Array.of(0, 0, 1, 1),
  };
  // 0.125 stands for the share of own-server hits that the slot found.
  const outcome = { hitRate: 0.125 };
  const found = hitRatesOf(INSTANCE, STATE, decision, outcome);
  return (["own-server", "any-server", "cached-used"] as const).map((reading) =>
    found[HIT_RATE_READINGS[reading]]
  );
}

Deno.test("hit rates: own server, any server, used models", () => {
  // Server 0 caches model 1, server 1 models 0 and 1. Some server has the models
  // of users 0, 1, 2. Of three cached models, user 1 uses (0, 1), user 2 (1, 1).
  assertEquals(rates([0, 1, 0, 1, 1, 0]), [0.125, 3 / 4, 2 / 3]);
});

Deno.test("hit rates: everything cached serves everybody, but not all of it is used", () => {
  assertEquals(rates([1, 1, 1, 1, 1, 1]), [0.125, 1, 4 / 6]);
});

Deno.test("hit rates: empty caches hit nothing and are no division by zero", () => {
  assertEquals(rates([0, 0, 0, 0, 0, 0]), [0.125, 0, 0]);
});

Deno.test("hit rates: a model at the wrong server is a hit for any server only", () => {
  // Model 2 is asked for at server 1 and cached at server 0.
  assertEquals(rates([0, 0, 1, 0, 0, 0]), [0.125, 1 / 4, 0]);
});
