import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import { CacheSets } from "../../lib/optimum/cache_sets.ts";
import { leastPathCost } from "../../lib/optimum/dual_bound.ts";
import { bestHeldSet } from "../../lib/optimum/held_set.ts";
import {
  type ExpectedServer,
  HoldingCost,
} from "../../lib/optimum/holding_cost.ts";
import { neededModels } from "../../lib/optimum/needed_models.ts";
import { drawFuture, FutureValue } from "../../lib/optimum/sampled_futures.ts";
import {
  combineForms,
  costAlone,
  costOfSet,
  costsOfSets,
  type SetForm,
} from "../../lib/optimum/set_form.ts";

/** Numbers from −1 to 1. */
function numbers(stream: RandomStream, length: number): Float64Array {
  return Float64Array.from({ length }, () => 2 * stream.uniform() - 1);
}

/** A random form; with squares of any sign, or none below 0. */
function drawForm(
  stream: RandomStream,
  numModels: number,
  signed: boolean,
): SetForm {
  return {
    linear: numbers(stream, numModels),
    squares: Array.from({ length: 3 }, () => {
      const [weight] = numbers(stream, 1);
      return {
        weight: 0.4 * (signed ? weight : Math.abs(weight)),
        root: numbers(stream, numModels).map(Math.abs),
      };
    }),
  };
}

/** Every set of models that fits, as lists. */
function everySet(bytes: Float64Array, capacityBytes: number): number[][] {
  const models = Array.from(bytes.keys());
  return Array.from(
    { length: 2 ** bytes.length },
    (_, bits) => models.filter((m) => (bits >> m) % 2 === 1),
  ).filter((set) => set.reduce((sum, m) => sum + bytes[m], 0) <= capacityBytes);
}

/** A form's cost of a set, term by term. */
function plainCost({ linear, squares }: SetForm, set: readonly number[]) {
  const sum = (values: Float64Array) =>
    set.reduce((total, m) => total + values[m], 0);
  return squares.reduce(
    (total, { weight, root }) => total + weight * sum(root) ** 2,
    sum(linear),
  );
}

Deno.test("costs of sets are the same one by one, all at once, alone and combined", () => {
  for (let seed = 0; seed < 50; seed++) {
    const stream = new RandomStream(seed, "set-forms");
    const form = drawForm(stream, 5, true);
    const other = { ...drawForm(stream, 5, true), squares: form.squares };
    const models = Int32Array.of(0, 2, 3, 4);
    const sets = new CacheSets(new Float64Array(4).fill(1), 3);
    const costs = costsOfSets(form, models, sets);
    const combined = combineForms([[2, form], [-0.5, other]]);
    assertEquals(combined.squares.length, 3);
    for (let set = 0; set < sets.count; set++) {
      const held = sets.modelsOf(set).map((m) => models[m]);
      const plain = plainCost(form, held);
      assertAlmostEquals(costs[set], plain, 1e-14);
      assertAlmostEquals(costOfSet(form, held), plain, 1e-14);
      assertAlmostEquals(
        costOfSet(combined, held),
        2 * plain - 0.5 * plainCost(other, held),
        1e-14,
      );
      if (held.length === 1) {
        assertAlmostEquals(costAlone(form, held[0]), plain, 1e-14);
      }
    }
  }
});

Deno.test("the best set to hold is the best of all sets of 8 models on 300 draws", () => {
  let several = 0;
  for (let seed = 0; seed < 300; seed++) {
    const stream = new RandomStream(seed, "held-sets");
    const form = drawForm(stream, 8, false);
    const loading = numbers(stream, 8).map((one) => Math.max(0, one) / 2);
    if (seed % 3 === 0) loading[stream.integer(8)] = Infinity;
    const modelBytes = numbers(stream, 8).map((one) => 2 + one);
    const capacityBytes = 8 * stream.uniform();
    const costOf = (set: readonly number[]) =>
      plainCost(form, set) + set.reduce((sum, m) => sum + loading[m], 0);
    const all = everySet(modelBytes, capacityBytes);
    const best = bestHeldSet({ form, loading, modelBytes, capacityBytes });
    assertAlmostEquals(costOf(best), Math.min(...all.map(costOf)), 1e-12);
    assert(all.some((set) => `${set}` === `${best}`));
    if (best.length > 1) several++;
  }
  assert(several > 100, `${several}`);
});

