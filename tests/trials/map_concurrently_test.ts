import { assert, assertEquals, assertRejects } from "@std/assert";
import { mapConcurrently } from "../../lib/trials/map_concurrently.ts";

const items = Array.from({ length: 200 }, (_, index) => index);

function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("results come in the order of the items, a few calls at a time", async () => {
  let open = 0;
  let most = 0;
  const results = await mapConcurrently(items, async (item) => {
    most = Math.max(most, ++open);
    for (let wait = 0; wait < item % 3; wait++) await soon();
    open--;
    return item * item;
  });
  assertEquals(results, items.map((item) => item * item));
  assert(most > 1 && most < 50, `${most}`);
  assertEquals(await mapConcurrently([], soon), []);
});

Deno.test("the first error ends it", async () => {
  let calls = 0;
  await assertRejects(
    () =>
      mapConcurrently(items, async (item) => {
        calls++;
        await soon();
        if (item === 3) throw new RangeError("three");
      }),
    RangeError,
    "three",
  );
  assert(calls < items.length);
});
