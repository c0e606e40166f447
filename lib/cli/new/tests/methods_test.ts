import { checkMethod, loadMethodFile, play } from "@edgeaigc/lab/studies";
import { PAPER_SCENARIO } from "@edgeaigc/lab/scenario";
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";

/** A few slots of the paper's world, from seeds of their own. */
const WORLD = { scenario: PAPER_SCENARIO, seeds: "0-2", testEpisodes: 2 };

function fileOf(name: string): string {
  return fileURLToPath(new URL(`../methods/${name}`, import.meta.url));
}

async function load(name: string) {
  return (await loadMethodFile(fileOf(name))).method;
}

Deno.test("rule and learner keep their contract in odd worlds", async () => {
  for (const name of ["lfu.ts", "td3_pink.ts"]) {
    const { checks } = await checkMethod(fileOf(name), { worlds: 100 });
    const failed = checks.filter(({ verdict }) => verdict === "failed");
    assertEquals(failed, [], name);
  }
});

Deno.test("LFU keeps every constraint, and is the same again", async () => {
  const lfu = await load("lfu.ts");
  const rows = await play(lfu, WORLD);
  assertEquals(rows.map(({ violations }) => violations), [0, 0, 0]);
  assertEquals(await play(lfu, WORLD), rows);
});

Deno.test("LFU is better than caching at random, and no better than the optimum", async () => {
  const meanOf = async (method: Parameters<typeof play>[0]) => {
    const rows = await play(method, WORLD);
    return rows.reduce((sum, { objective }) => sum + objective, 0);
  };
  const lfu = await meanOf(await load("lfu.ts"));
  assert(lfu < await meanOf("random"));
  assert(lfu >= await meanOf("optimum"));
});
