import { assert, assertAlmostEquals } from "@std/assert";
import { expectedServer, HoldingCost } from "../../lib/optimum/holding_cost.ts";
import { costOfSet } from "../../lib/optimum/set_form.ts";
import {
  type CausalWorld,
  costOf,
  decisionsOf,
  drawCausalWorld,
} from "./causal_worlds.ts";

/** Σ over all that may come of what holding a set costs more than holding none. */
function enumerated(
  { scenario, next }: CausalWorld,
  set: number,
  left: number,
  state: number,
): number {
  if (left === 0) return 0;
  return next(state).reduce(
    (sum, { slot, state: then, probability }) =>
      sum + probability * (
          costOf(scenario, slot, set, set) - costOf(scenario, slot, 0, 0) +
          enumerated({ scenario, next }, set, left - 1, then)
        ),
    0,
  );
}

Deno.test("what holding costs is expected as all chains and requests are counted in 60 worlds, half of them with users who move", () => {
  let negative = 0;
  for (let seed = 0; seed < 60; seed++) {
    const world = drawCausalWorld(seed, { moving: seed % 2 === 1 });
    const [{ slot: { instance, server } }] = world.next();
    const { numModels } = instance;
    const holding = new HoldingCost(
      expectedServer(world.scenario, instance, 0, server.length),
      2,
    );
    const [{ slot }] = world.next();
    decisionsOf(slot).forEach(({ cache }, set) => {
      const models = Array.from({ length: numModels }, (_, m) => m)
        .filter((m) => cache[m] === 1);
      for (const left of [1, 2]) {
        for (const state of [0, 1]) {
          // More than a thousand sequences add nothing.
          if (left === 2 && (numModels > 2 || server.length > 1)) continue;
          const expected = enumerated(world, set, left, state);
          if (expected < 0) negative++;
          assertAlmostEquals(
            costOfSet(holding.form(left, state), models),
            expected,
            1e-12,
            `world ${seed}, set ${set}`,
          );
        }
      }
    });
  }
  assert(negative > 40, `${negative}`);
});
