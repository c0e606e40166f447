import { assertEquals, assertRejects } from "@std/assert";
import { Peers } from "../../bench/peer.ts";
import {
  createPlans,
  peersOf,
  selectPlans,
  withPeers,
} from "../../bench/plan.ts";

const PEERS = new Peers();
const PLANS = createPlans([], PEERS, false);

function namesOf(plans: ReturnType<typeof createPlans>): string[] {
  return plans.flatMap(({ contenders }) => contenders.map(({ name }) => name));
}

Deno.test("a name is chosen by expression, in its group, and peaks come along", () => {
  const plans = selectPlans(PLANS, /^td3\/jax\/64$|^ga\/lab$/);
  assertEquals(plans.length, 2);
  assertEquals(namesOf(plans), [
    "td3/jax/64",
    "peak/fma128",
    "peak/sgemm-pytorch",
    "peak/sgemm-jax",
    "peak/sgemm-numpy",
    "ga/lab",
  ]);
  assertEquals(selectPlans(PLANS, /^nothing$/), []);
});

Deno.test("peers are those of the chosen rows: searches need neither PyTorch nor JAX", () => {
  assertEquals(peersOf(selectPlans(PLANS, /^(pso|ga|slot)\//)), ["pymoo"]);
  assertEquals(peersOf(selectPlans(PLANS, /^slot\//)), []);
  assertEquals(peersOf(selectPlans(PLANS, /^run\//)), [
    "pytorch",
    "jax",
    "sb3",
    "sbx",
  ]);
});

Deno.test("what a peer would do is left out where it is not at hand", () => {
  const searches = selectPlans(PLANS, /^(pso|ga)\//);
  assertEquals(namesOf(withPeers(searches, [])), ["pso/lab", "ga/lab"]);
  assertEquals(withPeers(searches, ["pymoo"]), searches);
  assertEquals(withPeers(selectPlans(PLANS, /^ga\/pymoo$/), []), []);
});

Deno.test("a row whose peer does not run says so", async () => {
  const [{ contenders: [row] }] = selectPlans(PLANS, /^ga\/pymoo$/);
  await assertRejects(() => row.run(2), Error, "No pymoo peer runs");
});

Deno.test("slots are timed in the paper's scenario and with more and more users", () => {
  const [{ contenders }] = selectPlans(PLANS, /^slot\//);
  assertEquals(contenders.map(({ users }) => users), [
    undefined,
    ...[10, 100, 1000, 10_000, 100_000],
  ]);
  const [paper, least] = contenders.map(({ name }) => name);
  assertEquals(paper, "slot/decode+evaluate/U=10");
  assertEquals(least, "slot/decode+evaluate/U=10/E=100/M=1000");
});

Deno.test("updates and runs have a row for every way in which peers make them", () => {
  const rows = (only: RegExp) =>
    namesOf(selectPlans(PLANS, only)).filter((name) => only.test(name));
  assertEquals(rows(/^ddpg\/.*\/256$/), [
    "ddpg/pytorch/256",
    "ddpg/pytorch-fused/256",
    "ddpg/pytorch-compile/256",
    "ddpg/jax/256",
    "ddpg/jax-scan/256",
  ]);
  assertEquals(rows(/^run\//), [
    "run/pytorch/64",
    "run/jax/64",
    "run/jax-jit/64",
    "run/sb3/64",
    "run/sbx/64",
  ]);
});
