import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { SlotModel } from "../../docs/site/playground/slot_model.ts";
import { parseSlots } from "../../lib/env/mod.ts";
import { PRESETS } from "../../lib/scenario/mod.ts";

const open = () => new SlotModel(PRESETS.paper);

Deno.test("a user who is moved stays in the square and belongs to the nearest server", () => {
  const model = open();
  // Servers stand at x = 250 m and x = 750 m.
  model.moveUser(0, -40, 2000);
  assertEquals([...model.instance.userPositionsM.slice(0, 2)], [0, 1000]);
  assertEquals(model.server[0], 0);
  model.moveUser(0, 501, 500);
  assertEquals(model.server[0], 1);
  model.restart();
  assert(model.instance.userPositionsM[0] !== 501);
});

Deno.test("equal shares follow the users of a server, shares by hand stay", () => {
  const model = open();
  for (let user = 0; user < 10; user++) model.moveUser(user, 100, 100);
  for (let user = 0; user < 10; user++) {
    assertAlmostEquals(model.bandwidth[user], 0.1);
  }
  model.setShare("bandwidth", 3, 0.7);
  assertEquals(model.rule, "by hand");
  model.moveUser(0, 900, 100);
  assertAlmostEquals(model.bandwidth[0], 0.1);
  assertEquals(model.bandwidth[3], 0.7);
  assertEquals(model.judge().violations, ["18f"]);
  model.setRule("equal");
  assertAlmostEquals(model.bandwidth[0], 1);
  assertAlmostEquals(model.bandwidth[3], 1 / 9);
  assertEquals(model.judge().violations, []);
});

Deno.test("caching all models breaks the storage of Eq. 18e, and every request hits", () => {
  const model = open();
  for (let server = 0; server < 2; server++) {
    for (let m = 0; m < 20; m++) {
      if (!model.isCached(server, m)) model.toggle(server, m);
    }
  }
  const { hitRate, violations } = model.judge();
  assertEquals(hitRate, 1);
  assertEquals(violations, ["18e"]);
});

Deno.test("best shares are no worse than equal ones", () => {
  const model = open();
  const equal = model.judge().objective;
  model.setRule("best");
  assert(model.judge().objective < equal);
});

Deno.test("slots follow each other through episodes, and keep the caches", () => {
  const model = open();
  model.toggle(0, 19);
  const { cache } = model;
  const at = () => [model.episode, model.slot];
  model.step(-1);
  assertEquals(at(), [0, 0]);
  for (let k = 0; k < 10; k++) model.step(1);
  assertEquals(at(), [1, 0]);
  model.step(-1);
  assertEquals(at(), [0, 9]);
  assertEquals(model.cache, cache);
});

Deno.test("the slot file says all that the slot is", () => {
  const model = open();
  model.moveUser(4, 123, 456);
  model.setShare("compute", 4, 0.25);
  const document = JSON.parse(JSON.stringify(model.document()));
  const [slot] = parseSlots(document, "test");
  assertEquals({ ...slot.instance }, { ...model.instance });
  assertEquals({ ...slot.state }, { ...model.state });
  assertEquals(slot.decision, model.decision);
});