Deno.test("a path needs no models but those that are left, for squares of any sign, on 400 draws", () => {
  let left = 0;
  let held = 0;
  let helped = 0;
  let missed = 0;
  for (let seed = 0; seed < 400; seed++) {
    const stream = new RandomStream(seed, "paths");
    const [numModels, numSlots] = [4, 3];
    const forms = Array.from({ length: numSlots }, () => {
      const { linear, squares } = drawForm(stream, numModels, true);
      return { linear: linear.map((one) => one / 2 + 0.15), squares };
    });
    const loading = forms.map(() =>
      numbers(stream, numModels).map((one) => 0.5 + one / 3)
    );
    const modelBytes = numbers(stream, numModels).map((one) => 2 + one);
    const capacityBytes = 2 + 5 * stream.uniform();
    const problem = { forms, loading, modelBytes, capacityBytes };
    const all = everySet(modelBytes, capacityBytes);
    const search = (t: number, before: readonly number[]): number =>
      t === numSlots
        ? 0
        : Math.min(...all.map((set) =>
          plainCost(forms[t], set) +
          set.filter((m) => !before.includes(m))
            .reduce((sum, m) => sum + loading[t][m], 0) +
          search(t + 1, set)
        ));
    const expected = search(0, []);
    const leastOf = (models: Int32Array) => {
      const sets = new CacheSets(
        Float64Array.from(models, (m) => modelBytes[m]),
        capacityBytes,
      );
      return leastPathCost({
        sets,
        costs: forms.map((form) => costsOfSets(form, models, sets)),
        loading: loading.map((cost) =>
          Float64Array.from(models, (m) => cost[m])
        ),
      });
    };
    const { models, slack } = neededModels(problem);
    assertEquals(slack, 0);
    assertAlmostEquals(leastOf(models), expected, 1e-12, `seed ${seed}`);
    // With fewer models than are needed the best is between the two.
    const few = neededModels(problem, 1);
    assert(few.models.length <= 1);
    const above = leastOf(few.models) - expected;
    assert(above >= -1e-12 && above <= few.slack + 1e-12, `${above}`);
    if (above > 1e-9) missed++;
    left += models.length;
    if (expected < 0) held++;
    // Some pay next to others only.
    const alone = Math.min(
      0,
      ...Array.from(models, (m) => {
        let [run, best] = [Infinity, 0];
        forms.forEach((form, t) => {
          run = Math.min(run, loading[t][m]) + costAlone(form, m);
          best = Math.min(best, run);
        });
        return best;
      }),
    );
    if (alone === 0 && expected < 0) helped++;
  }
  assert(left > 400 && left < 1200, `${left}`);
  assert(held > 80 && helped > 5, `${held}, ${helped}`);
  assert(missed > 20, `${missed}`);
});

/** A server that knows little, of 3 models and 2 states. */
function drawServer(stream: RandomStream): ExpectedServer {
  const positive = (scale: number) =>
    numbers(stream, 3).map((one) => scale * (1 + one));
  return {
    numUsers: 3,
    presence: 0.6,
    probability: [Float64Array.of(0.6, 0.3, 0.1), Float64Array.of(0.2, 0, 0.8)],
    rootS: positive(0.5),
    meanSaving: positive(1),
    storageCost: positive(0.1),
    loadWeight: 0.5,
    price: positive(0.4),
    waitCost: positive(0.2),
    modelBytes: Float64Array.of(1, 2, 2),
    capacityBytes: 4,
    transition: [[0.7, 0.3], [0.1, 0.9]],
  };
}

Deno.test("futures have the states and requests that are to be expected", () => {
  const server = drawServer(new RandomStream(0, "server"));
  const stream = new RandomStream(1, "sampled-futures");
  const draws = 20_000;
  const second = { state: 0, requests: [0, 0, 0] };
  for (let k = 0; k < draws; k++) {
    const [, { state, requests }] = drawFuture(server, 0, 2, stream);
    second.state += state;
    requests.forEach((one, m) => second.requests[m] += one);
  }
  // State 1 after two steps from 0: 0.7·0.3 + 0.3·0.9.
  const later = 0.48;
  // Five standard deviations of a share are 5·√(0.25/20000) = 0.018.
  assertAlmostEquals(second.state / draws, later, 0.018);
  [0.6, 0.3, 0.1].forEach((first, m) => {
    const q = 0.6 * ((1 - later) * first + later * [0.2, 0, 0.8][m]);
    assertAlmostEquals(second.requests[m] / draws, 3 * q, 3 * 0.018);
  });
  const again = new RandomStream(1, "sampled-futures");
  assertEquals(
    drawFuture(server, 0, 5, again),
    drawFuture(server, 0, 5, new RandomStream(1, "sampled-futures")),
  );
});

Deno.test("later changes are worth what the best of all sequences of sets takes off holding, on 100 futures", () => {
  let changed = 0;
  for (let seed = 0; seed < 100; seed++) {
    const stream = new RandomStream(seed, "server");
    const server = drawServer(stream);
    const future = drawFuture(server, 0, 3, stream);
    const holding = new HoldingCost(server, 3);
    const { modelBytes, capacityBytes } = server;
    const sets = new CacheSets(modelBytes, capacityBytes);
    const models = Int32Array.of(0, 1, 2);
    const all = everySet(modelBytes, capacityBytes);
    const heldOn = future.map(({ state, requests }, u) => {
      const later = holding.form(2 - u, state);
      return (set: readonly number[]) =>
        plainCost(later, set) +
        plainCost({
          linear: Float64Array.from(
            requests,
            (count, m) => server.storageCost[m] - count * server.meanSaving[m],
          ),
          squares: [{
            weight: server.loadWeight,
            root: server.rootS.map((one, m) => one * requests[m]),
          }],
        }, set);
    });
    const search = (u: number, before: readonly number[]): number =>
      u === 3
        ? 0
        : Math.min(...all.map((set) =>
          heldOn[u](set) - heldOn[u](before) +
          set.filter((m) => !before.includes(m)).reduce(
            (sum, m) =>
              sum + server.price[m] +
              future[u].requests[m] * server.waitCost[m],
            0,
          ) + search(u + 1, set)
        ));
    const value = new FutureValue(server, holding, models, sets);
    value.changes(future).forEach((change, set) => {
      const expected = search(0, sets.modelsOf(set));
      assertAlmostEquals(change, expected, 1e-12);
      assert(change <= 1e-12);
      if (expected < -1e-9) changed++;
    });
  }
  assert(changed > 200, `${changed}`);
});
