import { assertEquals } from "@std/assert";
import { checkMethod } from "../../lib/trials/check_method/check_method.ts";
import { METHOD_NAMES } from "../../lib/methods/mod.ts";

Deno.test("every method of the lab passes every check that applies to it", async (t) => {
  for (const name of METHOD_NAMES) {
    await t.step(name, async () => {
      const { checks } = await checkMethod(name, { worlds: 150 });
      const learns = name === "td3" || name === "ddpg";
      const seesAll = name === "plan";
      const others = checks.filter(({ verdict }) => verdict !== "passed");
      assertEquals(
        others.map(({ name, verdict }) => [name, verdict]),
        [
          ...learns ? [] : [["restored", "not judged"]],
          ...seesAll ? [["sees", "not judged"]] : [],
        ],
        JSON.stringify(others),
      );
    });
  }
});
